import ConveneTestSupport
import Testing

/// The autumn of 2019: the talks of Seoul and Tokyo, as a secretary in Seoul types them, in rehearsal.
@Suite("The story of September 2019", .ownThread)
struct StoryTests {
    @Test("What is typed is printed back in full, and the journal holds each reminder once, with every field")
    func tells() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-16 09:00 Seoul")
        for part in [StoryTests.plans, StoryTests.talks, StoryTests.ministers] {
            let went = try await Transcript(part).replayed(on: daemon)
            #expect(went == part)
        }
        let entries = try await daemon.journal.entries("-t", "convened")
        #expect(entries.map(\.story).joined(separator: "\n\n") == StoryTests.journal)
    }

    @Test("An occurrence that was moved is named by its original start, and says when it really is")
    func remindsOfMovedOccurrence() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-16 09:00 Seoul")
        for command in [
            ["add", "Desk meeting", "every monday 10:00 Tokyo", "--remind", "15m"],
            ["move", "desk@2019-09-23", "24 sep 9:00"],
            ["cancel", "desk@2019-09-30"],
            ["rehearse", "--to", "2019-10-08 00:00"],
        ] {
            let outcome = try await daemon.run(command)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let entries = try await daemon.journal.entries("-t", "convened")
        #expect(
            entries.map { entry in
                ["MESSAGE", "CONVENE_OCCURRENCE", "CONVENE_START", "CONVENE_DUE"].map { entry[$0] }
            } == [
                [
                    "Desk meeting in 15 min, 10:00 Tokyo", "2019-09-16T10:00:00", "2019-09-16T10:00:00+09:00",
                    "2019-09-16T09:45:00+09:00",
                ],
                [
                    "Desk meeting in 15 min, 09:00 Tokyo", "2019-09-23T10:00:00", "2019-09-24T09:00:00+09:00",
                    "2019-09-24T08:45:00+09:00",
                ],
                [
                    "Desk meeting in 15 min, 10:00 Tokyo", "2019-10-07T10:00:00", "2019-10-07T10:00:00+09:00",
                    "2019-10-07T09:45:00+09:00",
                ],
            ])
    }
}

