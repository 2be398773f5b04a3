import ConveneAPI
import ConveneTestSupport
import Foundation
import Testing

/// What people do with reminders: set, put off, take note of, and what they are told about the hours of night.
@Suite("People and their reminders", .ownThread)
struct PeopleTests {
    @Test("What is decided for the schedule, put off and taken note of is printed back, logged, and undone")
    func session() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-16 09:00 Seoul")
        let went = try await Transcript(PeopleTests.session).replayed(on: daemon)
        #expect(went == PeopleTests.session)
        let entries = try await daemon.journal.entries("-t", "convened")
        #expect(
            entries.map { "\($0["CONVENE_KIND"] ?? ""): \($0["MESSAGE"] ?? "")" } == [
                "reminder: DG talks tomorrow, 11:00 Seoul",
                "digest: Tue 17 Sep, Seoul time: 1 meeting\n11:00 DG talks, Seoul",
                "reminder: DG talks in 30 min, 11:00 Seoul", "reminder: DG talks in 5 min, 11:00 Seoul",
                "change: DG talks moved: 12:00 Seoul", "reminder: DG talks in 54 min, 12:00 Seoul",
            ])
        let identities = entries.compactMap { $0["CONVENE_NOTIFICATION_ID"] }
        #expect(Set(identities).count == identities.count)
    }

    @Test("After a month away one entry stands for all that was missed, and each is listed until somebody takes note")
    func monthAway() async throws {
        let daemon = try await RunningDaemon.started()
        let day = now() / 86_400 * 86_400
        for count in 2...6 {
            try daemon.add("Talks \(count)", at: day + count * 86_400 + 36_000, alarms: ["15m", "1d"])
        }
        try daemon.call(
            Add.self,
            Add.Parameters(
                meeting: NewMeeting(
                    summary: "Daily call", when: typed(day + 86_400 + 36_000), repeat: "daily", alarms: ["15m"]),
                zoneOfReader: "UTC"))
        try await daemon.kill()

        let rehearsal = RunningDaemon(
            journal: daemon.journal, rehearsal: typed(day + 31 * 86_400) + " UTC", copying: daemon.databasePath)
        try await rehearsal.start()
        try rehearsal.flush()

        let entries = try await rehearsal.journal.entries("-t", "convened").filter { $0["CONVENE_KIND"] != "test" }
        #expect(entries.count == 1)
        let entry = try #require(entries.first)
        #expect(entry["CONVENE_KIND"] == "missed")
        #expect(entry["MESSAGE"]?.hasPrefix("Missed: 35 meetings, ") == true)
        #expect(entry.fields["CONVENE_NOTIFICATION_ID"]?.count == 40)
        #expect(entry.fields["CONVENE_NUMBER"] == (1...6).map(String.init))

        let missed = try rehearsal.call(GetMissed.self, GetMissed.Parameters(limit: 100, zoneOfReader: "UTC"))
        #expect(missed.count == 40 && missed.missed.count == 40)
        #expect(Set(missed.missed.map(\.notification.id)).count == 40)
        #expect(missed.missed.allSatisfy { $0.occurrence != nil && $0.notification.kind == "missed" })
        #expect(try await rehearsal.run(["next", "--missed", "-n", "3"], zone: "UTC").output.contains("and 37 more"))
        #expect(try await rehearsal.run([], zone: "UTC").output.contains("40 reminders"))

        #expect(try await rehearsal.run(["ack", "Talks 2"]).output.contains("Taken note of: 2 entries."))
        #expect(try rehearsal.call(GetMissed.self, GetMissed.Parameters()).count == 38)
        #expect(try await rehearsal.run(["ack", "--missed"]).output == "Taken note of: 38.\n")
        #expect(try await rehearsal.run(["next", "--missed"]).output == "Nothing was missed.\n")
        #expect(try await rehearsal.run(["undo"]).status == 0)
        #expect(try rehearsal.call(GetMissed.self, GetMissed.Parameters()).count == 38)
        #expect(try await rehearsal.run(["undo"]).status == 0)
        #expect(try rehearsal.call(GetMissed.self, GetMissed.Parameters()).count == 40)

    }

    @Test("An entry of the journal is named by its identity; who takes note of it is in nobody's way")
    func byIdentity() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-16 09:00 Seoul")
        for command in [
            ["add", "Call", "daily 10:00", "--remind", "15m"], ["rehearse", "--to", "17 sep 9:50"],
            ["move", "call@2019-09-18", "11:00"],
        ] {
            let outcome = try await daemon.run(command)
            #expect(outcome.status == 0, "\(command): \(outcome.errors)")
        }
        let said = try await daemon.journal.entries("CONVENE_KIND=reminder", count: 2)
        let identity = try #require(said.last?["CONVENE_NOTIFICATION_ID"])

        let snoozed = try daemon.call(
            Snooze.self, Snooze.Parameters(reference: identity, until: "5 min before", zoneOfReader: "Asia/Seoul"))
        #expect(snoozed.change.occurrence?.recurrenceId == "2019-09-17T10:00:00")
        #expect(snoozed.change.occurrence?.snoozedUntil == "2019-09-17T09:55:00")
        _ = try await daemon.run(["rehearse", "--to", "17 sep 9:56"])
        #expect(try await daemon.journal.entries("CONVENE_KIND=reminder", count: 3).count == 3)
        let acknowledged = try daemon.call(Ack.self, Ack.Parameters(reference: "call", zoneOfReader: "Asia/Seoul"))
        // That of the first day, and the one that was put off; of the other note was taken by putting it off.
        #expect(acknowledged.acknowledged == 2)
        #expect(try daemon.call(Ack.self, Ack.Parameters(reference: identity)).acknowledged == 0)

        let log = try daemon.call(GetLog.self, GetLog.Parameters(limit: 9)).records
        #expect(log.map(\.verb) == ["ack", "snooze", "move", "add"])
        // A snooze is a change of the meeting, an acknowledgement is none.
        for verb in ["snooze", "move"] {
            let record = try #require(log.first { $0.verb == verb }).id
            let undone = try daemon.call(Undo.self, Undo.Parameters(record: record, zoneOfReader: "Asia/Seoul"))
            #expect(undone.undone.undone)
        }
        #expect(try daemon.call(Check.self, Check.Parameters()).faults == [])
    }

    private static let session = """
        $ convene remind default
        New meetings   1 day before · 15 min before
        of whole days  1 day before
        Day's sheet    never
        Changes        are told after 2 min
        Night          22:00–07:00: what comes then is pointed out
        $ convene remind default 1d "30m, drop when late"
        New meetings   1 day before · 30 min before, drop when late
        of whole days  1 day before
        Day's sheet    never
        Changes        are told after 2 min
        Night          22:00–07:00: what comes then is pointed out
        $ convene remind default "fri 9am"
        convene: what holds for every meeting has no fixed time; nothing was changed
            fri 9am
            ^^^^^^^  did you mean '15m' or '1d'?
        [1]
        $ convene remind digest "weekdays 08:00"
        New meetings   1 day before · 30 min before, drop when late
        of whole days  1 day before
        Day's sheet    every weekday at 08:00, Seoul; the next one Tue 17 Sep 2019 08:00
        Changes        are told after 2 min
        Night          22:00–07:00: what comes then is pointed out
        $ convene remind pause 5m
        New meetings   1 day before · 30 min before, drop when late
        of whole days  1 day before
        Day's sheet    every weekday at 08:00, Seoul; the next one Tue 17 Sep 2019 08:00
        Changes        are told after 5 min
        Night          22:00–07:00: what comes then is pointed out
        $ convene remind pause 3h
        convene: a change waits an hour at most; nothing was changed
            3h
            ^^  did you mean '2m' or '10m'?
        [1]
        $ convene remind night 23:00-06:00
        New meetings   1 day before · 30 min before, drop when late
        of whole days  1 day before
        Day's sheet    every weekday at 08:00, Seoul; the next one Tue 17 Sep 2019 08:00
        Changes        are told after 5 min
        Night          23:00–06:00: what comes then is pointed out
        $ convene undo
        Undone: The night: 23:00–06:00
        $ convene undo
        Undone: The pause before a change is told: 5 min
        $ convene log -n 6
        #6  Mon 16 Sep 2019 09:00    The pause before a change is told: undone: re…  you
        #5  Mon 16 Sep 2019 09:00    The night: undone: remind (23:00–06:00)         you
        #4  Mon 16 Sep 2019 09:00    The night: 23:00–06:00 (undone)                 you
        #3  Mon 16 Sep 2019 09:00    The pause before a change is told: 5 min (und…  you
        #2  Mon 16 Sep 2019 09:00    The day's sheet: every weekday at 08:00, Seoul  you
        #1  Mon 16 Sep 2019 09:00    Reminders of new meetings: 1 day before · 30…   you
        $ convene remind night
        New meetings   1 day before · 30 min before, drop when late
        of whole days  1 day before
        Day's sheet    every weekday at 08:00, Seoul; the next one Tue 17 Sep 2019 08:00
        Changes        are told after 2 min
        Night          22:00–07:00: what comes then is pointed out
        $ convene add "FM meeting" "26 sep 15:30" --in "New York" --for 50m
        1  FM meeting                                                          confirmed
           Thu 26 Sep 2019, 15:30–16:20   New York
           Fri 27 Sep 2019, 04:30–05:20   here
           Reminders   Thu 26 Sep 04:30 · Fri 27 Sep 04:00
         ! Both come at night here. Another: convene remind add 1 "25 sep 18:00"
        $ convene edit fm --note "bring the map"
        1  FM meeting                                                          confirmed
           Thu 26 Sep 2019, 15:30–16:20   New York
           Fri 27 Sep 2019, 04:30–05:20   here
           Reminders   Thu 26 Sep 04:30 · Fri 27 Sep 04:00
           Note        bring the map
        $ convene remind add fm "25 sep 18:00" --late drop
        1  FM meeting                                                          confirmed
           Thu 26 Sep 2019, 15:30–16:20   New York
           Fri 27 Sep 2019, 04:30–05:20   here
           Reminders   Wed 25 Sep 18:00 · Thu 26 Sep 04:30 · Fri 27 Sep 04:00
           Note        bring the map
        $ convene move fm 4:15
        1  FM meeting                                                          confirmed
           Thu 26 Sep 2019, 15:30 → 04:15–05:05   New York
           Fri 27 Sep, 04:30 → Thu 26 Sep 2019, 17:15–18:05   here
           Reminders   Wed 25 Sep 17:15 · Wed 25 Sep 18:00 · Thu 26 Sep 16:45
           Note        bring the map
         ! 04:15 is at night in New York. For the afternoon: convene undo, then 16:15
        $ convene undo
        Undone: 1 FM meeting is at 15:30–16:20 again; nobody was told.
        1  FM meeting                                                          confirmed
           Thu 26 Sep 2019, 15:30–16:20   New York
           Fri 27 Sep 2019, 04:30–05:20   here
           Reminders   Wed 25 Sep 18:00 · Thu 26 Sep 04:30 · Fri 27 Sep 04:00
           Note        bring the map
        $ convene add "DG talks" "tomorrow 11:00"
        2  DG talks                                                            confirmed
           Tue 17 Sep 2019, 11:00–12:00   Seoul
           Reminders   Mon 16 Sep 11:00 · Tue 17 Sep 10:30
        $ convene remind list dg
        2  DG talks                                                            confirmed
           1 day before                    Mon 16 Sep 2019 11:00
           30 min before, drop when late   Tue 17 Sep 2019 10:30
        $ convene rehearse --to "tue 10:31"
        Mon 16 Sep 2019 11:00  DG talks tomorrow, 11:00 Seoul
        Tue 17 Sep 2019 08:00  Tue 17 Sep, Seoul time: 1 meeting
                               11:00 DG talks, Seoul
        Tue 17 Sep 2019 10:30  DG talks in 30 min, 11:00 Seoul
        The clock stands at Tue 17 Sep 2019 10:31.
        $ convene snooze dg "5 min before"
        2  DG talks                                                            confirmed
           Tue 17 Sep 2019, 11:00–12:00   Seoul
           Reminder    Tue 17 Sep 10:55
           Put off: it is said again 5 min before.
        $ convene snooze dg "yesterday 9am"
        convene: that is past already; nothing was changed
            yesterday 9am
            ^^^^^^^^^^^^^  did you mean '10m' or 'tomorrow 9am'?
        [1]
        $ convene list --until "20 sep"
        Tue 17 Sep 2019
         11:00–12:00  Seoul  2  DG talks                              confirmed, put off
        $ convene rehearse --to "tue 10:56"
        Tue 17 Sep 2019 10:55  DG talks in 5 min, 11:00 Seoul
        The clock stands at Tue 17 Sep 2019 10:56.
        $ convene snooze dg
        2  DG talks                                                            confirmed
           Tue 17 Sep 2019, 11:00–12:00   Seoul
           Reminder    Tue 17 Sep 11:06
           Put off: it is said again Tue 17 Sep 2019, 11:06 Seoul.
        $ convene ack dg
        2  DG talks                                                            confirmed
           Tue 17 Sep 2019, 11:00–12:00   Seoul
           What was put off is not said again.
        $ convene ack dg
        2  DG talks                                                            confirmed
           Tue 17 Sep 2019, 11:00–12:00   Seoul
           There is nothing to take note of.
        $ convene undo
        Undone: 2 DG talks: what was put off is not said again
        2  DG talks                                                            confirmed
           Tue 17 Sep 2019, 11:00–12:00   Seoul
           Reminder    Tue 17 Sep 11:06
        $ convene move dg 12:00
        2  DG talks                                                            confirmed
           Tue 17 Sep 2019, 11:00 → 12:00–13:00   Seoul
           Reminders   Tue 17 Sep 11:06 · Tue 17 Sep 11:30
           Already past, so not said: 1 day before.
         ! A reminder has named the old hour; the journal says the new one at 10:58.
        $ convene rehearse --to "tue 11:07"
        Tue 17 Sep 2019 10:58  DG talks moved: 12:00 Seoul
        Tue 17 Sep 2019 11:06  DG talks in 54 min, 12:00 Seoul
        The clock stands at Tue 17 Sep 2019 11:07.
        $ convene next --missed
        Nothing was missed.
        $ convene log dg
        #17  Tue 17 Sep 2019 10:56  2  DG talks: 11:00 → 12:00–13:00                 you
        #16  Tue 17 Sep 2019 10:56  2  DG talks: undone: ack (what was put off is…   you
        #15  Tue 17 Sep 2019 10:56  2  DG talks: what was put off is not said agai…  you
        #14  Tue 17 Sep 2019 10:56  2  DG talks: put off: Tue 17 Sep 2019, 11:06 S…  you
        #13  Tue 17 Sep 2019 10:31  2  DG talks: put off: 5 min before               you
        #12  Mon 16 Sep 2019 09:00  2  DG talks: new                                 you

        """
}
