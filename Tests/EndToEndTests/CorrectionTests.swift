import ConveneAPI
import ConveneTestSupport
import Testing

/// What people set right again: moves and undos, series that are changed from a day on, words that contradict.
@Suite("Corrections", .ownThread)
struct CorrectionTests {
    @Test("Each is printed back, does what was said, and nothing else")
    func session() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-16 09:00 Seoul")
        let went = try await Transcript(CorrectionTests.session).replayed(on: daemon)
        #expect(went == CorrectionTests.session)
    }

    @Test("A meeting does not come back under a UID that another one has by now")
    func takenUID() async throws {
        let daemon = try await RunningDaemon.started()
        func add(_ summary: String) throws {
            let meeting = NewMeeting(summary: summary, when: "2030-01-01 10:00", uid: "talks-1")
            try daemon.call(Add.self, Add.Parameters(meeting: meeting))
        }
        try add("Talks")
        _ = try await daemon.convene("delete", "1")
        try add("Other talks")
        let record = try #require(try daemon.call(GetLog.self, .init()).records.first { $0.verb == "delete" })
        let refused = try await daemon.convene("undo", record.id)
        #expect(refused.status == 1)
        #expect(refused.errors.hasPrefix("convene: 2 Other talks has its UID by now; delete that first"))
        #expect(try daemon.summaries() == ["Other talks"])
    }

    private static let session = """
        $ convene add "DG talks" "20 sep 11:00 Tokyo" --for 90m
        1  DG talks                                                            confirmed
           Fri 20 Sep 2019, 11:00–12:30   Tokyo (same time here)
           Reminders   Thu 19 Sep 11:00 · Fri 20 Sep 10:45
        $ convene move dg 12:00
        1  DG talks                                                            confirmed
           Fri 20 Sep 2019, 11:00 → 12:00–13:30   Tokyo (same time here)
           Reminders   Thu 19 Sep 12:00 · Fri 20 Sep 11:45
        $ convene move dg 13:00
        1  DG talks                                                            confirmed
           Fri 20 Sep 2019, 12:00 → 13:00–14:30   Tokyo (same time here)
           Reminders   Thu 19 Sep 13:00 · Fri 20 Sep 12:45
        $ convene undo
        Undone: 1 DG talks is at 12:00–13:30 again; nobody was told.
        1  DG talks                                                            confirmed
           Fri 20 Sep 2019, 12:00–13:30   Tokyo (same time here)
           Reminders   Thu 19 Sep 12:00 · Fri 20 Sep 11:45
        $ convene undo
        Undone: 1 DG talks is at 11:00–12:30 again; nobody was told.
        1  DG talks                                                            confirmed
           Fri 20 Sep 2019, 11:00–12:30   Tokyo (same time here)
           Reminders   Thu 19 Sep 11:00 · Fri 20 Sep 10:45
        $ convene undo
        Undone: 1 DG talks is planned no more; nobody was told.
        $ convene undo
        convene: there is nothing to undo: you have changed nothing that stands
        [1]
        $ convene add "UNGA 74, general debate" "24–30 sep" --in "New York"
        2  UNGA 74, general debate                                             confirmed
           Tue 24 – Mon 30 Sep 2019   New York (13 hours behind here)
           Reminder    Mon 23 Sep 22:00
        $ convene delete 74
        convene: there is no meeting '74'; nothing was changed
            What there is: convene list
        [1]
        $ convene add "Weekly call" "every friday 10:00 Geneva" --for 30m
        3  Weekly call                                                         confirmed
           Every Friday
           Fri 20 Sep 2019, 10:00–10:30   Geneva
           Fri 20 Sep 2019, 17:00–17:30   here
           Next        Fri 27 Sep · Fri 4 Oct · Fri 11 Oct · Fri 18 Oct
           Reminders   Thu 19 Sep 17:00 · Fri 20 Sep 16:45
        $ convene move "weekly call@27 sep" "thu 15:00"
        3  Weekly call                                                         confirmed
           Fri 27 Sep, 10:00 → Thu 26 Sep 2019, 15:00–15:30   Geneva
           Fri 27 Sep, 17:00 → Thu 26 Sep 2019, 22:00–22:30   here
           Series      Every Friday
           Next        Fri 20 Sep, 10:00–10:30 (17:00–17:30 here) · Fri 4 Oct
                       Fri 11 Oct · Fri 18 Oct
           Reminders   Wed 25 Sep 22:00 · Thu 26 Sep 21:45
        $ convene move "weekly call" "thu 10:00" --all --from "7 oct"
        3  Weekly call                                                         confirmed
           Every Thursday
           Fri 11 Oct, 10:00 → Thu 10 Oct 2019, 10:00–10:30   Geneva
           Fri 11 Oct, 17:00 → Thu 10 Oct 2019, 17:00–17:30   here
           Next        Fri 20 Sep · Thu 26 Sep, 15:00–15:30 (22:00–22:30 here)
                       Fri 4 Oct, 10:00–10:30 (17:00–17:30 here) · Thu 17 Oct
           Reminders   Wed 9 Oct 17:00 · Thu 10 Oct 16:45
        $ convene remind add "weekly call@20 sep" 5m
        convene: 3 Weekly call: its reminders are those of all its dates; nothing was
                 changed
            name it without a date: 3
        [1]
        $ convene list --until "18 oct"
                                here
        Fri 20 Sep 2019
         10:00–10:30  Geneva    17:00  3  Weekly call                          confirmed
        Tue 24 – Mon 30 Sep 2019
         all week     New York         2  UNGA 74, general debate              confirmed
        Thu 26 Sep 2019
         15:00–15:30  Geneva    22:00  3  Weekly call                          confirmed
        Fri 4 Oct 2019
         10:00–10:30  Geneva    17:00  3  Weekly call                          confirmed
        Thu 10 Oct 2019
         10:00–10:30  Geneva    17:00  3  Weekly call                          confirmed
        Thu 17 Oct 2019
         10:00–10:30  Geneva    17:00  3  Weekly call                          confirmed
        $ convene add Biweekly "23 sep 10:00" --repeat "every 2 weeks"
        4  Biweekly                                                            confirmed
           Every 2 weeks on Monday
           Mon 23 Sep 2019, 10:00–11:00   Seoul
           Next        Mon 7 Oct · Mon 21 Oct · Mon 4 Nov · Mon 18 Nov
           Reminders   Sun 22 Sep 10:00 · Mon 23 Sep 09:45
        $ convene edit Biweekly --repeat "every week" --from "1 nov"
        4  Biweekly                                                            confirmed
           Every Monday
           Mon 23 Sep 2019, 10:00–11:00   Seoul
           Next        Mon 7 Oct · Mon 21 Oct · Mon 4 Nov · Mon 11 Nov
           Reminders   Sun 22 Sep 10:00 · Mon 23 Sep 09:45
        $ convene cancel biweekly --all --reason over
        4  Biweekly                                                            cancelled
           Every Monday
           Mon 23 Sep 2019, 10:00–11:00   Seoul
           Next        Mon 7 Oct · Mon 21 Oct · Mon 4 Nov · Mon 11 Nov
           Note        over
        $ convene list --from "23 sep" --until "15 nov" --status cancelled
        Mon 23 Sep 2019
         10:00–11:00  Seoul  4  Biweekly                                       cancelled
        Mon 7 Oct 2019
         10:00–11:00  Seoul  4  Biweekly                                       cancelled
        Mon 21 Oct 2019
         10:00–11:00  Seoul  4  Biweekly                                       cancelled
        Mon 4 Nov 2019
         10:00–11:00  Seoul  4  Biweekly                                       cancelled
        Mon 11 Nov 2019
         10:00–11:00  Seoul  4  Biweekly                                       cancelled
        $ convene add Lunch "20 sep 12:30" --in Tokyo --note "Restaurant Kiku"
        5  Lunch                                                               confirmed
           Fri 20 Sep 2019, 12:30–13:30   Tokyo (same time here)
           Reminders   Thu 19 Sep 12:30 · Fri 20 Sep 12:15
           Note        Restaurant Kiku
        $ convene move lunch sat
        5  Lunch                                                               confirmed
           Fri 20 Sep, 12:30 → Sat 21 Sep 2019, 12:30–13:30   Tokyo (same time here)
           Reminders   Fri 20 Sep 12:30 · Sat 21 Sep 12:15
           Note        Restaurant Kiku
        $ convene confirm lunch --for 2h
        5  Lunch                                                               confirmed
           Sat 21 Sep 2019, 12:30–13:30 → 12:30–14:30   Tokyo (same time here)
           Reminders   Fri 20 Sep 12:30 · Sat 21 Sep 12:15
           Note        Restaurant Kiku
        $ convene confirm lunch
        5  Lunch                                                               confirmed
           Sat 21 Sep 2019, 12:30–14:30   Tokyo (same time here)
           Reminders   Fri 20 Sep 12:30 · Sat 21 Sep 12:15
           Note        Restaurant Kiku
           It was so already: nothing was changed.
        $ convene cancel lunch --reason "the minister leaves"
        5  Lunch                                                               cancelled
           Sat 21 Sep 2019, 12:30–14:30   Tokyo (same time here)
           Note        Restaurant Kiku
                       the minister leaves
        $ convene add Call "fri 10:00 London" --in Tokyo
        6  Call                                                                confirmed
           Fri 20 Sep 2019, 10:00–11:00   London
           Fri 20 Sep 2019, 18:00–19:00   here
           Reminders   Thu 19 Sep 18:00 · Fri 20 Sep 17:45
           Place       Tokyo
        $ convene add Call "fri 10:00 London" --zone Tokyo
        convene: the time was said in London; only one of the two can be meant; nothing
                 was changed
            Tokyo
            ^^^^^  did you mean 'London' or 'Tokyo'?
        [1]

        """
}
