import ConveneCore
import FoundationEssentials
import Recurrence
import ZonedTime

/// A whole meeting as text, for the log of changes: what `undo` brings back.
struct MeetingSnapshot: Codable {
    struct TimingPart: Codable {
        let form: String
        let start: String
        let duration: String
        let zone: String
        let city: String?
    }

    fileprivate struct SegmentPart: Codable {
        let timing: TimingPart
        let status: String
        let rule: String?
        let dates: String?
        let exclusions: String?
        let endsBefore: String?
    }

    fileprivate struct OverridePart: Codable {
        let recurrenceID: String
        let timing: TimingPart?
        let status: String?
        let summary: String?
        let place: String?
        let note: String?
    }

    fileprivate struct AlarmPart: Codable {
        let id: String
        let trigger: String
        /// Absent in records of earlier versions.
        let whenLate: String?

        init(_ alarm: Alarm) {
            id = alarm.id
            trigger = alarm.trigger.text
            whenLate = alarm.whenLate.rawValue
        }

        var alarm: Alarm {
            get throws {
                Alarm(
                    id: id, trigger: try read(trigger) { AlarmTrigger(text: $0) },
                    whenLate: try whenLate.map { try read($0) { WhenLate(rawValue: $0) } } ?? .keep)
            }
        }
    }

    private let uid: String
    private let number: Int
    private let revision: Int
    private let summary: String
    private let place: String?
    private let note: String?
    private let segments: [SegmentPart]
    private let overrides: [OverridePart]
    private let alarms: [AlarmPart]?
    private let defaultAlarms: String?
    private let talks: TalksPart?

    init(_ meeting: Meeting) {
        uid = meeting.uid
        number = meeting.number
        revision = meeting.revision
        summary = meeting.summary
        place = meeting.place
        note = meeting.note
        segments = meeting.segments.map { segment in
            SegmentPart(
                timing: TimingPart(segment.timing), status: segment.status.rawValue, rule: segment.rule?.text,
                dates: CivilList.text(segment.dates), exclusions: CivilList.text(segment.exclusions),
                endsBefore: segment.endsBefore?.iso8601)
        }
        overrides = meeting.overrides.map { override in
            OverridePart(
                recurrenceID: override.recurrenceID.iso8601, timing: override.timing.map(TimingPart.init),
                status: override.status?.rawValue, summary: override.summary, place: override.place,
                note: override.note)
        }
        switch meeting.alarms {
        case .standard, .adopted: alarms = nil
        case .own(let own): alarms = own.map(AlarmPart.init)
        }
        defaultAlarms = meeting.alarms.adopted?.text
        talks = TalksPart(meeting)
    }

    init(text: String) throws {
        do {
            self = try JSONDecoder().decode(MeetingSnapshot.self, from: Data(text.utf8))
        } catch {
            throw StoreError.unreadable(table: "log", column: "before", value: text)
        }
    }

    var text: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    var meeting: Meeting {
        get throws {
            let adopted = try defaultAlarms.map { try read($0) { StandardAlarms(text: $0) } }
            var meeting = Meeting(
                uid: uid, number: number, revision: revision, summary: summary, place: place, note: note,
                segments: try segments.map { part in
                    Segment(
                        try part.timing.timing, status: try read(part.status) { Status(rawValue: $0) },
                        rule: try part.rule.map { try RecurrenceRule($0) },
                        dates: try part.dates.map { try read($0, CivilList.parse) } ?? [],
                        exclusions: try part.exclusions.map { try read($0, CivilList.parse) } ?? [],
                        endsBefore: try part.endsBefore.map { try read($0) { CivilDateTime(iso8601: $0) } })
                },
                overrides: try overrides.map { part in
                    Override(
                        try read(part.recurrenceID) { CivilDateTime(iso8601: $0) }, timing: try part.timing?.timing,
                        status: try part.status.map { try read($0) { Status(rawValue: $0) } }, summary: part.summary,
                        place: part.place, note: part.note)
                },
                alarms: try alarms.map { .own(try $0.map { try $0.alarm }) } ?? adopted.map { .adopted($0) }
                    ?? .standard)
            try talks?.restore(&meeting)
            return meeting
        }
    }
}

extension MeetingSnapshot.TimingPart {
    init(_ timing: Timing) {
        self.init(
            form: timing.form.rawValue, start: timing.start.iso8601, duration: timing.duration.iso8601,
            zone: timing.zone, city: timing.city)
    }

    var timing: Timing {
        get throws {
            Timing(
                form: try read(form) { Form(rawValue: $0) }, start: try read(start) { CivilDateTime(iso8601: $0) },
                zone: zone, city: city, duration: try read(duration) { CalendarDuration(iso8601: $0) })
        }
    }
}

func read<Value>(_ text: String, _ parse: (String) -> Value?) throws -> Value {
    guard let value = parse(text) else { throw StoreError.unreadable(table: "log", column: "before", value: text) }
    return value
}
