import ConveneTestSupport
import Testing

@Suite("Which date something was said of, whatever that is called since", .ownThread)
struct DateNameTests {
    @Test("A slip that gives one told date the name of another is taken back whole")
    func slip() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Call", "every mon and thu 14:00", "--remind", "2d", "--remind", "6d"],
            ["rehearse", "--to", "2027-03-09 15:00"], ["edit", "call", "--repeat", "every thu 14:00"],
            ["move", "call", "--all", "mon 14:00"], ["undo"], ["undo"], ["rehearse", "--to", "2027-03-09 15:10"],
            ["move", "call@15mar", "16 mar 10:00"], ["rehearse", "--to", "2027-03-09 15:15"],
            ["cancel", "call@11mar"], ["rehearse", "--to", "2027-03-09 15:20"],
        ])
        #expect(
            said.dropFirst(2) == ["Call moved: Tue 16 Mar, 10:00 Seoul", "Call cancelled: Thu 11 Mar"])
    }

    @Test("A date that is moved to where another was called off is moved, and each is itself again by undo")
    func ontoAnother() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Two", "every fri 14:00 and 18:00", "--remind", "3d"],
            ["rehearse", "--to", "2027-03-09 18:30"], ["edit", "two", "--repeat", "every fri 14:00"],
            ["rehearse", "--to", "2027-03-09 18:35"], ["edit", "two", "--repeat", "every fri 18:00"],
            ["rehearse", "--to", "2027-03-09 18:40"], ["undo"], ["rehearse", "--to", "2027-03-09 18:45"], ["undo"],
            ["rehearse", "--to", "2027-03-09 18:50"], ["cancel", "two@2027-03-12T18:00"],
            ["rehearse", "--to", "2027-03-09 18:55"],
        ])
        #expect(
            said.dropFirst(2) == [
                "Two does not take place: Fri 12 Mar, 18:00", "Two moved: Fri 12 Mar, 18:00 Seoul",
                "Two moved: Fri 12 Mar, 14:00 Seoul", "Two takes place: 12 Mar, 18:00 Seoul",
                "Two cancelled: Fri 12 Mar, 18:00",
            ])
    }

    @Test("One meeting that is left of two told dates becomes a series on the day of the other, and back by undo")
    func singleOntoAnother() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Call", "every mon and thu 14:00", "--remind", "2d", "--remind", "6d"],
            ["rehearse", "--to", "2027-03-09 15:00"], ["edit", "call", "--repeat", "never"],
            ["rehearse", "--to", "2027-03-09 15:05"], ["edit", "call", "--repeat", "every mon 14:00"],
            ["rehearse", "--to", "2027-03-09 15:10"], ["undo"], ["undo"], ["rehearse", "--to", "2027-03-09 15:15"],
        ])
        #expect(
            said.dropFirst(2).prefix(2) == [
                "Call does not take place: Mon 15 Mar", "Call moved: Mon 15 Mar, 14:00 Seoul",
            ])
        // Both at the same time, in no order.
        #expect(
            said.dropFirst(4).sorted() == [
                "Call moved: Thu 11 Mar, 14:00 Seoul", "Call takes place: 15 Mar, 14:00 Seoul",
            ])
    }

    @Test("A meeting that becomes a series, one meeting and a series again, and is what it was by undo, is no news")
    func threeTimes() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Solo", "12 mar 14:00", "--remind", "3d"], ["rehearse", "--to", "2027-03-09 14:05"],
            ["edit", "solo", "--repeat", "every day 14:00 from 10 mar"], ["edit", "solo", "--repeat", "never"],
            ["edit", "solo", "--repeat", "every fri 14:00"], ["undo"], ["undo"], ["undo"],
            ["rehearse", "--to", "2027-03-09 14:10"], ["cancel", "solo"], ["rehearse", "--to", "2027-03-09 14:20"],
        ])
        #expect(said == ["Solo: Fri 14:00 Seoul", "Solo cancelled"])
    }

    @Test("A date that is gone is not said to be where another of its series takes place")
    func anotherThere() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Call", "every day 14:00", "--remind", "3d"], ["rehearse", "--to", "2027-03-09 15:30"],
            ["delete", "call@12mar"], ["rehearse", "--to", "2027-03-09 15:35"],
            ["move", "call", "--all", "thu 14:00"], ["rehearse", "--to", "2027-03-09 15:40"], ["undo"],
            ["rehearse", "--to", "2027-03-09 15:45"],
        ])
        #expect(
            said == [
                "Call: Fri 14:00 Seoul", "Call does not take place: Fri 12 Mar",
                "Call takes place: 13 Mar, 14:00 Seoul",
            ])
    }

    @Test("The own day of a meeting that becomes a series at another hour is the one that it had")
    func ownDay() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Solo", "19 mar 14:00", "--remind", "10d"], ["add", "FM", "29 mar 10:00", "--if", "solo"],
            ["rehearse", "--to", "2027-03-09 14:05"], ["edit", "solo", "--repeat", "every fri 16:00 from 12 mar"],
            ["rehearse", "--to", "2027-03-09 14:10"],
            ["cancel", "solo@19mar"], ["rehearse", "--to", "2027-03-09 14:15"],
        ])
        #expect(
            said == [
                "Solo: Fri 19 Mar, 14:00 Seoul", "Solo moved: Fri 19 Mar, 16:00 Seoul", "Solo cancelled: Fri 19 Mar",
                "Decide: FM, 1@2027-03-19 cancelled",
            ])
    }

    @Test("A date that is called off stays so where another rule has its day at another hour")
    func calledOffStays() async throws {
        let daemon = try await RunningDaemon.played([
            ["add", "Call", "every fri 14:00", "--remind", "3d"], ["cancel", "call@12mar"],
            ["edit", "call", "--repeat", "every thu and fri 16:00"],
        ])
        #expect(
            try await daemon.convene("list", "--from", "12 mar", "--until", "18 mar", "--all").output == """
                Fri 12 Mar 2027
                 16:00–17:00  Seoul  1  Call                                           cancelled
                Thu 18 Mar 2027
                 16:00–17:00  Seoul  1  Call                                           confirmed

                """)
    }

    @Test("What is called off before its move was told is so on the day that people know")
    func toldDay() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Call", "every fri 14:00", "--remind", "3d"], ["rehearse", "--to", "2027-03-09 14:10"],
            ["move", "call@12mar", "13 mar 10:00"], ["cancel", "call@12mar"],
            ["rehearse", "--to", "2027-03-09 14:15"],
        ])
        #expect(said == ["Call: Fri 14:00 Seoul", "Call cancelled: Fri 12 Mar"])
    }

    @Test("A date that was moved by itself, and stays where its series goes elsewhere, is not said to go along")
    func movedByItself() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Call", "every friday 14:00", "--remind", "3d"], ["rehearse", "--to", "2027-03-09 18:20"],
            ["move", "call@12mar", "13 mar 10:00"], ["rehearse", "--to", "2027-03-09 18:25"],
            ["move", "call", "--all", "20 mar 14:00"], ["rehearse", "--to", "2027-03-09 18:30"],
            ["cancel", "call@13mar"], ["rehearse", "--to", "2027-03-09 18:35"],
        ])
        #expect(
            said == [
                "Call: Fri 14:00 Seoul", "Call moved: Sat 13 Mar, 10:00 Seoul", "Call cancelled: Sat 13 Mar",
            ])
    }

    @Test("What was put off is of the same date under another rule, wherever that has it; and of no other")
    func putOff() async throws {
        let stays = try await RunningDaemon.said([
            ["add", "Call", "every day 14:00", "--remind", "2d"], ["rehearse", "--to", "2027-03-09 17:00"],
            ["snooze", "call@11mar", "1h before"], ["edit", "call", "--repeat", "every thu and fri 14:00"],
            ["rehearse", "--to", "2027-03-12 17:00"],
        ])
        #expect(stays == ["Call: Thu 14:00 Seoul", "Call: Fri 14:00 Seoul", "Call in 1 h, 14:00 Seoul"])
        let moves = try await RunningDaemon.said([
            ["add", "Call", "every mon and thu 14:00", "--remind", "6d"], ["rehearse", "--to", "2027-03-09 15:00"],
            ["snooze", "call@15mar", "1h before"], ["edit", "call", "--repeat", "every mon 16:00"],
            ["rehearse", "--to", "2027-03-15 17:00"],
        ])
        #expect(moves.suffix(1) == ["Call in 1 h, 16:00 Seoul"])
        let own = try await RunningDaemon.said([
            ["add", "Call", "every fri 14:00", "--remind", "3d"], ["rehearse", "--to", "2027-03-09 17:00"],
            ["move", "call@12mar", "13 mar 10:00"], ["snooze", "call@12mar", "1h before"],
            ["edit", "call", "--repeat", "every wed 18:00"], ["rehearse", "--to", "2027-03-13 12:00"],
        ])
        #expect(own.suffix(2) == ["Call: Sat 10:00 Seoul", "Call in 1 h, 10:00 Seoul"])
    }

    @Test(
        "What was agreed and told of a date behind a planned change of its rule is kept where one rule comes instead of both"
    )
    func twoStretches() async throws {
        let daemon = try await RunningDaemon.played([
            ["add", "Call", "every fri 14:00", "--remind", "10d"],
            ["edit", "call", "--repeat", "every fri 16:00", "--from", "19mar"],
            ["rehearse", "--to", "2027-03-09 17:00"], ["cancel", "call@19mar"],
            ["rehearse", "--to", "2027-03-09 17:05"], ["edit", "call", "--repeat", "every fri 15:00"],
            ["rehearse", "--to", "2027-03-09 17:10"],
        ])
        #expect(
            try await daemon.convene("list", "--from", "19 mar", "--until", "26 mar", "--all").output == """
                Fri 19 Mar 2027
                 15:00–16:00  Seoul  1  Call                                           cancelled
                Fri 26 Mar 2027
                 15:00–16:00  Seoul  1  Call                                           confirmed

                """)
        #expect(try await daemon.said() == ["Call: Fri 19 Mar, 16:00 Seoul", "Call cancelled: Fri 19 Mar"])
    }
}
