import ConveneAPI

@testable import ConveneCommands

/// The autumn's talks, as the daemon tells them to a reader in Seoul.
enum Samples {
    static func seoul(_ start: String, _ end: String) -> Span {
        Span(start: start, end: end, zone: "Asia/Seoul", city: "Seoul")
    }

    static func tokyo(_ start: String, _ end: String) -> Span {
        Span(start: start, end: end, zone: "Asia/Tokyo", city: "Tokyo")
    }

    static func newYork(_ start: String, _ end: String) -> Span {
        Span(start: start, end: end, zone: "America/New_York", city: "New York")
    }

    static func occurrence(
        _ number: Int, _ summary: String, _ status: Status = .confirmed, _ form: Form = .timed, there: Span,
        here: Span, startsAt: String = "2019-09-20T11:00:00+09:00", endsAt: String = "2019-09-20T12:30:00+09:00",
        recurrenceId: String? = nil, clockChange: ClockChange = .exact, place: String? = nil, note: String? = nil,
        changed: Bool = false
    ) -> Occurrence {
        Occurrence(
            uid: "0b7d6e6e-6b0b-4a43-9d2b-5b1f0d1c2e3f", number: number, recurrenceId: recurrenceId, summary: summary,
            status: status, form: form, there: there, here: here, startsAt: startsAt, endsAt: endsAt,
            clockChange: clockChange, place: place, note: note, changed: changed)
    }

    static func meeting(
        _ occurrence: Occurrence, place: String? = nil, note: String? = nil, rule: String? = nil,
        sentence: String? = nil, alarms: [Alarm] = [dayBefore, quarter]
    ) -> Meeting {
        Meeting(
            uid: occurrence.uid, number: occurrence.number, revision: 3, summary: occurrence.summary,
            status: occurrence.status, form: occurrence.form, duration: "PT1H", zone: occurrence.there.zone,
            city: occurrence.there.city, place: place, note: note, rule: rule, sentence: sentence, alarms: alarms)
    }

    static func change(
        _ occurrence: Occurrence, _ meeting: Meeting? = nil, before: Occurrence? = nil, next: [Occurrence] = [],
        reminders: [Reminder] = [], warnings: [String] = [], remarks: [String] = []
    ) -> Change {
        Change(
            meeting: meeting ?? Samples.meeting(occurrence), occurrence: occurrence, before: before, next: next,
            reminders: reminders, warnings: warnings, remarks: remarks)
    }

    static let dayBefore = Alarm(id: "d", text: "1 day before", standard: true)
    static let quarter = Alarm(id: "q", text: "15 min before", standard: true)

    static func reminder(
        _ here: String, there: String? = nil, _ alarm: Alarm = dayBefore, recurrenceId: String? = nil
    ) -> Reminder {
        Reminder(
            alarm: alarm, dueAt: here + "+09:00", here: here, there: there ?? here, recurrenceId: recurrenceId)
    }

    static let talks = occurrence(
        1, "ROK–Japan DG talks", there: tokyo("2019-09-20T11:00:00", "2019-09-20T12:30:00"),
        here: seoul("2019-09-20T11:00:00", "2019-09-20T12:30:00"))

    static let lunch = occurrence(
        2, "Lunch", there: tokyo("2019-09-20T12:30:00", "2019-09-20T14:00:00"),
        here: seoul("2019-09-20T12:30:00", "2019-09-20T14:00:00"))

    static let debate = occurrence(
        3, "UNGA 74, general debate", .confirmed, .wholeDays, there: newYork("2019-09-24", "2019-09-30"),
        here: seoul("2019-09-24T13:00:00", "2019-10-01T13:00:00"))

    static let ministers = occurrence(
        4, "ROK–Japan FM meeting", there: newYork("2019-09-26T15:30:00", "2019-09-26T16:20:00"),
        here: seoul("2019-09-27T04:30:00", "2019-09-27T05:20:00"))

    static let ministersWindow = occurrence(
        4, "ROK–Japan FM meeting", .possible, .window, there: newYork("2019-09-24", "2019-09-30"),
        here: seoul("2019-09-24", "2019-09-30"))
}

extension [Line] {
    /// The lines as they stand on a screen without colours.
    var plain: String {
        var text = text(coloured: false)
        if text.last == "\n" { text.removeLast() }
        return text
    }
}
