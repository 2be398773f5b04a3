import ConveneTestSupport
import Testing

@Suite("Another rule, and from when it holds", .ownThread)
struct RuleChangeTests {
    @Test("What is said in the rule holds as it does for a new series; it is refused of one date")
    func session() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2027-03-09 08:00 Seoul")
        let went = try await Transcript(RuleChangeTests.session).replayed(on: daemon)
        #expect(went == RuleChangeTests.session + "\n")
    }

    private static let session = """
        $ convene add Budget "every thursday 10:00"
        1  Budget                                                              confirmed
           Every Thursday
           Thu 11 Mar 2027, 10:00–11:00   Seoul
           Next        Thu 18 Mar · Thu 25 Mar · Thu 1 Apr · Thu 8 Apr
           Reminders   Wed 10 Mar 10:00 · Thu 11 Mar 09:45
        $ convene edit budget --repeat "every 2 weeks on thu, from 25 mar"
        1  Budget                                                              confirmed
           Every 2 weeks on Thursday
           Thu 11 Mar 2027, 10:00–11:00   Seoul
           Next        Thu 18 Mar · Thu 25 Mar · Thu 8 Apr · Thu 22 Apr
           Reminders   Wed 10 Mar 10:00 · Thu 11 Mar 09:45
        $ convene undo
        Undone: 1 Budget: repeats every 2 weeks on Thursday
        1  Budget                                                              confirmed
           Every Thursday
           Thu 11 Mar 2027, 10:00–11:00   Seoul
           Next        Thu 18 Mar · Thu 25 Mar · Thu 1 Apr · Thu 8 Apr
           Reminders   Wed 10 Mar 10:00 · Thu 11 Mar 09:45
        $ convene edit budget --repeat "every tuesday from 20 mar"
        1  Budget                                                              confirmed
           Every Tuesday
           Thu 11 Mar 2027, 10:00–11:00   Seoul
           Next        Thu 18 Mar · Tue 23 Mar · Tue 30 Mar · Tue 6 Apr
           Reminders   Wed 10 Mar 10:00 · Thu 11 Mar 09:45
        $ convene undo
        Undone: 1 Budget: repeats every Tuesday
        1  Budget                                                              confirmed
           Every Thursday
           Thu 11 Mar 2027, 10:00–11:00   Seoul
           Next        Thu 18 Mar · Thu 25 Mar · Thu 1 Apr · Thu 8 Apr
           Reminders   Wed 10 Mar 10:00 · Thu 11 Mar 09:45
        $ convene edit budget --repeat "weekly for 3 weeks" --from "1 apr"
        1  Budget                                                              confirmed
           Every Thursday, until 21 April 2027
           Thu 11 Mar 2027, 10:00–11:00   Seoul
           Next        Thu 18 Mar · Thu 25 Mar · Thu 1 Apr · Thu 8 Apr
           Reminders   Wed 10 Mar 10:00 · Thu 11 Mar 09:45
        $ convene undo
        Undone: 1 Budget: repeats every Thursday, until 21 April 2027
        1  Budget                                                              confirmed
           Every Thursday
           Thu 11 Mar 2027, 10:00–11:00   Seoul
           Next        Thu 18 Mar · Thu 25 Mar · Thu 1 Apr · Thu 8 Apr
           Reminders   Wed 10 Mar 10:00 · Thu 11 Mar 09:45
        $ convene edit budget --repeat "every friday from 20 mar" --from "1 apr"
        convene: the rule already says from when it holds; nothing was changed
            1 apr
            ^^^^^
        [1]
        $ convene edit budget@18mar --repeat "every friday"
        convene: 1 Budget: a rule is that of the whole series, not of one date; nothing
                 was changed
            change it from that date on: convene edit 1 --repeat … --from 2027-03-18
        [1]
        $ convene edit budget --repeat "every thursday 15:00-17:00 Geneva"
        1  Budget                                                              confirmed
           Every Thursday
           Thu 11 Mar 2027, 10:00 → 15:00–17:00   Geneva
           Thu 11 Mar, 10:00 → Thu 11 Mar, 23:00 – Fri 12 Mar 2027, 01:00   here
           Next        Thu 18 Mar · Thu 25 Mar · Thu 1 Apr (22:00–24:00 here)
                       Thu 8 Apr
           Reminders   Wed 10 Mar 23:00 · Thu 11 Mar 22:45
         ! Both come at night here. Another: convene remind add budget "wed 18:00"
        $ convene add Solo "26 mar 10:00"
        2  Solo                                                                confirmed
           Fri 26 Mar 2027, 10:00–11:00   Seoul
           Reminders   Thu 25 Mar 10:00 · Fri 26 Mar 09:45
        $ convene edit solo --repeat "every friday, from 2 apr"
        2  Solo                                                                confirmed
           Every Friday
           Fri 26 Mar, 10:00 → Fri 2 Apr 2027, 10:00–11:00   Seoul
           Next        Fri 9 Apr · Fri 16 Apr · Fri 23 Apr · Fri 30 Apr
           Reminders   Thu 1 Apr 10:00 · Fri 2 Apr 09:45
        $ convene undo
        Undone: 2 Solo: repeats every Friday
        2  Solo                                                                confirmed
           Fri 26 Mar 2027, 10:00–11:00   Seoul
           Reminders   Thu 25 Mar 10:00 · Fri 26 Mar 09:45
        $ convene edit solo --repeat "weekly" --from "20 apr"
        2  Solo                                                                confirmed
           Every Friday
           Fri 26 Mar, 10:00 → Fri 23 Apr 2027, 10:00–11:00   Seoul
           Next        Fri 30 Apr · Fri 7 May · Fri 14 May · Fri 21 May
           Reminders   Thu 22 Apr 10:00 · Fri 23 Apr 09:45
        $ convene undo
        Undone: 2 Solo: repeats every Friday
        2  Solo                                                                confirmed
           Fri 26 Mar 2027, 10:00–11:00   Seoul
           Reminders   Thu 25 Mar 10:00 · Fri 26 Mar 09:45
        $ convene edit solo --repeat "weekly for 3 weeks" --from "20 apr"
        convene: 2 Solo: the rule has no date at all; nothing was changed
            see: convene preview
        [1]
        $ convene edit solo --repeat "every tuesday from 9 mar at 07:00"
        2  Solo                                                                confirmed
           Every Tuesday
           Fri 26 Mar, 10:00 → Tue 16 Mar 2027, 07:00–08:00   Seoul
           Next        Tue 23 Mar · Tue 30 Mar · Tue 6 Apr · Tue 13 Apr
           Reminders   Mon 15 Mar 07:00 · Tue 16 Mar 06:45
         ! Tue 16 Mar 06:45 is at night here. Another: convene remind add solo "mon
           18:00"
        $ convene add Day "26 mar"
        3  Day                                                                 confirmed
           Fri 26 Mar 2027, hour open   Seoul
           Reminder    Thu 25 Mar 09:00
           Still open  the hour
        $ convene edit day --repeat "every friday 10:00"
        3  Day                                                                 confirmed
           Every Friday
           Fri 26 Mar 2027, 10:00–11:00   Seoul
           Next        Fri 2 Apr · Fri 9 Apr · Fri 16 Apr · Fri 23 Apr
           Reminders   Thu 25 Mar 10:00 · Fri 26 Mar 09:45
        $ convene add Call "every friday 10:00" --for 1h
        4  Call                                                                confirmed
           Every Friday
           Fri 12 Mar 2027, 10:00–11:00   Seoul
           Next        Fri 19 Mar · Fri 26 Mar · Fri 2 Apr · Fri 9 Apr
           Reminders   Thu 11 Mar 10:00 · Fri 12 Mar 09:45
        $ convene edit call --repeat "every friday 15:00 except 19 mar and on 13 mar"
        4  Call                                                                confirmed
           Every Friday, except 19 March 2027, and on 13 March 2027
           Fri 12 Mar 2027, 10:00 → 15:00–16:00   Seoul
           Next        Sat 13 Mar · Fri 26 Mar · Fri 2 Apr · Fri 9 Apr
           Reminders   Thu 11 Mar 15:00 · Fri 12 Mar 14:45
        $ convene add York "12 mar 10:00 New York"
        5  York                                                                confirmed
           Fri 12 Mar 2027, 10:00–11:00   New York
           Sat 13 Mar 2027, 00:00–01:00   here
           Reminders   Fri 12 Mar 00:00 · Fri 12 Mar 23:45
         ! Both come at night here. Another: convene remind add 5 "thu 18:00"
        $ convene edit york --repeat "every friday 10:00 Seoul from 12 mar"
        5  York                                                                confirmed
           Every Friday
           Fri 12 Mar 2027, 10:00–11:00   Seoul
           Next        Fri 19 Mar · Fri 26 Mar · Fri 2 Apr · Fri 9 Apr
           Reminders   Thu 11 Mar 10:00 · Fri 12 Mar 09:45
        $ convene edit york --repeat "every friday 10:00 Tokyo" --zone Geneva
        convene: the rule was said in Tokyo; only one of the two can be meant; nothing
                 was changed
            Geneva
            ^^^^^^
        [1]
        $ convene edit york --repeat "every friday 10:00-11:00" --for 3h
        convene: the rule already says until when each lasts; nothing was changed
            3h
            ^^
        [1]
        $ convene edit york --repeat "every friday all day"
        5  York                                                                confirmed
           Every Friday
           Fri 12 Mar 2027, all day   Seoul
           Next        Fri 19 Mar · Fri 26 Mar · Fri 2 Apr · Fri 9 Apr
           Reminder    Thu 11 Mar 09:00
        $ convene add Hour "12 mar"
        6  Hour                                                                confirmed
           Fri 12 Mar 2027, hour open   Seoul
           Reminder    Thu 11 Mar 09:00
           Still open  the hour
        $ convene edit hour --repeat "every friday 10:00" --for 30m
        6  Hour                                                                confirmed
           Every Friday
           Fri 12 Mar 2027, 10:00–10:30   Seoul
           Next        Fri 19 Mar · Fri 26 Mar · Fri 2 Apr · Fri 9 Apr
           Reminders   Thu 11 Mar 10:00 · Fri 12 Mar 09:45
        $ convene add Party "12 mar 10:00" --repeat "weekly all day"
        convene: the time already names an hour; nothing was changed
            weekly all day
            ^^^^^^^^^^^^^^
        [1]
        $ convene add Two "every friday 10:00 and 15:00"
        7  Two                                                                 confirmed
           Every Friday at 10:00 and 15:00
           Fri 12 Mar 2027, 10:00–11:00   Seoul
           Next        Fri 12 Mar, 15:00–16:00 · Fri 19 Mar, 10:00–11:00
                       Fri 19 Mar, 15:00–16:00 · Fri 26 Mar, 10:00–11:00
           Reminders   Thu 11 Mar 10:00 · Fri 12 Mar 09:45
        $ convene move two --all 12:00
        convene: 7 Two: its rule names more than one hour; nothing was changed
            give another rule: convene edit 7 --repeat …
        [1]
        $ convene add Hol "12 mar all day"
        8  Hol                                                                 confirmed
           Fri 12 Mar 2027, all day   Seoul
           Reminder    Thu 11 Mar 09:00
        $ convene move hol 15mar
        8  Hol                                                                 confirmed
           Fri 12 Mar → Mon 15 Mar 2027, all day   Seoul
           Reminder    Sun 14 Mar 09:00
        $ convene add X "12 mar" --repeat "every friday 10:00"
        9  X                                                                   confirmed
           Every Friday
           Fri 12 Mar 2027, 10:00–11:00   Seoul
           Next        Fri 19 Mar · Fri 26 Mar · Fri 2 Apr · Fri 9 Apr
           Reminders   Thu 11 Mar 10:00 · Fri 12 Mar 09:45
        $ convene add X2 "12 mar 9:00" --repeat "every friday 10:00"
        convene: the time already names an hour; nothing was changed
            every friday 10:00
            ^^^^^^^^^^^^^^^^^^
        [1]
        $ convene add X3 "12 mar all day" --repeat "every friday 10:00"
        convene: the time already names whole days; nothing was changed
            every friday 10:00
            ^^^^^^^^^^^^^^^^^^
        [1]
        $ convene add X4 "12 mar" --repeat "every friday at 9:00 and 17:00"
        10  X4                                                                 confirmed
            Every Friday at 09:00 and 17:00
            Fri 12 Mar 2027, 09:00–10:00   Seoul
            Next        Fri 12 Mar, 17:00–18:00 · Fri 19 Mar, 09:00–10:00
                        Fri 19 Mar, 17:00–18:00 · Fri 26 Mar, 09:00–10:00
            Reminders   Thu 11 Mar 09:00 · Fri 12 Mar 08:45
        $ convene add X5 "12 mar 10:00" --repeat "every friday from 19 mar"
        convene: the time already says from when; nothing was changed
            every friday from 19 mar
            ^^^^^^^^^^^^^^^^^^^^^^^^
        [1]
        $ convene add X6 "12 mar" --repeat "every friday 10:00" --for 2h
        11  X6                                                                 confirmed
            Every Friday
            Fri 12 Mar 2027, 10:00–12:00   Seoul
            Next        Fri 19 Mar · Fri 26 Mar · Fri 2 Apr · Fri 9 Apr
            Reminders   Thu 11 Mar 10:00 · Fri 12 Mar 09:45
        $ convene add Fort "every 2 weeks on friday 10:00" --for 1h
        12  Fort                                                               confirmed
            Every 2 weeks on Friday
            Fri 12 Mar 2027, 10:00–11:00   Seoul
            Next        Fri 26 Mar · Fri 9 Apr · Fri 23 Apr · Fri 7 May
            Reminders   Thu 11 Mar 10:00 · Fri 12 Mar 09:45
        $ convene edit fort --repeat "every 2 weeks on friday 15:00 except 26 mar"
        12  Fort                                                               confirmed
            Every 2 weeks on Friday, except 26 March 2027
            Fri 12 Mar 2027, 10:00 → 15:00–16:00   Seoul
            Next        Fri 9 Apr · Fri 23 Apr · Fri 7 May · Fri 21 May
            Reminders   Thu 11 Mar 15:00 · Fri 12 Mar 14:45
        """
}
