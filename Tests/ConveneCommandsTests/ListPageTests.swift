import ConveneAPI
import Testing

@testable import ConveneCommands

@Suite("Lists go by the day there")
struct ListPageTests {
    private func page(_ occurrences: [Occurrence], columns: Int = 80, year: Int = 2019) -> String {
        ListPage(columns: columns, year: year).lines(occurrences).plain
    }

    private let october = Samples.occurrence(
        8, "ROK–Japan DG talks", .proposed, .window, there: Samples.seoul("2019-10-01", "2019-10-31"),
        here: Samples.seoul("2019-10-01", "2019-10-31"))

    @Test("Where a clock there differs, a column says when that is here, with its day where it is another")
    func withColumnHere() {
        #expect(
            page([Samples.debate, Samples.ministers, october]) == """
                                        here
                Tue 24 – Mon 30 Sep
                 all week     New York                 3  UNGA 74, general debate      confirmed
                Thu 26 Sep
                 15:30–16:20  New York  Fri 27, 04:30  4  ROK–Japan FM meeting         confirmed
                October
                 date open    Seoul                    8  ROK–Japan DG talks            proposed
                """)
    }

    @Test("Where the clocks agree there is no such column")
    func withoutColumnHere() {
        #expect(
            page([Samples.talks, Samples.lunch]) == """
                Fri 20 Sep
                 11:00–12:30  Tokyo  1  ROK–Japan DG talks                             confirmed
                 12:30–14:00  Tokyo  2  Lunch                                          confirmed
                """)
    }

    @Test("Another year than this one is named")
    func year() {
        #expect(page([Samples.talks], year: 2020).hasPrefix("Fri 20 Sep 2019\n"))
        #expect(page([october], year: 2020).hasPrefix("October 2019\n"))
    }

    @Test("Days stay together, though what begins on them comes in another order here")
    func days() {
        let auckland = Samples.occurrence(
            9, "Pacific forum",
            there: Span(
                start: "2019-09-27T08:00:00", end: "2019-09-27T09:00:00", zone: "Pacific/Auckland", city: nil),
            here: Samples.seoul("2019-09-27T05:00:00", "2019-09-27T06:00:00"))
        let evening = Samples.occurrence(
            10, "Reception", there: Samples.newYork("2019-09-26T19:00:00", "2019-09-27T01:00:00"),
            here: Samples.seoul("2019-09-27T08:00:00", "2019-09-27T14:00:00"))
        #expect(
            page([Samples.ministers, auckland, evening]) == """
                                        here
                Thu 26 Sep
                 15:30–16:20  New York  Fri 27, 04:30  4   ROK–Japan FM meeting        confirmed
                 19:00–01:00  New York  Fri 27, 08:00  10  Reception                   confirmed
                Fri 27 Sep
                 08:00–09:00  Auckland          05:00  9   Pacific forum               confirmed
                """)
    }

    @Test("Columns hold whatever stands in them", arguments: [40, 56, 80, 120])
    func columnsHold(columns: Int) {
        let wide = Samples.occurrence(
            123, "제18차 한일 국장급 협의 준비회의 및 만찬, 그리고 이어지는 회의와 회의 👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", .cancelled, .hourOpen,
            there: Span(start: "2019-09-26", end: "2019-09-26", zone: "Asia/Seoul", city: "서울특별시 종로구 세종로 정부청사"),
            here: Samples.seoul("2019-09-26", "2019-09-26"))
        let hostile = Samples.occurrence(
            4, "a\u{1B}[2J\nb\u{202E}", there: Samples.ministers.there, here: Samples.ministers.here)
        let lines = ListPage(columns: columns, year: 2019).lines([wide, hostile, Samples.debate])
        #expect(lines.allSatisfy { $0.columns <= columns })
        #expect(lines.plain.contains("a␛[2J"))
        // Numbers begin in the same column of every row.
        let rows = lines.filter { $0.text.hasPrefix(" ") && !$0.text.hasSuffix("here") }.map(\.text)
        let starts = zip(rows, [" 3  ", " 123  ", " 4  "]).map { row, number in
            row.firstRange(of: number).map { row[..<$0.lowerBound].columns }
        }
        #expect(Set(starts).count == 1)
    }

    @Test("A summary and a long status are cut before an hour abroad loses its place")
    func tight() {
        var snoozed = Samples.ministers
        snoozed.snoozedUntil = "2019-09-26T18:00:00"
        let plan = Samples.occurrence(
            123, "Preparatory consultation of the directors-general",
            there: Span(
                start: "2019-09-26T15:30:00", end: "2019-09-26T16:20:00", zone: "America/Argentina/Buenos_Aires",
                city: "Buenos Aires"),
            here: Samples.seoul("2019-09-27T03:30:00", "2019-09-27T04:20:00"))
        #expect(
            page([snoozed, plan], columns: 76) == """
                                            here
                Thu 26 Sep
                 15:30–16:20  New York      Fri 27, 04:30  4    ROK–Japan F…  confirmed, pu…
                 15:30–16:20  Buenos Aires  Fri 27, 03:30  123  Preparatory cons…  confirmed
                """)
        #expect(
            page([snoozed, plan], columns: 66) == """
                                            here
                Thu 26 Sep
                 15:30–16:20  New York      Fri 27, 04:30  4    ROK–Japan FM meet…
                 15:30–16:20  Buenos Aires  Fri 27, 03:30  123  Preparatory consu…
                """)
        #expect(
            page([snoozed, plan], columns: 72) == """
                                           here
                Thu 26 Sep
                 15:30–16:20  New York     Fri 27, 04:30  4    ROK–Japan FM…  confirmed…
                 15:30–16:20  Buenos Air…  Fri 27, 03:30  123  Preparatory c…  confirmed
                """)
    }

    @Test("Places go where everything is at home here, or where a terminal is narrower than 60 columns")
    func withoutPlaces() {
        let here = Samples.seoul("2019-09-26T15:30:00", "2019-09-26T16:20:00")
        let desk = Samples.occurrence(8, "Briefing of the desk", there: here, here: here)
        #expect(
            page([desk], columns: 40) == """
                Thu 26 Sep
                 15:30–16:20  8  Briefing of…  confirmed
                """)
        #expect(page([desk], columns: 60).contains("Seoul"))
        #expect(page([Samples.ministers], columns: 60).contains("New York"))
        #expect(!page([Samples.ministers], columns: 59).contains("New York"))
    }

    @Test("An hour that a clock change skips is told below its row")
    func clockChange() {
        let span = Span(
            start: "2027-03-28T02:30:00", end: "2027-03-28T03:30:00", zone: "Europe/Berlin", city: "Berlin")
        let night = Samples.occurrence(
            6, "Handover", there: span, here: span, startsAt: "2027-03-28T03:30:00+02:00", clockChange: .skipped)
        #expect(
            page([night], year: 2027) == """
                Sun 28 Mar
                 02:30–03:30  Berlin  6  Handover                                      confirmed
                 ! Clocks go forward: 02:30 is skipped on Sun 28 Mar, so it begins at 03:30
                   there.
                """)
    }

    @Test("An empty list says so")
    func empty() {
        #expect(page([]) == "Nothing is planned then.")
    }
}

