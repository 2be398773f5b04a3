import ConveneTestSupport
import Testing

/// The autumn of 2019 in rounds: what is known when, from 11 September to 31 October, as typed in Seoul.
///
/// `scripts/story.sh` prints the same.
@Suite("The story in rounds")
struct RoundsStoryTests {
    @Test("Every page says what a secretary would say aloud, and the journal holds each entry once, at its instant")
    func tells() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-11 09:00 Seoul")
        for part in RoundsStoryTests.parts {
            let went = try await Transcript(part).replayed(on: daemon)
            #expect(went == part)
        }
        let entries = try await daemon.journal.entries("-t", "convened")
        #expect(entries.map { entry in RoundsStoryTests.fields.map { entry[$0] } } == RoundsStoryTests.journal)
    }

    @Test("Undo brings back exactly what was, and what hangs on it")
    func undoes() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-11 09:00 Seoul")
        for part in RoundsStoryTests.parts.prefix(4) { _ = try await Transcript(part).replayed(on: daemon) }
        let commands = [
            ["move", "dg", "11:30"], ["postpone", "dg#oct", "nov"], ["skip", "dg#oct"], ["merge", "dg#oct", "nov"],
            ["fix", "dg#oct", "22 oct 10:00", "--host", "Tokyo"], ["decline", "dg#sep", "--by", "Japan", "ill"],
            ["cancel", "dg#sep"], ["delete", "dg#oct"], ["edit", "fm", "--if", "none"],
            ["office", "Japan FM", "Somebody Else", "--since", "1 sep"],
        ]
        let before = try await state(of: daemon)
        for command in commands {
            let outcome = try await daemon.run(command)
            #expect(outcome.status == 0, "\(command): \(outcome.errors)")
            #expect(try await state(of: daemon) != before, "\(command)")
            let undone = try await daemon.run(["undo"])
            #expect(undone.status == 0, "\(command): \(undone.errors)")
            #expect(try await state(of: daemon) == before, "\(command)")
        }
    }

    @Test("A circle of dependencies is refused, and named")
    func refusesCircles() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-11 09:00 Seoul")
        for command in [
            ["add", "A", "1 oct"], ["add", "B", "2 oct", "--if", "A"], ["add", "C", "3 oct", "--if", "B"],
        ] {
            #expect(try await daemon.run(command).status == 0)
        }
        let outcome = try await daemon.run(["edit", "A", "--if", "C"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("it would wait for itself: 1 → 3 → 2 → 1"), "\(outcome.errors)")
    }

    /// What lists, rounds and the register say, without what counts changes.
    private func state(of daemon: RunningDaemon) async throws -> [String] {
        var pages: [String] = []
        for command in [
            ["list", "--all", "--until", "2019-12-31", "--json"], ["rounds", "dg"], ["programme", "dg#sep"], ["office"],
        ] {
            pages.append(try await daemon.run(command).output)
        }
        for meeting in ["dg#sep", "dg#oct", "lunch", "fm"] {
            let page = try await daemon.run(["show", meeting]).output
            pages.append(page.split(separator: "\n").prefix { !$0.contains("Revision") }.joined(separator: "\n"))
        }
        return pages
    }
}

extension RoundsStoryTests {
    private static let fields = [
        "MESSAGE", "CONVENE_KIND", "CONVENE_NUMBER", "CONVENE_OCCURRENCE", "CONVENE_START", "CONVENE_ZONE",
        "CONVENE_DUE", "CONVENE_STATUS",
    ]