extension StoryTests {
    /// Entries have an empty line between them.
    static let journal = """
        ROK–Japan DG talks tomorrow, 11:00 Tokyo
        CONVENE_DUE=2019-09-19T11:00:00+09:00
        CONVENE_END=2019-09-20T12:30:00+09:00
        CONVENE_KIND=reminder
        CONVENE_LATE_SEC=0
        CONVENE_LOCATION=Tokyo
        CONVENE_NOTIFICATION_ID=DATABASE/MEETING/standard:-P1D/single/2019-09-20T11:00:00[Asia/Tokyo]/-P1D/1
        CONVENE_NUMBER=1
        CONVENE_REHEARSAL=2019-09-19T02:00:00Z
        CONVENE_REVISION=2
        CONVENE_START=2019-09-20T11:00:00+09:00
        CONVENE_STATUS=confirmed
        CONVENE_SUMMARY=ROK–Japan DG talks
        CONVENE_ZONE=Asia/Tokyo

        ROK–Japan DG talks in 15 min, 11:00 Tokyo
        CONVENE_DUE=2019-09-20T10:45:00+09:00
        CONVENE_END=2019-09-20T12:30:00+09:00
        CONVENE_KIND=reminder
        CONVENE_LATE_SEC=0
        CONVENE_LOCATION=Tokyo
        CONVENE_NOTIFICATION_ID=DATABASE/MEETING/standard:-PT15M/single/2019-09-20T11:00:00[Asia/Tokyo]/-PT15M/1
        CONVENE_NUMBER=1
        CONVENE_REHEARSAL=2019-09-20T01:45:00Z
        CONVENE_REVISION=2
        CONVENE_START=2019-09-20T11:00:00+09:00
        CONVENE_STATUS=confirmed
        CONVENE_SUMMARY=ROK–Japan DG talks
        CONVENE_ZONE=Asia/Tokyo

        UNGA 74, general debate tomorrow, New York
        CONVENE_DUE=2019-09-23T09:00:00-04:00
        CONVENE_END=2019-10-01T00:00:00-04:00
        CONVENE_KIND=reminder
        CONVENE_LATE_SEC=0
        CONVENE_LOCATION=New York
        CONVENE_NOTIFICATION_ID=DATABASE/MEETING/standard:-P1D/single/2019-09-24T00:00:00[America/New_York]/-P1D/1
        CONVENE_NUMBER=2
        CONVENE_REHEARSAL=2019-09-23T13:00:00Z
        CONVENE_REVISION=1
        CONVENE_START=2019-09-24T00:00:00-04:00
        CONVENE_STATUS=confirmed
        CONVENE_SUMMARY=UNGA 74, general debate
        CONVENE_ZONE=America/New_York

        ROK–Japan FM meeting: Thu 15:30 New York
        CONVENE_DUE=2019-09-25T15:30:00-04:00
        CONVENE_END=2019-09-26T16:20:00-04:00
        CONVENE_KIND=reminder
        CONVENE_LATE_SEC=0
        CONVENE_LOCATION=New York
        CONVENE_NOTIFICATION_ID=DATABASE/MEETING/standard:-P1D/single/2019-09-26T15:30:00[America/New_York]/-P1D/1
        CONVENE_NUMBER=4
        CONVENE_REHEARSAL=2019-09-25T19:30:00Z
        CONVENE_REVISION=2
        CONVENE_START=2019-09-26T15:30:00-04:00
        CONVENE_STATUS=confirmed
        CONVENE_SUMMARY=ROK–Japan FM meeting
        CONVENE_ZONE=America/New_York

        ROK–Japan FM meeting moved: 16:15 New York
        CONVENE_DUE=2019-09-26T00:12:00Z
        CONVENE_END=2019-09-26T17:05:00-04:00
        CONVENE_KIND=change
        CONVENE_LATE_SEC=0
        CONVENE_LOCATION=New York
        CONVENE_NOTIFICATION_ID=DATABASE/change:ID/MEETING/single
        CONVENE_NUMBER=4
        CONVENE_REHEARSAL=2019-09-26T00:12:00Z
        CONVENE_REVISION=5
        CONVENE_START=2019-09-26T16:15:00-04:00
        CONVENE_STATUS=confirmed
        CONVENE_SUMMARY=ROK–Japan FM meeting
        CONVENE_ZONE=America/New_York

        ROK–Japan FM meet… in 15 min, 16:15 New York
        CONVENE_DUE=2019-09-26T16:00:00-04:00
        CONVENE_END=2019-09-26T17:05:00-04:00
        CONVENE_KIND=reminder
        CONVENE_LATE_SEC=0
        CONVENE_LOCATION=New York
        CONVENE_NOTIFICATION_ID=DATABASE/MEETING/standard:-PT15M/single/2019-09-26T16:15:00[America/New_York]/-PT15M/1
        CONVENE_NUMBER=4
        CONVENE_REHEARSAL=2019-09-26T20:00:00Z
        CONVENE_REVISION=5
        CONVENE_START=2019-09-26T16:15:00-04:00
        CONVENE_STATUS=confirmed
        CONVENE_SUMMARY=ROK–Japan FM meeting
        CONVENE_ZONE=America/New_York
        """

    static let plans = """
        $ convene add "ROK–Japan DG talks" fri --in Tokyo --status proposed
        1  ROK–Japan DG talks                                                   proposed
           Fri 20 Sep 2019, hour open   Tokyo
           Reminder    Thu 19 Sep 09:00
           Still open  the hour
        $ convene add "UNGA 74, general debate" "24–30 sep" --in "New York"
        2  UNGA 74, general debate                                             confirmed
           Tue 24 – Mon 30 Sep 2019   New York (13 hours behind here)
           Reminder    Mon 23 Sep 22:00
        $ convene list
        Fri 20 Sep 2019
         hour open    Tokyo     1  ROK–Japan DG talks                           proposed
        Tue 24 – Mon 30 Sep 2019
         all week     New York  2  UNGA 74, general debate                     confirmed
        $ convene rehearse --to "2019-09-18 14:05"
        The clock stands at Wed 18 Sep 2019 14:05.
        $ convene confirm dg --at 11:00 --for 90m
        1  ROK–Japan DG talks                                                  confirmed
           Fri 20 Sep 2019, 11:00–12:30   Tokyo (same time here)
           Reminders   Thu 19 Sep 11:00 · Fri 20 Sep 10:45
        $ convene add Lunch "20 sep 12:30" --for 90m --in Tokyo --remind none
        3  Lunch                                                               confirmed
           Fri 20 Sep 2019, 12:30–14:00   Tokyo (same time here)
           Reminder    none
        $ convene add "ROK–Japan FM meeting" "some day 24–30 sep" --in "New York" --status possible
        4  ROK–Japan FM meeting                                                 possible
           Some day Tue 24 – Mon 30 Sep 2019   New York
           Reminders   Fri 27 Sep 21:00 · Mon 30 Sep 21:00
           Still open  the date
        $ convene list
        Fri 20 Sep 2019
         11:00–12:30  Tokyo     1  ROK–Japan DG talks                          confirmed
         12:30–14:00  Tokyo     3  Lunch                                       confirmed
        Tue 24 – Mon 30 Sep 2019
         all week     New York  2  UNGA 74, general debate                     confirmed
         date open    New York  4  ROK–Japan FM meeting                         possible

        """

