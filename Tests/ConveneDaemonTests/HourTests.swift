import ConveneAPI
import ConveneCore
import ConveneTestSupport
import Testing

@testable import ConveneDaemon

@Suite("Hints about the hours of reminders, and reminders that are put off")
struct HourTests {
    /// On 11 September 2019, 09:00 in Seoul.
    let scene: BookScene

    init() throws { scene = try BookScene() }

    private func hints(_ when: String, alarms: [String]? = nil) async throws -> [String] {
        var meeting = NewMeeting(summary: "Call", when: when, city: "Seoul")
        meeting.alarms = alarms
        return try await scene.book.add(meeting, try scene.desk()).warnings.map {
            String($0.split(separator: " Another:").first ?? "")
        }.filter { !$0.contains("Seoul") }
    }

    @Test("One reminder of two at night is named by its hour, and none of both is told of as all")
    func one() async throws {
        #expect(try await hints("10 oct 22:01") == ["Wed 9 Oct 22:01 is at night here."])
    }

    @Test(
        "How many of how many come at night",
        arguments: [
            (["15m"], "It comes at night here."), (["15m", "1d"], "Both come at night here."),
            (["15m", "1d", "2d"], "All 3 come at night here."),
            (["15m", "1d", "5h"], "2 of 3 reminders come at night here."),
        ])
    func several(alarms: [String], words: String) async throws {
        #expect(try await hints("10 oct 23:30", alarms: alarms) == [words])
    }

    @Test("The night is between 22:00 and 07:00: at those hours themselves it is not")
    func bounds() async throws {
        #expect(try await hints("10 oct 22:15", alarms: ["15m"]) == [])
        #expect(try await hints("11 oct 22:16", alarms: ["15m"]) == ["It comes at night here."])
        #expect(try await hints("12 oct 07:14", alarms: ["15m"]) == ["It comes at night here."])
        #expect(try await hints("13 oct 07:15", alarms: ["15m"]) == [])
    }

    @Test("What is put off until the same moment a second time was so already")
    func putOffTwice() async throws {
        _ = try await scene.book.add(NewMeeting(summary: "Call", when: "10 oct 15:00"), try scene.desk())
        func snooze(_ until: String) async throws -> [String] {
            try await scene.book.snooze(
                ConveneAPI.Snooze.Parameters(reference: "call", until: until), try scene.desk()
            ).remarks
        }
        #expect(try await snooze("tomorrow 9am").first?.hasPrefix("Put off") == true)
        let before = try await scene.countChanges()
        #expect(try await snooze("tomorrow 9am") == ["It was so already: nothing was changed."])
        #expect(try await snooze("24h") == ["It was so already: nothing was changed."])
        #expect(try await scene.countChanges() == before)
        #expect(try await scene.meeting(1)?.snoozes.count == 1)
        #expect(try await snooze("tomorrow 9:01am").first?.hasPrefix("Put off") == true)
    }
}