@Suite("The first look in the morning")
struct OverviewPageTests {
    private func overview(
        coming: [Occurrence] = [], waiting: [Occurrence] = [], overdue: [Occurrence] = [],
        overdueCount: Int? = nil, changed: [LogRecord] = [], problem: String? = nil
    ) -> String {
        OverviewPage(columns: 80, reader: 1000).lines(
            Overview.Reply(
                now: "2019-09-19T08:30:12", zone: "Asia/Seoul", city: "Seoul", coming: coming, waiting: waiting,
                overdue: overdue, overdueCount: overdueCount, changed: changed, problem: problem)
        ).plain
    }

    @Test("What the journal keeps from being said is the last line, whatever else there is")
    func problem() {
        let why = "Not said yet: 2, for journald does not take entries (there is no socket)"
        #expect(overview(problem: why).hasSuffix("\n\n! \(why)"))
        let full = overview(changed: [record(4, "add", "", at: "2019-09-18T17:42:10")], problem: why)
        #expect(full.contains("Changed") && full.hasSuffix("\n\n! \(why)"))
        #expect(!overview().contains("!"))
    }

    private func record(_ number: Int, _ verb: String, _ what: String, at here: String, by uid: Int = 1000) -> LogRecord
    {
        LogRecord(
            id: "r\(number)", position: number, at: here + "+09:00", here: here, byUid: uid, byName: "kim", verb: verb,
            number: number, summary: "Lunch", what: what, undone: false)
    }

