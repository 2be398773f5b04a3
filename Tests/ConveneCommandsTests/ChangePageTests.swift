import ConveneAPI
import Testing

@testable import ConveneCommands

@Suite("What a write did is printed back in full")
struct ChangePageTests {
    private func page(_ change: Change) -> String {
        ChangePage(columns: 80).lines(change).plain
    }

    @Test("On the same clock elsewhere, one line says when")
    func sameTimeHere() {
        let change = Samples.change(
            Samples.lunch,
            reminders: [Samples.reminder("2019-09-19T11:00:00"), Samples.reminder("2019-09-20T10:45:00")])
        #expect(
            page(change) == """
                2  Lunch                                                               confirmed
                   Fri 20 Sep 2019, 12:30–14:00   Tokyo (same time here)
                   Reminders   Thu 19 Sep 11:00 · Fri 20 Sep 10:45
                """)
    }

    @Test("On different clocks, a second line says when here")
    func differentClocks() {
        let change = Samples.change(
            Samples.ministers,
            reminders: [Samples.reminder("2019-09-26T04:30:00"), Samples.reminder("2019-09-27T04:15:00")],
            warnings: [#"Both come at night here. Another: convene remind add fm "wed 18:00""#])
        #expect(
            page(change) == """
                4  ROK–Japan FM meeting                                                confirmed
                   Thu 26 Sep 2019, 15:30–16:20   New York
                   Fri 27 Sep 2019, 04:30–05:20   here
                   Reminders   Thu 26 Sep 04:30 · Fri 27 Sep 04:15
                 ! Both come at night here. Another: convene remind add fm "wed 18:00"
                """)
    }

    @Test("Whole days say how far the clock there is from the clock here")
    func wholeDays() {
        let change = Samples.change(Samples.debate, reminders: [Samples.reminder("2019-09-23T22:00:00")])
        #expect(
            page(change) == """
                3  UNGA 74, general debate                                             confirmed
                   Tue 24 – Mon 30 Sep 2019   New York (13 hours behind here)
                   Reminder    Mon 23 Sep 22:00
                """)
    }

    @Test("A window and an open hour say what is still open")
    func open() {
        #expect(
            page(Samples.change(Samples.ministersWindow)) == """
                4  ROK–Japan FM meeting                                                 possible
                   Some day Tue 24 – Mon 30 Sep 2019   New York
                   Still open  the date
                """)
        let hourOpen = Samples.occurrence(
            1, "ROK–Japan DG talks", .proposed, .hourOpen, there: Samples.tokyo("2019-09-20", "2019-09-20"),
            here: Samples.seoul("2019-09-20", "2019-09-20"))
        #expect(
            page(Samples.change(hourOpen)) == """
                1  ROK–Japan DG talks                                                   proposed
                   Fri 20 Sep 2019, hour open   Tokyo
                   Still open  the hour
                """)
    }

    @Test("A move says what was and what is, on both clocks")
    func moved() {
        let after = Samples.occurrence(
            4, "ROK–Japan FM meeting", there: Samples.newYork("2019-09-26T16:15:00", "2019-09-26T17:05:00"),
            here: Samples.seoul("2019-09-27T05:15:00", "2019-09-27T06:05:00"))
        #expect(
            page(Samples.change(after, before: Samples.ministers)) == """
                4  ROK–Japan FM meeting                                                confirmed
                   Thu 26 Sep 2019, 15:30 → 16:15–17:05   New York
                   Fri 27 Sep 2019, 04:30 → 05:15–06:05   here
                """)
    }

    @Test("A move to another day here names both days")
    func movedToAnotherDay() {
        let after = Samples.occurrence(
            4, "ROK–Japan FM meeting", there: Samples.newYork("2019-09-26T04:15:00", "2019-09-26T05:05:00"),
            here: Samples.seoul("2019-09-26T17:15:00", "2019-09-26T18:05:00"))
        #expect(
            page(Samples.change(after, before: Samples.ministers)) == """
                4  ROK–Japan FM meeting                                                confirmed
                   Thu 26 Sep 2019, 15:30 → 04:15–05:05   New York
                   Fri 27 Sep, 04:30 → Thu 26 Sep 2019, 17:15–18:05   here
                """)
    }

    @Test("Where a line does not fit, what follows the time stands below it, whole")
    func longPlace() {
        let after = Samples.occurrence(
            4, "ROK–Japan FM meeting", there: Samples.newYork("2019-09-26T16:15:00", "2019-09-27T17:05:00"),
            here: Samples.seoul("2019-09-27T05:15:00", "2019-09-28T06:05:00"))
        var change = Samples.change(after, before: Samples.ministers)
        change.ties = Ties(
            heads: [], answers: [], declined: [], rounds: [],
            links: [
                Link(
                    kind: .sidelines, number: 2, summary: "UNGA 74", status: .confirmed, standing: nil,
                    settled: false)
            ], notes: [])
        #expect(
            page(change) == """
                4  ROK–Japan FM meeting                                                confirmed
                   Thu 26 Sep, 15:30 → Thu 26 Sep, 16:15 – Fri 27 Sep 2019, 17:05
                      New York, on the sidelines of 2
                   Fri 27 Sep, 04:30 → Fri 27 Sep, 05:15 – Sat 28 Sep 2019, 06:05   here
                """)
    }

    @Test("A new length and a date that a window got are no moves from one time to another")
    func notMoved() {
        let longer = Samples.occurrence(
            4, "ROK–Japan FM meeting", there: Samples.newYork("2019-09-26T15:30:00", "2019-09-26T17:00:00"),
            here: Samples.seoul("2019-09-27T04:30:00", "2019-09-27T06:00:00"))
        #expect(
            page(Samples.change(longer, before: Samples.ministers)).contains(
                "   Thu 26 Sep 2019, 15:30–16:20 → 15:30–17:00   New York\n"))
        #expect(
            page(Samples.change(Samples.ministers, before: Samples.ministersWindow)).contains(
                "   Thu 26 Sep 2019, 15:30–16:20   New York\n"))
    }

    @Test("A series has its sentence and its next dates, and says where the clock here changes")
    func series() {
        func call(_ day: String, here: Int) -> Occurrence {
            Samples.occurrence(
                5, "Weekly call",
                there: Span(
                    start: "2019-\(day)T10:00:00", end: "2019-\(day)T11:00:00", zone: "Europe/Zurich", city: "Geneva"),
                here: Samples.seoul("2019-\(day)T\(here):00:00", "2019-\(day)T\(here + 1):00:00"),
                recurrenceId: "2019-\(day)T10:00:00")
        }
        let first = call("10-18", here: 17)
        let meeting = Samples.meeting(
            first, place: "Room A", note: "Agenda by Thursday.\nMinutes: Seoul.", rule: "FREQ=WEEKLY;BYDAY=FR",
            sentence: "every Friday at 10:00")
        let change = Samples.change(
            first, meeting, next: [first, call("10-25", here: 17), call("11-01", here: 18)],
            remarks: ["The reminder of one day before is already past."])
        #expect(
            page(change) == """
                5  Weekly call                                                         confirmed
                   Every Friday at 10:00
                   Fri 18 Oct 2019, 10:00–11:00   Geneva
                   Fri 18 Oct 2019, 17:00–18:00   here
                   Next        Fri 25 Oct · Fri 1 Nov (18:00–19:00 here)
                   Place       Room A
                   Note        Agenda by Thursday.
                               Minutes: Seoul.
                   The reminder of one day before is already past.
                """)
    }

    @Test("What is held already is no next date of a series")
    func heldIsNotNext() {
        func call(_ day: String, _ status: Status = .confirmed) -> Occurrence {
            let span = Samples.seoul("2019-\(day)T10:00:00", "2019-\(day)T11:00:00")
            return Samples.occurrence(5, "Call", status, there: span, here: span, recurrenceId: span.start)
        }
        let change = Samples.change(call("10-18"), next: [call("10-25", .held), call("11-01")])
        #expect(page(change).contains("   Next        Fri 1 Nov"))
    }

    @Test(
        "A clock change that skips or repeats the hour is told",
        arguments: [
            (
                ClockChange.skipped, "2027-03-28T03:30:00+02:00",
                " ! Clocks go forward: 02:30 is skipped on Sun 28 Mar, so it begins at 03:30\n   there."
            ),
            (
                ClockChange.repeated, "2027-03-28T02:30:00+02:00",
                " ! Clocks go back: 02:30 comes twice on Sun 28 Mar; the first is meant."
            ),
        ])
    func clockChange(change: ClockChange, startsAt: String, told: String) {
        let span = Span(
            start: "2027-03-28T02:30:00", end: "2027-03-28T03:30:00", zone: "Europe/Berlin", city: "Berlin")
        let night = Samples.occurrence(
            6, "Handover", there: span, here: span, startsAt: startsAt, clockChange: change)
        #expect(page(Samples.change(night)).hasSuffix(told))
    }

    @Test("A long summary is printed in full, and no line is wider than the page", arguments: [40, 60, 80, 120])
    func fits(columns: Int) {
        let summary = "제18차 한일 국장급 협의 준비회의 and a name that goes on for longer than any line 👩‍👩‍👧 has room"
        let occurrence = Samples.occurrence(
            1234, summary, there: Samples.newYork("2019-09-26T23:30:00", "2019-09-27T01:20:00"),
            here: Samples.seoul("2019-09-27T12:30:00", "2019-09-27T14:20:00"))
        let change = Samples.change(
            occurrence, Samples.meeting(occurrence, note: String(repeating: "어", count: 200)),
            reminders: (10...28).map { Samples.reminder("2019-09-\($0)T09:00:00") },
            warnings: ["A sentence that is long enough to be broken: 지금은 밤입니다 and so on, and so on, to the end."])
        let lines = ChangePage(columns: columns).lines(change)
        #expect(lines.allSatisfy { $0.columns <= columns })
        let head = lines.prefix { !$0.text.contains("Thu 26 Sep") }.map(\.text).joined(separator: " ")
        #expect(head.filter { $0 != " " }.replacing("confirmed", with: "") == "1234" + summary.filter { $0 != " " })
    }

    @Test("A meeting in the night names both days")
    func overMidnight() {
        let night = Samples.occurrence(
            7, "Night session", there: Samples.seoul("2019-12-31T23:00:00", "2020-01-01T01:00:00"),
            here: Samples.seoul("2019-12-31T23:00:00", "2020-01-01T01:00:00"))
        #expect(page(Samples.change(night)).contains("   Tue 31 Dec 2019, 23:00 – Wed 1 Jan 2020, 01:00   Seoul"))
        let toMidnight = Samples.occurrence(
            7, "Late session", there: Samples.seoul("2019-12-31T22:00:00", "2020-01-01T00:00:00"),
            here: Samples.seoul("2019-12-31T22:00:00", "2020-01-01T00:00:00"))
        #expect(page(Samples.change(toMidnight)).contains("   Tue 31 Dec 2019, 22:00–24:00   Seoul"))
    }
}