    private static let journal: [[String?]] = [
        [
            "ROK–Japan DG talks tomorrow, 11:00 Tokyo", "reminder", "1", "2019-09-01T00:00:00",
            "2019-09-20T11:00:00+09:00", "Asia/Tokyo", "2019-09-19T11:00:00+09:00", "confirmed",
        ],
        [
            "ROK–Japan DG talks in 15 min, 11:00 Tokyo", "reminder", "1", "2019-09-01T00:00:00",
            "2019-09-20T11:00:00+09:00", "Asia/Tokyo", "2019-09-20T10:45:00+09:00", "confirmed",
        ],
        [
            "Decide: ROK–Japan FM meeting, 1#sep held", "decision", "4", nil, "2019-09-24T00:00:00-04:00",
            "America/New_York", "2019-09-20T05:32:00Z", "possible",
        ],
        [
            "UNGA 74, general debate tomorrow, New York", "reminder", "3", nil, "2019-09-24T00:00:00-04:00",
            "America/New_York", "2019-09-23T09:00:00-04:00", "confirmed",
        ],
        [
            "ROK–Japan FM meeting: Thu 15:30 New York", "reminder", "4", nil, "2019-09-26T15:30:00-04:00",
            "America/New_York", "2019-09-25T15:30:00-04:00", "confirmed",
        ],
        [
            "ROK–Japan FM meeting moved: 16:15 New York", "change", "4", nil, "2019-09-26T16:15:00-04:00",
            "America/New_York", "2019-09-26T00:12:00Z", "confirmed",
        ],
        [
            "ROK–Japan FM meet… in 15 min, 16:15 New York", "reminder", "4", nil, "2019-09-26T16:15:00-04:00",
            "America/New_York", "2019-09-26T16:00:00-04:00", "confirmed",
        ],
        [
            "No October date: ROK–Japan DG talks (Seoul)", "open", "1", "2019-10-01T00:00:00",
            "2019-10-01T00:00:00+09:00", "Asia/Seoul", "2019-10-21T08:00:00+09:00", "possible",
        ],
        [
            "Last day for October: ROK–Japan DG talks", "open", "1", "2019-10-01T00:00:00", "2019-10-01T00:00:00+09:00",
            "Asia/Seoul", "2019-10-31T08:00:00+09:00", "possible",
        ],
    ]

    private static let parts = [start, proposal, answers, morning, day, ministers, october]

    private static let start = """
        $ convene add "ROK–Japan DG talks" --rounds monthly --host Tokyo,Seoul --between "Kim Jung-han (ROK DG), Shigeki Takizaki (Japan DG since sep)"
        1  ROK–Japan DG talks                                             monthly rounds
           Heads       Kim Jung-han (ROK)
                       Shigeki Takizaki (Japan), since September 2019
           September   Tokyo hosts   no date yet
           October     Seoul hosts   no date yet
           November    Tokyo hosts   no date yet
           Reminder    Fri 20 Sep, if September has no date by then
        $ convene note dg "Seoul files a complaint at the WTO"
        1  Note, Wed 11 Sep 2019: Seoul files a complaint at the WTO

        """

    private static let proposal = """
        $ convene rehearse --to "2019-09-16 09:00"
        The clock stands at Mon 16 Sep 2019 09:00.
        $ convene propose dg "31 sep"
        convene: there is no 31 September; nothing was changed
            31 sep
            ^^^^^^  did you mean '30 sep' or '1 oct'?
        [1]
        $ convene propose dg fri
        1#sep  ROK–Japan DG talks, September                                    proposed
               Fri 20 Sep 2019, hour open   Tokyo
               Heads       Kim Jung-han (ROK), Shigeki Takizaki (Japan): first meeting
               Reminder    Thu 19 Sep 09:00
               Answers     ROK yes · Japan not yet

        """

    private static let answers = """
        $ convene rehearse --to "2019-09-18 14:05"
        The clock stands at Wed 18 Sep 2019 14:05.
        $ convene confirm dg --by Japan --at 11:00 --for 90m
        1#sep  ROK–Japan DG talks, September                                   confirmed
               Fri 20 Sep 2019, 11:00–12:30   Tokyo (same time here)
               Reminders   Thu 19 Sep 11:00 · Fri 20 Sep 10:45
               Answers     ROK yes · Japan yes
        $ convene rehearse --to "2019-09-18 14:11"
        The clock stands at Wed 18 Sep 2019 14:11.
        $ convene add Lunch --after dg --for 90m
        2  Lunch                                                               confirmed
           Fri 20 Sep 2019, 12:30–14:00   Tokyo (same time here)
           Moves with  1#sep ROK–Japan DG talks
        $ convene add "UNGA 74, general debate" "24–30 sep" --in "New York"
        3  UNGA 74, general debate                                             confirmed
           Tue 24 – Mon 30 Sep 2019   New York (13 hours behind here)
           Reminder    Mon 23 Sep 22:00
        $ convene add "ROK–Japan FM meeting" --sidelines unga --if dg --between "Kang Kyung-wha (ROK FM), Toshimitsu Motegi (Japan FM since 11 sep)"
        4  ROK–Japan FM meeting                                                 possible
           Some day Tue 24 – Mon 30 Sep 2019   New York, on the sidelines of 3
           Heads       Kang Kyung-wha (ROK), Toshimitsu Motegi (Japan): would be first
           To decide   once 1#sep ROK–Japan DG talks is held
           Reminders   Fri 27 Sep 21:00 · Mon 30 Sep 21:00
        $ convene note dg "Japan off Seoul's list of favoured trade partners"
        1  Note, Wed 18 Sep 2019: Japan off Seoul's list of favoured trade partners

        """

