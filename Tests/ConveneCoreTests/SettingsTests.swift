import ConveneCore
import Testing
import ZonedTime

@Suite("What is decided for the schedule as a whole")
struct SettingsTests {
    @Test(
        "The night as people type it",
        arguments: [
            ("22:00-07:00", "22:00–07:00"), ("22–7", "22:00–07:00"), ("10pm to 6:30am", "22:00–06:30"),
            ("0:30 - 5", "00:30–05:00"), ("12am-12pm", "00:00–12:00"),
        ])
    func night(typed: String, words: String) throws {
        let night = try #require(Night(typed: typed))
        #expect(night.words == words)
        #expect(Night(text: night.text) == night)
    }

    @Test("What is no night is refused", arguments: ["", "22:00", "22-22", "25-7", "22:99-7", "13pm-7", "a-b"])
    func noNight(typed: String) {
        #expect(Night(typed: typed) == nil)
    }

    @Test("At the hours with which it begins and ends it is not night; over midnight or not")
    func contains() throws {
        func time(_ hour: Int, _ minute: Int = 0) throws -> CivilTime {
            try #require(CivilTime(hour: hour, minute: minute))
        }
        #expect(try !Night.usual.contains(time(22)) && Night.usual.contains(time(22, 1)))
        #expect(try Night.usual.contains(time(6, 59)) && !Night.usual.contains(time(7)))
        #expect(try Night.usual.contains(time(0)) && !Night.usual.contains(time(12)))
        let early = Night(from: try time(1), to: try time(5))
        #expect(try !early.contains(time(0)) && early.contains(time(3)) && !early.contains(time(6)))
    }

    @Test("The reminders of new meetings are one line that is read back")
    func alarms() throws {
        let alarms = StandardAlarms(
            alarms: [
                Alarm(standard: .beforeStart(.days(1))), Alarm(standard: .afterEnd(.seconds(600)), whenLate: .drop),
            ], days: [])
        #expect(alarms.text == "-P1D,END+PT10M drop|")
        #expect(StandardAlarms(text: alarms.text) == alarms)
        #expect(StandardAlarms(text: StandardAlarms.initial.text) == .initial)
        for text in ["", "-P1D", "-P1D|-P1D|", "15m|", "-P1D maybe|"] { #expect(StandardAlarms(text: text) == nil) }
    }

    @Test(
        "A meeting that adopted a default has its reminders in every form, and those of a window while it has no date")
    func adopted() throws {
        let adopted = StandardAlarms(alarms: [Alarm(standard: .beforeStart(.seconds(1_800)))], days: [])
        func alarms(_ timing: Timing) -> [AlarmTrigger] {
            let meeting = Meeting(
                uid: "m", number: 1, summary: "Talks", segments: [Segment(timing)], alarms: .adopted(adopted))
            return StandardAlarms.initial.alarms(of: meeting).map(\.trigger)
        }
        let day = try #require(CivilDate(year: 2026, month: 3, day: 26))
        #expect(
            alarms(Timing(start: .init(day, .midnight), duration: .seconds(60), zone: "UTC", city: nil))
                == [.beforeStart(.seconds(1_800))])
        let days = try #require(Timing(.wholeDays, first: day, last: day, zone: "UTC", city: nil))
        #expect(alarms(days) == [])
        let window = try #require(Timing(.window, first: day, last: day, zone: "UTC", city: nil))
        #expect(alarms(window) == [.windowEnds, .lastCall])
    }
}
