import ConveneTestSupport
import Testing

@Suite("What hangs on a date, where that or the meeting itself was changed", .ownThread)
struct HangingTests {
    private static let call = ["add", "Call", "14:00", "--repeat", "every friday", "--for", "1h"]

    @Test("Another hour in the rule is a move of its dates")
    func hourInRule() async throws {
        let said = try await RunningDaemon.said([
            HangingTests.call, ["add", "FM", "29 mar", "--if", "call@12 mar"],
            ["add", "Lunch", "--after", "call@12 mar", "--for", "1h", "--remind", "15m"],
            ["rehearse", "--to", "2027-03-12 08:50"], ["edit", "call", "--repeat", "every friday at 13:00"],
            ["rehearse", "--to", "2027-03-12 09:00"], ["undo"], ["rehearse", "--to", "2027-03-12 09:10"],
            ["edit", "call", "--repeat", "every friday at 13:00"], ["rehearse", "--to", "2027-03-12 13:50"],
        ])
        #expect(
            said.filter { !$0.hasPrefix("Call tomorrow") } == [
                "Call moved: 13:00 Seoul", "Call moved: 14:00 Seoul", "Call moved: 13:00 Seoul",
                "Call in 15 min, 13:00 Seoul", "Lunch in 15 min, 14:00 Seoul",
            ])
    }

    @Test("An undo is not held up by a date that was gone before")
    func goneBefore() async throws {
        let said = try await RunningDaemon.said([
            HangingTests.call, ["add", "FM", "29 mar", "--if", "call@19 mar"],
            ["edit", "call", "--repeat", "every tuesday", "--from", "19 mar"],
            ["rehearse", "--to", "2027-03-09 08:05"],
            ["edit", "call", "--summary", "Weekly call"], ["undo"], ["edit", "fm", "--note", "In New York"], ["undo"],
        ])
        #expect(said == ["Decide: FM, 1@2027-03-19 is gone"])
    }

    @Test(
        "What is possible again, after an undo, is to be decided once",
        arguments: [["fix", "fm", "23 mar 10:00", "--for", "1h"], ["cancel", "fm"], ["postpone", "fm"]], [true, false])
    func possibleAgain(_ settled: [String], inThePause: Bool) async throws {
        let cancel = ["cancel", "dg"]
        let start = [
            ["add", "DG", "fri 10:00", "--for", "1h", "--remind", "none"], ["add", "FM", "22–26 mar", "--if", "dg"],
        ]
        let said = try await RunningDaemon.said(
            start + (inThePause ? [cancel, settled] : [settled, ["rehearse", "--to", "2027-03-09 08:05"], cancel]) + [
                ["rehearse", "--to", "2027-03-09 08:10"], ["undo", inThePause ? "4" : "3"],
                ["rehearse", "--to", "2027-03-09 08:20"],
            ])
        #expect(said.filter { $0.contains("ecide") } == ["Decide: FM, 1 cancelled"])
    }

    @Test("Another condition takes the question back, and an undo in the pause leaves it as it was")
    func otherCondition() async throws {
        let said = try await RunningDaemon.said([
            ["add", "DG", "fri 10:00", "--for", "1h", "--remind", "none"],
            ["add", "EG", "fri 12:00", "--for", "1h", "--remind", "none"], ["add", "FM", "22–26 mar", "--if", "dg"],
            ["cancel", "dg"], ["rehearse", "--to", "2027-03-09 08:05"], ["edit", "fm", "--if", "eg"], ["undo"],
            ["rehearse", "--to", "2027-03-09 08:10"], ["edit", "fm", "--if", "eg"],
            ["rehearse", "--to", "2027-03-09 08:20"],
        ])
        #expect(said == ["Decide: FM, 1 cancelled", "No longer to decide: FM"])
    }

    @Test("A condition that is put off is to be decided on, before and after")
    func postponed() async throws {
        let said = try await RunningDaemon.said([
            ["add", "DG", "25 mar 10:00", "--for", "1h"], ["postpone", "dg"], ["add", "FM", "29 mar", "--if", "dg"],
            ["rehearse", "--to", "2027-03-09 08:10"],
        ])
        #expect(said == ["Decide: FM, 1 postponed"])
    }

    @Test("A date that is gone is to be decided on wherever that is said, and no longer where it is back")
    func gone() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2027-03-09 08:00 Seoul")
        func page(_ arguments: String...) async throws -> String { try await daemon.run(arguments).output }
        _ = try await daemon.run(HangingTests.call)
        let waits = "To decide   once 1@2027-03-19 Call is held"
        #expect(try await page("add", "FM", "29 mar", "--if", "call@19 mar").contains(waits))
        _ = try await page("add", "Dinner", "--after", "call@19 mar", "--for", "1h")
        _ = try await page("edit", "call", "--repeat", "every tuesday", "--from", "19 mar")
        #expect(try await page("show", "fm").contains("To decide   now: 1@2027-03-19 Call is gone"))
        #expect(try await page("show", "dinner").contains("Moves with  1@2027-03-19 Call, which is gone"))
        #expect(try await page().contains("to be decided: 1@2027-03-19 is gone"))
        _ = try await page("rehearse", "--to", "2027-03-09 08:10")
        _ = try await page("edit", "call", "--repeat", "every friday from 16 mar")
        #expect(try await page("show", "fm").contains(waits))
        _ = try await page("rehearse", "--to", "2027-03-09 08:20")
        let said = try await daemon.journal.entries("-t", "convened").map { $0["MESSAGE"] ?? "" }
        #expect(said == ["Decide: FM, 1@2027-03-19 is gone", "No longer to decide: FM"])
    }

    @Test("What becomes possible while its date is gone is asked about")
    func possibleWhileGone() async throws {
        let said = try await RunningDaemon.said([
            HangingTests.call, ["add", "FM", "29 mar", "--if", "call@19 mar"], ["cancel", "fm"],
            ["edit", "call", "--repeat", "every tuesday", "--from", "19 mar"], ["undo", "3"],
            ["rehearse", "--to", "2027-03-09 08:10"],
        ])
        #expect(said == ["Decide: FM, 1@2027-03-19 is gone"])
    }

    @Test("While a date is under way, what reminds of the next is listed, and a move of that says its day")
    func underWay() async throws {
        let daemon = try await RunningDaemon.played([
            ["add", "Call", "14:00", "--repeat", "daily", "--for", "1h", "--remind", "1d"],
            ["rehearse", "--to", "2027-03-10 14:30"],
        ])
        #expect(
            try await daemon.convene("remind", "list", "call").output == """
                1  Call                                                                confirmed
                   1 day before   Thu 11 Mar 2027 14:00

                """)
        _ = try await daemon.convene("move", "call@11 mar", "15:00")
        _ = try await daemon.convene("rehearse", "--to", "2027-03-10 14:40")
        let said = try await daemon.journal.entries("-t", "convened").map { $0["MESSAGE"] ?? "" }
        #expect(said.last == "Call moved: Thu 11 Mar, 15:00 Seoul")
    }

    @Test("A date that was deleted is to be decided on, on each page too, and no longer where it is back")
    func deletedDate() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2027-03-09 08:00 Seoul")
        _ = try await daemon.run(HangingTests.call)
        _ = try await daemon.convene("add", "FM", "29 mar", "--if", "call@19 mar")
        _ = try await daemon.convene("delete", "call@19 mar")
        _ = try await daemon.convene("rehearse", "--to", "2027-03-09 08:10")
        #expect(try await daemon.convene("show", "fm").output.contains("To decide   now: 1@2027-03-19 Call is gone"))
        #expect(try await daemon.convene().output.contains("to be decided: 1@2027-03-19 is gone"))
        _ = try await daemon.convene("undo")
        _ = try await daemon.convene("rehearse", "--to", "2027-03-09 08:20")
        #expect(try await daemon.convene("show", "fm").output.contains("once 1@2027-03-19 Call is held"))
        let said = try await daemon.journal.entries("-t", "convened").map { $0["MESSAGE"] ?? "" }
        #expect(said == ["Decide: FM, 1@2027-03-19 deleted", "No longer to decide: FM"])
    }

    @Test("Another condition is taken back, also to a date that is gone")
    func backToGone() async throws {
        let said = try await RunningDaemon.said([
            HangingTests.call, ["add", "FM", "29 mar", "--if", "call@19 mar"],
            ["edit", "call", "--repeat", "every tuesday"], ["rehearse", "--to", "2027-03-09 08:10"],
            ["edit", "fm", "--if", "call@23 mar"], ["undo"], ["rehearse", "--to", "2027-03-09 08:20"],
        ])
        #expect(said == ["Decide: FM, 1@2027-03-19 is gone"])
    }

    @Test("What waits for a meeting that waits is asked about once that is settled, and says so before")
    func chain() async throws {
        let daemon = try await RunningDaemon.played([
            ["add", "Dinner", "25 mar 19:00", "--remind", "none"], ["add", "FM", "29 mar", "--if", "dinner"],
            ["add", "GM", "30 mar", "--if", "fm"], ["cancel", "dinner"],
        ])
        let page = try await daemon.convene("show", "gm").output
        #expect(page.contains("once 2 FM is held") && !page.contains("Dinner"))
        #expect(try await daemon.convene("show", "fm").output.contains("now: 1 Dinner cancelled"))
    }

    @Test("A rule that holds from today leaves what was held today, and what waited for that")
    func fromToday() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Call", "10:00", "--repeat", "every day", "--for", "1h", "--remind", "1d"],
            ["add", "FM", "29 mar", "--if", "call@10 mar"], ["rehearse", "--to", "2027-03-10 11:10"],
            ["held", "call@10 mar"], ["rehearse", "--to", "2027-03-10 11:15"],
            ["edit", "call", "--repeat", "every day 15:00 from today"], ["rehearse", "--to", "2027-03-10 11:20"],
            ["undo"], ["rehearse", "--to", "2027-03-10 11:30"],
        ])
        #expect(
            said.suffix(3) == [
                "Decide: FM, 1@2027-03-10 held", "Call moved: Thu 11 Mar, 15:00 Seoul",
                "Call moved: Thu 11 Mar, 10:00 Seoul",
            ])
    }

    @Test("One that was a meeting of its own and a date of a series is called off once")
    func deletedOnce() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Solo", "12 mar 10:00"], ["rehearse", "--to", "2027-03-11 10:30"],
            ["edit", "solo", "--repeat", "every friday from 19 mar"], ["rehearse", "--to", "2027-03-11 10:50"],
            ["undo"], ["rehearse", "--to", "2027-03-11 11:00"], ["delete", "solo"],
            ["rehearse", "--to", "2027-03-11 11:10"], ["add", "Call", "12 mar 12:00", "--for", "1h"],
            ["rehearse", "--to", "2027-03-11 12:10"], ["edit", "call", "--repeat", "every friday 14:00"],
            ["rehearse", "--to", "2027-03-11 12:20"], ["delete", "call", "--all"],
            ["rehearse", "--to", "2027-03-11 12:30"],
        ])
        #expect(
            said == [
                "Solo tomorrow, 10:00 Seoul", "Solo moved: Fri 19 Mar, 10:00 Seoul",
                "Solo moved: Fri 12 Mar, 10:00 Seoul", "Solo does not take place", "Call tomorrow, 12:00 Seoul",
                "Call moved: Fri 12 Mar, 14:00 Seoul", "Call does not take place: Fri 12 Mar",
            ])
    }

    @Test(
        "Where another date takes place on that day, the hour says which one does not; the only one of a day is moved")
    func twoOnADay() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Week", "every friday 15:00", "--remind", "1d"],
            ["add", "Two", "every friday 14:00 and 18:00", "--remind", "1d"],
            ["add", "Pair", "every friday 14:00 and 18:00", "--remind", "1d"],
            ["rehearse", "--to", "2027-03-11 15:40"],
            ["edit", "week", "--repeat", "monthly on the second friday 16:00"], ["cancel", "two@2027-03-12T14:00"],
            ["delete", "pair@2027-03-12T14:00"], ["rehearse", "--to", "2027-03-11 15:50"],
        ])
        #expect(
            said.suffix(3).sorted() == [
                "Pair does not take place: Fri 12 Mar, 14:00", "Two cancelled: Fri 12 Mar, 14:00",
                "Week moved: Fri 12 Mar, 16:00 Seoul",
            ])
    }

    @Test("A date that is left out with another hour is called off once, and is back under its new name")
    func leftOut() async throws {
        let said = try await RunningDaemon.said([
            HangingTests.call, ["add", "FM", "29 mar", "--if", "call@12 mar"],
            ["rehearse", "--to", "2027-03-11 14:30"],
            ["edit", "call", "--repeat", "every friday 16:00"], ["rehearse", "--to", "2027-03-11 14:40"],
            ["edit", "call", "--repeat", "every friday 15:00 except 12 mar"], ["rehearse", "--to", "2027-03-11 14:50"],
            ["edit", "call", "--repeat", "every friday 15:00 from 12 mar"], ["rehearse", "--to", "2027-03-11 14:59"],
        ])
        #expect(
            said == [
                "Call tomorrow, 14:00 Seoul", "Call moved: Fri 12 Mar, 16:00 Seoul",
                "Call does not take place: Fri 12 Mar", "Decide: FM, 1@2027-03-12 is gone",
                "Call takes place: 12 Mar, 15:00 Seoul", "No longer to decide: FM",
            ])
    }

    @Test("What was held stays so where it becomes a series, and goes nowhere")
    func heldBecomesSeries() async throws {
        let daemon = try await RunningDaemon.played([
            ["add", "Solo", "9 mar 9:00", "--for", "1h", "--remind", "none"],
            ["rehearse", "--to", "2027-03-09 10:30"], ["held", "solo"],
        ])
        let refused = try await daemon.convene("edit", "solo", "--repeat", "every tuesday 15:00 from today")
        #expect(refused.status == 1 && refused.errors.contains("it is over, and the past stays as it was"))
        #expect(try await daemon.convene("edit", "solo", "--repeat", "every day 9:00").status == 0)
        #expect(
            try await daemon.convene("list", "--from", "9 mar", "--until", "10 mar").output == """
                Tue 9 Mar 2027
                 09:00–10:00  Seoul  1  Solo                                                held
                Wed 10 Mar 2027
                 09:00–10:00  Seoul  1  Solo                                           confirmed

                """)
    }

    @Test("Two dates of one day that are called off are told apart")
    func bothCalledOff() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Two", "every day at 13:00 and 16:00", "--remind", "1d"],
            ["rehearse", "--to", "2027-03-09 17:30"], ["cancel", "two", "--all"],
            ["rehearse", "--to", "2027-03-09 17:40"],
        ])
        #expect(said.suffix(2) == ["Two cancelled: Wed 10 Mar, 13:00", "Two cancelled: Wed 10 Mar, 16:00"])
    }

    @Test("A slip in a rule that is typed anew within the pause is no news, and what waits goes on to")
    func typedAnew() async throws {
        let said = try await RunningDaemon.said([
            HangingTests.call, ["add", "FM", "29 mar", "--if", "call@12 mar"],
            ["rehearse", "--to", "2027-03-11 14:30"], ["edit", "call", "--repeat", "every friday 15:00"],
            ["edit", "call", "--repeat", "every 2 weeks on friday 14:00"], ["rehearse", "--to", "2027-03-11 14:40"],
        ])
        #expect(said == ["Call tomorrow, 14:00 Seoul"])
    }

    @Test("Its own day beside the rule that a meeting is given is where it stays")
    func ownDay() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Call", "12 mar 14:00", "--for", "1h"], ["add", "FM", "29 mar", "--if", "call"],
            ["rehearse", "--to", "2027-03-11 14:30"],
            ["edit", "call", "--repeat", "every saturday 14:00 and on 12 mar"],
            ["rehearse", "--to", "2027-03-11 14:40"], ["cancel", "call@12 mar"],
            ["rehearse", "--to", "2027-03-11 14:50"],
        ])
        #expect(
            said == [
                "Call tomorrow, 14:00 Seoul", "Call cancelled: Fri 12 Mar", "Decide: FM, 1@2027-03-12 cancelled",
            ])
    }

    @Test("What waits for a day goes on to, whatever the hour of another rule; and an undo that takes it away asks")
    func sameDay() async throws {
        let said = try await RunningDaemon.said([
            HangingTests.call, ["add", "FM", "29 mar", "--if", "call@12 mar"],
            ["edit", "call", "--repeat", "every friday 14:00 except 12 mar"],
            ["rehearse", "--to", "2027-03-09 08:10"],
            ["edit", "call", "--repeat", "monthly on 12th 18:00 from 12 mar"],
            ["rehearse", "--to", "2027-03-09 08:20"], ["undo"], ["rehearse", "--to", "2027-03-09 08:30"],
        ])
        #expect(
            said == [
                "Decide: FM, 1@2027-03-12 is gone", "No longer to decide: FM", "Decide: FM, 1@2027-03-12 is gone",
            ])
    }

    @Test(
        "That a date takes place at another hour is said once, whatever it was called before",
        arguments: [["move", "call", "16:00", "--all"], ["move", "call@12 mar", "16:00"]])
    func saidOnce(_ move: [String]) async throws {
        let said = try await RunningDaemon.said([
            HangingTests.call, ["rehearse", "--to", "2027-03-11 14:30"], move,
            ["rehearse", "--to", "2027-03-11 14:40"], ["delete", "call@12 mar"],
            ["rehearse", "--to", "2027-03-11 14:50"], ["edit", "call", "--repeat", "every friday 18:00 from 12 mar"],
            ["rehearse", "--to", "2027-03-11 15:30"],
        ])
        #expect(
            said == [
                "Call tomorrow, 14:00 Seoul", "Call moved: Fri 12 Mar, 16:00 Seoul",
                "Call does not take place: Fri 12 Mar", "Call takes place: 12 Mar, 18:00 Seoul",
            ])
    }

    @Test("A day that was called off, and is on again by another rule at another hour, is told")
    func backAtAnotherHour() async throws {
        let said = try await RunningDaemon.said([
            HangingTests.call, ["rehearse", "--to", "2027-03-11 14:30"],
            ["edit", "call", "--repeat", "every friday 14:00 except 12 mar"],
            ["rehearse", "--to", "2027-03-11 14:40"],
            ["edit", "call", "--repeat", "every 2 weeks on friday 15:00 from 12 mar"],
            ["rehearse", "--to", "2027-03-11 14:50"], ["undo"], ["rehearse", "--to", "2027-03-11 14:58"],
        ])
        #expect(
            said == [
                "Call tomorrow, 14:00 Seoul", "Call does not take place: Fri 12 Mar",
                "Call takes place: 12 Mar, 15:00 Seoul", "Call does not take place: Fri 12 Mar",
            ])
    }

    @Test("A series that became one meeting, is deleted, brought back and a series again, is told truly each time")
    func onceASeries() async throws {
        let said = try await RunningDaemon.said([
            HangingTests.call, ["rehearse", "--to", "2027-03-11 14:30"], ["edit", "call", "--repeat", "never"],
            ["delete", "call"], ["rehearse", "--to", "2027-03-11 14:50"], ["undo"],
            ["rehearse", "--to", "2027-03-11 15:00"], ["edit", "call", "--repeat", "every friday 14:00"],
            ["rehearse", "--to", "2027-03-11 15:10"], ["move", "call@12 mar", "16:00"],
            ["rehearse", "--to", "2027-03-11 15:20"],
        ])
        #expect(
            said == [
                "Call tomorrow, 14:00 Seoul", "Call does not take place", "Call takes place: 12 Mar, 14:00 Seoul",
                "Call moved: Fri 12 Mar, 16:00 Seoul",
            ])
    }

    @Test("What was said while it was a meeting of its own is said of that day, whatever is moved later")
    func laterDate() async throws {
        let said = try await RunningDaemon.said([
            ["add", "Call", "12 mar 14:00", "--for", "1h"], ["rehearse", "--to", "2027-03-11 14:30"],
            ["edit", "call", "--repeat", "every friday 14:00"], ["rehearse", "--to", "2027-03-12 15:30"],
            ["edit", "call", "--repeat", "every friday 15:00"], ["rehearse", "--to", "2027-03-12 15:40"],
            ["move", "call", "--all", "16:00"], ["rehearse", "--to", "2027-03-12 15:50"],
        ])
        #expect(said == ["Call tomorrow, 14:00 Seoul", "Call in 15 min, 14:00 Seoul"])
    }

    @Test(
        "Two dates of one day that are gone are told apart",
        arguments: [["delete", "two", "--all"], ["edit", "two", "--repeat", "every friday at 13:00 and 16:00"]])
    func bothGone(_ change: [String]) async throws {
        let said = try await RunningDaemon.said([
            ["add", "Two", "every day at 13:00 and 16:00", "--remind", "1d"],
            ["rehearse", "--to", "2027-03-09 17:30"], change, ["rehearse", "--to", "2027-03-09 17:40"],
        ])
        #expect(
            said.suffix(2) == [
                "Two does not take place: Wed 10 Mar, 13:00", "Two does not take place: Wed 10 Mar, 16:00",
            ])
    }
}
