import ConveneAPI
import Testing
import ZonedTime

@testable import ConveneCommands

@Suite("The other pages")
struct OtherPagesTests {
    private let added = LogRecord(
        id: "r1", position: 9, at: "2019-09-18T14:11:00+09:00", here: "2019-09-18T14:11:20", byUid: 1000, byName: "kim",
        verb: "add", number: 4, summary: "ROK–Japan FM meeting", what: "new", undone: false)
    private let moved = LogRecord(
        id: "r2", position: 10, at: "2018-12-31T09:10:00+09:00", here: "2018-12-31T09:10:00", byUid: 7, byName: "park",
        verb: "move", number: 12, summary: "Lunch", what: "12:30 → 13:00", undone: true)

    @Test("A meeting is shown whole: its dates, reminders, rule and history")
    func show() {
        let first = Samples.occurrence(
            5, "Weekly call", there: Samples.tokyo("2019-09-20T10:00:00", "2019-09-20T11:00:00"),
            here: Samples.seoul("2019-09-20T10:00:00", "2019-09-20T11:00:00"), recurrenceId: "2019-09-20T10:00:00")
        let later = Samples.occurrence(
            5, "Weekly call", there: Samples.tokyo("2019-09-28T15:00:00", "2019-09-28T16:00:00"),
            here: Samples.seoul("2019-09-28T15:00:00", "2019-09-28T16:00:00"), recurrenceId: "2019-09-27T10:00:00",
            changed: true)
        let reply = Show.Reply(
            meeting: Samples.meeting(
                first, place: "Room A", rule: "FREQ=WEEKLY;BYDAY=FR", sentence: "every Friday at 10:00"),
            occurrence: first, next: [first, later], changed: [later],
            reminders: [Samples.reminder("2019-09-19T10:00:00", recurrenceId: first.recurrenceId)], log: [added])
        #expect(
            ShowPage(columns: 80, reader: 1000, year: 2019).lines(reply).plain == """
                5  Weekly call                                                         confirmed
                   Every Friday at 10:00
                   Fri 20 Sep 2019, 10:00–11:00   Tokyo (same time here)
                   Next        Sat 28 Sep, 15:00–16:00
                   Changed     Fri 27 Sep: Sat 28 Sep 2019, 15:00–16:00
                   Reminder    Thu 19 Sep 10:00
                   Alarms      1 day before · 15 min before
                   Place       Room A
                   Rule        FREQ=WEEKLY;BYDAY=FR
                   UID         0b7d6e6e-6b0b-4a43-9d2b-5b1f0d1c2e3f
                   Revision    3

                   #9  Wed 18 Sep 14:11  new                                                 you
                """)
    }

    @Test("Of a date of a series that stays where it was, its status is what changed")
    func heldInPlace() {
        let span = Samples.seoul("2019-09-20T10:00:00", "2019-09-20T11:00:00")
        let held = Samples.occurrence(
            5, "Weekly call", .held, there: span, here: span, recurrenceId: "2019-09-20T10:00:00", changed: true)
        let reply = Show.Reply(
            meeting: Samples.meeting(held), occurrence: held, next: [], changed: [held], reminders: [], log: [])
        let lines = ShowPage(columns: 80, reader: 1000, year: 2019).lines(reply).plain
        #expect(lines.contains("\n   Changed     Fri 20 Sep: held\n"))
    }

    @Test("The log says when, which, what and who; another year is named")
    func log() {
        #expect(
            LogPage(columns: 80, reader: 1000, year: 2019).lines([moved, added]).plain == """
                #10  Mon 31 Dec 2018 09:10  12  Lunch: 12:30 → 13:00 (undone)               park
                #9   Wed 18 Sep 14:11       4   ROK–Japan FM meeting: new                    you
                """)
    }

    @Test("The status says whether the daemon is heard")
    func status() {
        var reply = GetStatus.Reply(
            version: "0.1.0", pid: 812, now: "2019-09-19T08:30:00+09:00", database: "/var/lib/convene/convene.db",
            databaseId: "d", meetings: 3, zoneData: "2026f", machineZone: "Asia/Seoul", pending: 0,
            nextDueAt: "2019-09-19T02:00:00Z",
            nextDueHere: "2019-09-19T11:00:00", journalReadable: true, delivered: 12, warnings: [])
        let page = StatusPage(columns: 80, year: 2019)
        #expect(
            page.lines(reply).plain == """
                convened 0.1.0, process 812                                                 well
                   Database    /var/lib/convene/convene.db (3 meetings)
                   Zone data   2026f; the machine is in Asia/Seoul
                   Journal     is read back: what is counted as said was seen there
                   Said        12 notifications
                   Next        Thu 19 Sep 11:00
                """)
        reply.journalReadable = false
        reply.journalProblem = "no permission"
        reply.pending = 2
        reply.pendingReason = "the journal does not answer"
        reply.nextDueHere = nil
        reply.nextDueAt = nil
        reply.warnings = ["The zone data is older than two years."]
        #expect(
            page.lines(reply).plain == """
                convened 0.1.0, process 812                                         worth a look
                   Database    /var/lib/convene/convene.db (3 meetings)
                   Zone data   2026f; the machine is in Asia/Seoul
                   Journal     cannot be read back (no permission): what was sent is counted as
                               said
                   Said        12 notifications
                   Next        nothing
                   Waiting     2 to be said: the journal does not answer
                 ! The zone data is older than two years.
                """)
    }

    @Test("A preview is a sentence and its dates, with what clock changes do to them")
    func preview() {
        let reply = Preview.Reply(
            sentence: "every last Sunday of March at 02:30", rule: "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            dates: [
                PreviewDate(
                    civil: "2027-03-28T02:30:00", zone: "Europe/Berlin", instant: "2027-03-28T03:30:00+02:00",
                    clockChange: .skipped),
                PreviewDate(
                    civil: "2027-04-04T02:30:00", zone: "Europe/Berlin", instant: "2027-04-04T02:30:00+02:00",
                    clockChange: .exact),
            ],
            complete: true, remarks: ["February has no day 30."])
        #expect(
            PreviewPage(columns: 80).lines(reply).plain == """
                Every last Sunday of March at 02:30
                   FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
                   Sun 28 Mar 2027, 02:30  +02:00   Berlin
                   ! Clocks go forward: this hour is skipped, so it would begin at 03:30.
                   Sun  4 Apr 2027, 02:30  +02:00
                   and no further ones
                   February has no day 30.
                """)
    }

    @Test("What reminds of a meeting is listed with its words, here and there")
    func reminders() {
        let reply = Show.Reply(
            meeting: Samples.meeting(Samples.ministers), occurrence: Samples.ministers, next: [], changed: [],
            reminders: [Samples.reminder("2019-09-27T04:15:00", there: "2019-09-26T15:15:00", Samples.quarter)], log: []
        )
        #expect(
            RemindersPage(columns: 80).lines(reply).plain == """
                4  ROK–Japan FM meeting                                                confirmed
                   15 min before   Fri 27 Sep 2019 04:15   Thu 26 Sep 2019 15:15 there
                   1 day before    none to come
                """)
    }

    @Test(
        "What comes next says how long it is until then, or how long it still lasts",
        arguments: [
            ("2019-09-18T08:00:00+09:00", "In 2 days 3 hours"), ("2019-09-20T09:55:00+09:00", "In 1 hour 5 min"),
            ("2019-09-20T10:59:30+09:00", "In 1 min"), ("2019-09-20T12:00:00+09:00", "Now, for 30 min more"),
        ])
    func next(now: String, told: String) throws {
        let now = try #require(Instant(rfc3339: now))
        #expect(
            NextPage(columns: 80, now: now).lines([Samples.talks]).plain == """
                1  ROK–Japan DG talks                                                  confirmed
                   Fri 20 Sep 2019, 11:00–12:30   Tokyo (same time here)
                   \(told)
                """)
    }

    @Test(
        "To a day whose hour is open it is so many days, by the calendar there",
        arguments: [
            ("2019-09-18T23:30:00+09:00", "In 2 days"), ("2019-09-19T00:00:00+09:00", "Tomorrow"),
            ("2019-09-20T08:00:00+09:00", "Today"),
        ])
    func nextDay(now: String, told: String) throws {
        let open = Samples.occurrence(
            1, "Talks", .proposed, .hourOpen, there: Samples.tokyo("2019-09-20", "2019-09-20"),
            here: Samples.seoul("2019-09-20", "2019-09-20"), startsAt: "2019-09-20T00:00:00+09:00",
            endsAt: "2019-09-21T00:00:00+09:00")
        let now = try #require(Instant(rfc3339: now))
        #expect(
            NextPage(columns: 80, now: now).lines([open]).plain == """
                1  Talks                                                                proposed
                   Fri 20 Sep 2019, hour open   Tokyo
                   \(told)
                """)
    }

    @Test("A round without a date is called by its name, and has no date yet")
    func nextRound() throws {
        var round = Samples.occurrence(
            1, "ROK–Japan DG talks", .possible, .window, there: Samples.seoul("2019-11-01", "2019-11-30"),
            here: Samples.seoul("2019-11-01", "2019-11-30"))
        round.round = Round(period: "2019-11-01", name: "November", tag: "nov", standing: .open, host: "Tokyo")
        let now = try #require(Instant(rfc3339: "2019-10-31T12:00:00+09:00"))
        #expect(
            NextPage(columns: 80, now: now).lines([round]).plain == """
                1#nov  ROK–Japan DG talks, November                                  no date yet
                       Tokyo hosts
                """)
    }

    @Test("What reminds of another round than the one shown names it, also where the meeting is shown whole")
    func remindersOfRounds() {
        func round(_ month: Int, _ name: String, _ standing: Standing, _ status: Status) -> Occurrence {
            let span = Samples.seoul("2019-\(month)-01", "2019-\(month)-30")
            var round = Samples.occurrence(
                1, "DG talks", status, .window, there: span, here: span, recurrenceId: "2019-\(month)-01T00:00:00")
            round.round = Round(
                period: "2019-\(month)-01", name: name, tag: "x", standing: standing, into: "November")
            return round
        }
        let (october, november) = (
            round(10, "October", .postponed, .postponed), round(11, "November", .open, .possible)
        )
        var reminder = Samples.reminder("2019-11-20T08:00:00")
        reminder.recurrenceId = november.recurrenceId
        var reply = Show.Reply(
            meeting: Samples.meeting(october, alarms: [Samples.dayBefore]), occurrence: october, next: [], changed: [],
            reminders: [reminder], log: [])
        reply.ties = Ties(heads: [], answers: [], declined: [], rounds: [october, november], links: [], notes: [])
        #expect(
            RemindersPage(columns: 80).lines(reply).plain == """
                1#x  DG talks, October                                                 postponed
                     November: 1 day before   Wed 20 Nov 2019 08:00
                """)
        let shown = ShowPage(columns: 80, reader: 1000, year: 2019).lines(reply).plain
        #expect(shown.contains("\n     Reminder    Wed 20 Nov, if November has no date by then\n"))
    }

    @Test("Where a row does not fit, the times stand below the words")
    func longReminders() {
        let alarm = Alarm(id: "w", text: "some days before its last day, while it has no date", standard: true)
        let reply = Show.Reply(
            meeting: Samples.meeting(Samples.ministersWindow, alarms: [alarm]), occurrence: Samples.ministersWindow,
            next: [], changed: [],
            reminders: [Samples.reminder("2019-09-27T21:00:00", there: "2019-09-27T08:00:00", alarm)], log: [])
        #expect(
            RemindersPage(columns: 80).lines(reply).plain == """
                4  ROK–Japan FM meeting                                                 possible
                   some days before its last day, while it has no date
                      Fri 27 Sep 2019 21:00   Fri 27 Sep 2019 08:00 there
                """)
    }

    @Test("A notification is a line, with how late it was")
    func notification() {
        let late = Notification(
            id: "n", position: 3, kind: "missed", message: "Late: ROK–Japan FM meeting began 25 min ago",
            dueAt: "2019-09-27T05:00:00+09:00", here: "2019-09-27T05:00:00", lateSeconds: 2403, number: 4)
        #expect(
            WatchPage(columns: 80, reader: 1000, year: 2019).lines(late).plain
                == "Fri 27 Sep 05:00  Late: ROK–Japan FM meeting began 25 min ago        41 min late")
    }

    @Test("The day's sheet is a line for each meeting")
    func sheet() {
        let sheet = Notification(
            id: "n", position: 3, kind: "digest", message: "Fri 20 Sep, Seoul time: 1 meeting\n11:00 DG talks, Tokyo",
            dueAt: "2019-09-20T08:00:00+09:00", here: "2019-09-20T08:00:00", lateSeconds: 0)
        #expect(
            WatchPage(columns: 80, reader: 1000, year: 2019).lines(sheet).plain == """
                Fri 20 Sep 08:00  Fri 20 Sep, Seoul time: 1 meeting
                                  11:00 DG talks, Tokyo
                """)
    }

    @Test("What was missed is a line for each date, with how to take note of it")
    func missed() {
        func missed(_ id: String, _ number: Int?, _ here: String, _ message: String) -> Missed {
            Missed(
                notification: Notification(
                    id: id, position: 3, kind: "missed", message: message, dueAt: "", here: here, lateSeconds: 90,
                    number: number))
        }
        let page = MissedPage(columns: 80, year: 2019).lines(
            GetMissed.Reply(
                missed: [
                    missed("a", 12, "2019-09-20T10:45:00", "Missed: DG talks, Fri 20 Sep, 11:00 Tokyo"),
                    missed("b", 12, "2019-09-19T11:00:00", "Missed: DG talks, Fri 20 Sep, 11:00 Tokyo"),
                    missed("c", nil, "2018-09-19T08:00:00", "Missed: the day's sheet of Wed 19 Sep"),
                ], count: 4))
        #expect(
            page.plain == """
                Fri 20 Sep 10:45       12  DG talks, Fri 20 Sep, 11:00 Tokyo
                Wed 19 Sep 2018 08:00      the day's sheet of Wed 19 Sep
                and 1 more: -n 4
                To take note: convene ack NUMBER, or convene ack --missed
                """)
        #expect(
            MissedPage(columns: 80, year: 2019).lines(GetMissed.Reply(missed: [], count: 0)).plain
                == "Nothing was missed.")
    }
}