    static let talks = """
        $ convene rehearse --to "2019-09-19 08:30"
        The clock stands at Thu 19 Sep 2019 08:30.
        $ convene
        Thu 19 September 2019, 08:30 in Seoul

        Tomorrow    11:00–12:30  Tokyo     1  ROK–Japan DG talks               confirmed
                    12:30–14:00  Tokyo     3  Lunch                            confirmed
        24–30 Sep   all week     New York  2  UNGA 74, general debate          confirmed
                    date open    New York  4  ROK–Japan FM meeting              possible

        Waiting     4    ROK–Japan FM meeting: some day Tue 24 – Mon 30 Sep 2019
        Changed     1    hour open → 11:00–12:30                          Wed 14:05, you
        yesterday   3 4  new                                              Wed 14:05, you
        $ convene rehearse --to "2019-09-20 14:00"
        Thu 19 Sep 2019 11:00  ROK–Japan DG talks tomorrow, 11:00 Tokyo
        Fri 20 Sep 2019 10:45  ROK–Japan DG talks in 15 min, 11:00 Tokyo
        The clock stands at Fri 20 Sep 2019 14:00.
        $ convene
        Fri 20 September 2019, 14:00 in Seoul

        24–30 Sep   all week     New York  2  UNGA 74, general debate          confirmed
                    date open    New York  4  ROK–Japan FM meeting              possible

        Waiting     4  ROK–Japan FM meeting: some day Tue 24 – Mon 30 Sep 2019
        Overdue     1  ROK–Japan DG talks, over since Fri 20 Sep          convene held 1
                    3  Lunch, over since Fri 20 Sep                       convene held 3
        $ convene held dg "Views exchanged; contacts go on."
        1  ROK–Japan DG talks                                                       held
           Fri 20 Sep 2019, 11:00–12:30   Tokyo (same time here)
           Note        Views exchanged; contacts go on.

        """