    private static let morning = """
        $ convene rehearse --to "2019-09-19 08:30"
        The clock stands at Thu 19 Sep 2019 08:30.
        $ convene
        Thu 19 September 2019, 08:30 in Seoul

        Tomorrow    11:00–12:30  Tokyo     1#sep  ROK–Japan DG talks           confirmed
                    12:30–14:00  Tokyo     2      Lunch                        confirmed
        24–30 Sep   all week     New York  3      UNGA 74, general debate      confirmed
                    date open    New York  4      ROK–Japan FM meeting          possible
        October     date open    Seoul     1#oct  ROK–Japan DG talks         no date yet

        Waiting     4      for 1#sep to be held
        Changed     1#sep  hour open → 11:00–12:30, answer of Japan       Wed 14:05, you
        yesterday   2 3 4  new                                            Wed 14:11, you
                    1      note: Japan off Seoul's list of favoured tra…  Wed 14:11, you

        """

    private static let day = """
        $ convene rehearse --to "2019-09-20 14:30"
        Thu 19 Sep 2019 11:00  ROK–Japan DG talks tomorrow, 11:00 Tokyo
        Fri 20 Sep 2019 10:45  ROK–Japan DG talks in 15 min, 11:00 Tokyo
        The clock stands at Fri 20 Sep 2019 14:30.
        $ convene held dg "Views exchanged; contacts go on."
        1#sep  ROK–Japan DG talks, September                                        held
               Fri 20 Sep 2019, 11:00–12:30   Tokyo (same time here)
               With it     2 Lunch
               To decide   4 ROK–Japan FM meeting, 24–30 Sep, New York
               Next round  October, Seoul hosts, no date yet
               Note        Views exchanged; contacts go on.
        $ convene
        Fri 20 September 2019, 14:30 in Seoul

        24–30 Sep   all week     New York  3      UNGA 74, general debate      confirmed
                    date open    New York  4      ROK–Japan FM meeting          possible
        October     date open    Seoul     1#oct  ROK–Japan DG talks         no date yet

        Waiting     4      to be decided: 1#sep was held              convene fix 4 DATE
        Changed     1#sep  confirmed → held                               Fri 14:30, you

        """

    private static let ministers = """
        $ convene rehearse --to "2019-09-23 10:00"
        Fri 20 Sep 2019 14:32  Decide: ROK–Japan FM meeting, 1#sep held
        The clock stands at Mon 23 Sep 2019 10:00.
        $ convene fix fm "thu 15:30" --for 50m
        4  ROK–Japan FM meeting                                                confirmed
           Thu 26 Sep 2019, 15:30–16:20   New York, on the sidelines of 3
           Fri 27 Sep 2019, 04:30–05:20   here, and in Tokyo
           Reminders   Thu 26 Sep 04:30 · Fri 27 Sep 04:15
         ! Both come at night here. Another: convene remind add fm "wed 18:00"
        $ convene list
                                here
        Tue 24 – Mon 30 Sep 2019
         all week     New York                 3      UNGA 74, general debate  confirmed
        Thu 26 Sep 2019
         15:30–16:20  New York  Fri 27, 04:30  4      ROK–Japan FM meeting     confirmed
        October 2019
         date open    Seoul                    1#oct  ROK–Japan DG talks     no date yet
        $ convene rehearse --to "2019-09-26 09:10"
        Mon 23 Sep 2019 22:00  UNGA 74, general debate tomorrow, New York
        Thu 26 Sep 2019 04:30  ROK–Japan FM meeting: Thu 15:30 New York
        The clock stands at Thu 26 Sep 2019 09:10.
        $ convene move fm 4:15
        4  ROK–Japan FM meeting                                                confirmed
           Thu 26 Sep 2019, 15:30 → 04:15–05:05   New York, on the sidelines of 3
           Fri 27 Sep, 04:30 → Thu 26 Sep 2019, 17:15–18:05   here, and in Tokyo
           Reminder    Thu 26 Sep 17:00
           Already past, so not said: 1 day before.
         ! 04:15 is at night in New York. For the afternoon: convene undo, then 16:15
         ! A reminder has named the old hour; the journal says the new one at 09:12.
        $ convene undo
        Undone: 4 ROK–Japan FM meeting is at 15:30–16:20 again; nobody was told.
        4  ROK–Japan FM meeting                                                confirmed
           Thu 26 Sep 2019, 15:30–16:20   New York, on the sidelines of 3
           Fri 27 Sep 2019, 04:30–05:20   here, and in Tokyo
           Reminder    Fri 27 Sep 04:15
        $ convene move fm 16:15
        4  ROK–Japan FM meeting                                                confirmed
           Thu 26 Sep 2019, 15:30 → 16:15–17:05   New York, on the sidelines of 3
           Fri 27 Sep 2019, 04:30 → 05:15–06:05   here, and in Tokyo
           Reminder    Fri 27 Sep 05:00
           Already past, so not said: 1 day before.
         ! A reminder has named the old hour; the journal says the new one at 09:12.
        $ convene rehearse --to "2019-09-27 07:00"
        Thu 26 Sep 2019 09:12  ROK–Japan FM meeting moved: 16:15 New York
        Fri 27 Sep 2019 05:00  ROK–Japan FM meet… in 15 min, 16:15 New York
        The clock stands at Fri 27 Sep 2019 07:00.
        $ convene held fm
        4  ROK–Japan FM meeting                                                     held
           Thu 26 Sep 2019, 16:15–17:05   New York, on the sidelines of 3
           Fri 27 Sep 2019, 05:15–06:05   here, and in Tokyo

        """