    @Test("It says what comes, what waits, what is overdue and what changed")
    func all() {
        let debate = Samples.debate
        let text = overview(
            coming: [Samples.talks, Samples.lunch, debate, Samples.ministersWindow],
            waiting: [Samples.ministersWindow],
            overdue: [
                Samples.occurrence(
                    11, "Briefing", there: Samples.seoul("2019-09-17T10:00:00", "2019-09-17T11:00:00"),
                    here: Samples.seoul("2019-09-17T10:00:00", "2019-09-17T11:00:00"))
            ],
            changed: [
                record(4, "add", "new", at: "2019-09-18T14:12:00"), record(3, "add", "new", at: "2019-09-18T14:11:00"),
                record(1, "confirm", "hour open → 11:00–12:30", at: "2019-09-18T14:05:00", by: 7),
            ])
        #expect(
            text == """
                Thu 19 September 2019, 08:30 in Seoul

                Tomorrow    11:00–12:30  Tokyo     1  ROK–Japan DG talks               confirmed
                            12:30–14:00  Tokyo     2  Lunch                            confirmed
                24–30 Sep   all week     New York  3  UNGA 74, general debate          confirmed
                            date open    New York  4  ROK–Japan FM meeting              possible

                Waiting     4    ROK–Japan FM meeting: some day Tue 24 – Mon 30 Sep 2019
                Overdue     11   Briefing, over since Tue 17 Sep                 convene held 11
                Changed     1    hour open → 11:00–12:30                          Wed 14:05, kim
                yesterday   3 4  new                                              Wed 14:11, you
                """)
    }

    @Test("Of what waits for another the page shows ten, and says that there are more")
    func manyWait() {
        let on = Link(
            kind: .dependsOn, number: 1, summary: "Talks", status: .confirmed, settled: false)
        let depending = (1...11).map { _ in Dependency(occurrence: Samples.ministersWindow, on: on) }
        func lines(_ count: Int) -> [Substring] {
            OverviewPage(columns: 80, reader: 1000).lines(
                Overview.Reply(
                    now: "2019-09-19T08:30:12", zone: "Asia/Seoul", city: "Seoul", coming: [], waiting: [],
                    depending: Array(depending.prefix(count)), overdue: [], changed: [])
            ).plain.split(separator: "\n")
        }
        #expect(
            lines(10).count { $0.contains("for 1 to be held") } == 10 && !lines(10).contains { $0.contains("more") })
        #expect(lines(11).count { $0.contains("for 1 to be held") } == 10)
        #expect(lines(11).last?.contains("and more: convene list --status possible") == true)
    }

    @Test("'Today' is said only where the dates there and here agree")
    func today() {
        let newYork = Samples.occurrence(
            12, "Call", there: Samples.newYork("2019-09-19T20:00:00", "2019-09-19T21:00:00"),
            here: Samples.seoul("2019-09-20T09:00:00", "2019-09-20T10:00:00"))
        let seoul = Samples.occurrence(
            13, "Desk", there: Samples.seoul("2019-09-19T10:00:00", "2019-09-19T11:00:00"),
            here: Samples.seoul("2019-09-19T10:00:00", "2019-09-19T11:00:00"))
        #expect(
            overview(coming: [newYork]) == """
                Thu 19 September 2019, 08:30 in Seoul

                                                   here
                Thu 19 Sep  20:00–21:00  New York  Fri 20, 09:00  12  Call             confirmed
                """)
        #expect(overview(coming: [seoul]).contains("\nToday       10:00–11:00  Seoul  13  Desk"))
    }

    @Test("A single change of yesterday says its day at the right, and has no line below it for that")
    func oneChange() {
        let changed = record(3, "add", "new", at: "2019-09-18T14:11:00")
        #expect(
            overview(changed: [changed]) == """
                Thu 19 September 2019, 08:30 in Seoul

                Changed     3  Lunch: new                                         Wed 14:11, you
                """)
    }

    @Test(
        "What is overdue beyond five is counted, with how to list it",
        arguments: [(7, "and 2 more: "), (nil, "and more: "), (5, nil)] as [(Int?, String?)])
    func moreOverdue(count: Int?, told: String?) {
        let span = Samples.seoul("2019-09-02T10:00:00", "2019-09-02T11:00:00")
        let briefings = (11...15).map { Samples.occurrence($0, "Briefing", there: span, here: span) }
        let lines = overview(overdue: briefings, overdueCount: count).split(separator: "\n").map(String.init)
        let last = "            15  Briefing, over since Mon 2 Sep"
        let row = lines.firstIndex { $0.hasPrefix(last) }
        let below = row.flatMap { lines.indices.contains($0 + 1) ? lines[$0 + 1] : nil }
        #expect(row != nil)
        #expect(below == told.map { "            \($0)convene list --from 2019-09-02 --until today" })
    }

    @Test("An empty schedule says how to begin")
    func empty() {
        #expect(
            overview() == """
                Thu 19 September 2019, 08:30 in Seoul

                Nothing is planned. To begin: convene add "Lunch" "fri 12:30"
                """)
    }
}