    static let ministers = """
        $ convene rehearse --to "2019-09-23 10:00"
        The clock stands at Mon 23 Sep 2019 10:00.
        $ convene fix fm "thu 15:30" --for 50m
        4  ROK–Japan FM meeting                                                confirmed
           Thu 26 Sep 2019, 15:30–16:20   New York
           Fri 27 Sep 2019, 04:30–05:20   here
           Reminders   Thu 26 Sep 04:30 · Fri 27 Sep 04:15
         ! Both come at night here. Another: convene remind add fm "wed 18:00"
        $ convene list
                                here
        Tue 24 – Mon 30 Sep 2019
         all week     New York                 2  UNGA 74, general debate      confirmed
        Thu 26 Sep 2019
         15:30–16:20  New York  Fri 27, 04:30  4  ROK–Japan FM meeting         confirmed
        $ convene rehearse --to "2019-09-26 09:10"
        Mon 23 Sep 2019 22:00  UNGA 74, general debate tomorrow, New York
        Thu 26 Sep 2019 04:30  ROK–Japan FM meeting: Thu 15:30 New York
        The clock stands at Thu 26 Sep 2019 09:10.
        $ convene move fm 4:15
        4  ROK–Japan FM meeting                                                confirmed
           Thu 26 Sep 2019, 15:30 → 04:15–05:05   New York
           Fri 27 Sep, 04:30 → Thu 26 Sep 2019, 17:15–18:05   here
           Reminder    Thu 26 Sep 17:00
           Already past, so not said: 1 day before.
         ! 04:15 is at night in New York. For the afternoon: convene undo, then 16:15
         ! A reminder has named the old hour; the journal says the new one at 09:12.
        $ convene undo
        Undone: 4 ROK–Japan FM meeting is at 15:30–16:20 again; nobody was told.
        4  ROK–Japan FM meeting                                                confirmed
           Thu 26 Sep 2019, 15:30–16:20   New York
           Fri 27 Sep 2019, 04:30–05:20   here
           Reminder    Fri 27 Sep 04:15
        $ convene move fm 16:15
        4  ROK–Japan FM meeting                                                confirmed
           Thu 26 Sep 2019, 15:30 → 16:15–17:05   New York
           Fri 27 Sep 2019, 04:30 → 05:15–06:05   here
           Reminder    Fri 27 Sep 05:00
           Already past, so not said: 1 day before.
         ! A reminder has named the old hour; the journal says the new one at 09:12.
        $ convene rehearse --to "2019-09-27 07:00"
        Thu 26 Sep 2019 09:12  ROK–Japan FM meeting moved: 16:15 New York
        Fri 27 Sep 2019 05:00  ROK–Japan FM meet… in 15 min, 16:15 New York
        The clock stands at Fri 27 Sep 2019 07:00.
        $ convene held fm
        4  ROK–Japan FM meeting                                                     held
           Thu 26 Sep 2019, 16:15–17:05   New York
           Fri 27 Sep 2019, 05:15–06:05   here
        $ convene list --from "2019-09-16"
                                here
        Fri 20 Sep 2019
         11:00–12:30  Tokyo             11:00  1  ROK–Japan DG talks                held
         12:30–14:00  Tokyo             12:30  3  Lunch                        confirmed
        Tue 24 – Mon 30 Sep 2019
         all week     New York                 2  UNGA 74, general debate      confirmed
        Thu 26 Sep 2019
         16:15–17:05  New York  Fri 27, 05:15  4  ROK–Japan FM meeting              held
        $ convene
        Fri 27 September 2019, 07:00 in Seoul

        24–30 Sep   all week     New York  2  UNGA 74, general debate          confirmed

        Overdue     3  Lunch, over since Fri 20 Sep                       convene held 3
        Changed     4  15:30 → 16:15–17:05                                Thu 09:10, you
                    4  confirmed → held                                   Fri 07:00, you
        $ convene log
        #11  Fri 27 Sep 2019 07:00  4  ROK–Japan FM meeting: confirmed → held        you
        #10  Thu 26 Sep 2019 09:10  4  ROK–Japan FM meeting: 15:30 → 16:15–17:05     you
        #9   Thu 26 Sep 2019 09:10  4  ROK–Japan FM meeting: undone: move (15:30 →…  you
        #8   Thu 26 Sep 2019 09:10  4  ROK–Japan FM meeting: 15:30 → 04:15–05:05 (…  you
        #7   Mon 23 Sep 2019 10:00  4  ROK–Japan FM meeting: some day 24–30 Sep →…   you
        #6   Fri 20 Sep 2019 14:00  1  ROK–Japan DG talks: confirmed → held          you
        #5   Wed 18 Sep 2019 14:05  4  ROK–Japan FM meeting: new                     you
        #4   Wed 18 Sep 2019 14:05  3  Lunch: new                                    you
        #3   Wed 18 Sep 2019 14:05  1  ROK–Japan DG talks: hour open → 11:00–12:30   you
        #2   Mon 16 Sep 2019 09:00  2  UNGA 74, general debate: new                  you
        #1   Mon 16 Sep 2019 09:00  1  ROK–Japan DG talks: new                       you

        """
}

extension JournalRecord {
    /// An entry as the story tells it: what people read, and our fields, random names replaced.
    var story: String {
        let database = self["CONVENE_DATABASE"] ?? "", meeting = self["CONVENE_MEETING"] ?? ""
        let lines = ours.filter { $0.key != "CONVENE_DATABASE" && $0.key != "CONVENE_MEETING" }
            .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return ([self["MESSAGE"] ?? ""] + lines).joined(separator: "\n")
            .replacing(database, with: "DATABASE").replacing(meeting, with: "MEETING")
            .replacing(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, with: "ID")
    }
}