    private static let october = """
        $ convene rehearse --to "2019-10-08 09:00"
        The clock stands at Tue 8 Oct 2019 09:00.
        $ convene propose dg "22 oct 10:00"
        1#oct  ROK–Japan DG talks, October                                      proposed
               Tue 22 Oct 2019, 10:00–11:30   Seoul (same time in Tokyo)
               Heads       Kim Jung-han (ROK), Shigeki Takizaki (Japan)
               Reminders   Mon 21 Oct 10:00 · Tue 22 Oct 09:45
               Answers     ROK yes · Japan not yet
        $ convene propose dg "23 oct 10:00" --quiet
        $ convene rehearse --to "2019-10-17 09:00"
        The clock stands at Thu 17 Oct 2019 09:00.
        $ convene decline dg --by Japan "DG travels that week"
        1#oct  ROK–Japan DG talks, October                                   no date yet
               Declined    Wed 23 Oct 10:00, by Japan: DG travels that week
               Reminder    Mon 21 Oct, if October has no date by then
        $ convene rehearse --to "2019-10-31 09:00"
        Mon 21 Oct 2019 08:00  No October date: ROK–Japan DG talks (Seoul)
        Thu 31 Oct 2019 08:00  Last day for October: ROK–Japan DG talks
        The clock stands at Thu 31 Oct 2019 09:00.
        $ convene postpone dg nov "no day suited both"
        1#oct  ROK–Japan DG talks, October                                     postponed
               Into November, Seoul still hosts, no date yet
             ! November now owes two rounds. To make it one: convene merge dg nov
        $ convene rounds dg
        1  ROK–Japan DG talks                                             monthly rounds
           September   Fri 20 Sep 2019   Tokyo   held, first meeting of the heads
           October     in November       Seoul   postponed: no day suited both
           November    no date yet       Tokyo
           Note        Wed 11 Sep 2019: Seoul files a complaint at the WTO
           Note        Wed 18 Sep 2019: Japan off Seoul's list of favoured trade
                       partners
           Held 1 of 2. Last met 41 days ago. Next host: Seoul.
        $ convene list
        November 2019
         date open    Seoul  1#oct  ROK–Japan DG talks                         postponed
         date open    Tokyo  1#nov  ROK–Japan DG talks                       no date yet
        $ convene
        Thu 31 October 2019, 09:00 in Seoul

        November    date open    Seoul  1#oct  ROK–Japan DG talks              postponed
                    date open    Tokyo  1#nov  ROK–Japan DG talks            no date yet

        Overdue     3      UNGA 74, general deba…, over since Mon 30 Sep  convene held 3
        Changed     1#oct  postponed into November: no day suited both    Thu 09:00, you

        """
}
