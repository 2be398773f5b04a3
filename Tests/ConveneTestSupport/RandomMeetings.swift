public import ConveneCore
public import Recurrence
public import ZonedTime

/// Makes meetings up: of every form, in zones with odd clocks, with rules of every frequency, a start that need
/// not fit its rule, added and excluded dates, and occurrences that were moved or called off.
public struct RandomMeetings {
    public var random: SplitMix64
    private let zones = SampleZones.shared

    public init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// The day in the midst of which everything begins.
    private static let middle = CivilDateTime.at("2026-03-29T00:00:00")

    /// All kinds of rules, without an end.
    public static let rules = [
        "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;BYHOUR=2,14;BYMINUTE=0,30", "FREQ=DAILY;BYMONTH=3,4",
        "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,MO;WKST=SU",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1", "FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=-1,15",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=3FR", "FREQ=MONTHLY;BYDAY=-1MO,1TU", "FREQ=MONTHLY;BYDAY=1MO,6MO",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=3,10", "FREQ=YEARLY;BYDAY=13SU,-1MO", "FREQ=YEARLY;BYMONTH=3,4;BYDAY=-1SU,7MO",
        "FREQ=YEARLY;BYWEEKNO=13,20", "FREQ=YEARLY;BYYEARDAY=-1,88,100", "FREQ=YEARLY;BYMONTHDAY=29",
        "FREQ=HOURLY;INTERVAL=7", "FREQ=HOURLY;BYHOUR=1,2,3", "FREQ=MINUTELY;INTERVAL=90",
        "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD",
        "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=30;SKIP=BACKWARD",
    ]

    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }

    public mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    /// A reading within so many days of the middle, on the half hour.
    public mutating func reading(within days: Int64) -> CivilDateTime {
        let steps = Int64.random(in: -days * 48...days * 48, using: &random)
        return RandomMeetings.middle.advanced(bySeconds: steps * 1_800) ?? RandomMeetings.middle
    }

    public mutating func timing() -> Timing {
        let start = reading(within: chance(50) ? 4 : 300)
        let zone = pick(zones.identifiers)
        if chance(70) {
            let minutes = pick([15, 30, 60, 60, 61, 90, 150, 600, 1_439, 3_000, 30_000])
            return Timing(
                start: start, duration: chance(20) ? .days(pick([1, 2, 40])) : .seconds(Int64(minutes) * 60),
                zone: zone, city: nil)
        }
        let form = pick([Form.wholeDays, .hourOpen, .window])
        let days = form == .hourOpen ? 0 : pick([0, 1, 6, 30])
        let last = start.date.advanced(byDays: days) ?? start.date
        return Timing(form, first: start.date, last: last, zone: zone, city: nil)
            ?? Timing(start: start, duration: .seconds(3_600), zone: zone, city: nil)
    }

    public mutating func alarms() -> Alarms {
        if chance(50) { return .standard }
        let triggers: [AlarmTrigger] = [
            .beforeStart(.zero), .beforeStart(.seconds(600)), .beforeStart(.days(2)), .afterStart(.seconds(300)),
            .afterEnd(.seconds(3_600)), .at(.at("2026-03-28T18:00:00"), in: .utc),
        ]
        let chosen = triggers.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))
        return .own(chosen.map { Alarm(id: "alarm-\($0.text)", trigger: $0) }.sorted { $0.id < $1.id })
    }

    /// A rule that goes with any start, or `nil`.
    public mutating func rule() -> RecurrenceRule? {
        guard var rule = try? RecurrenceRule(pick(RandomMeetings.rules)) else { return nil }
        if chance(25) { rule.end = .count(Int.random(in: 1...40, using: &random)) }
        if chance(25) { rule.end = .untilLocal(reading(within: 120)) }
        return rule
    }

    /// A meeting that nothing was changed of yet.
    public mutating func meeting(uid: String, number: Int = 0) -> Meeting {
        var segment = Segment(timing(), status: pick([.confirmed, .confirmed, .possible, .proposed]))
        if segment.timing.form != .window, chance(70) { segment.rule = rule() }
        var meeting = Meeting(uid: uid, number: number, summary: "Talks \(uid)", segments: [segment])
        meeting.alarms = alarms()
        guard segment.rule != nil, let zone = zones.timeZone(segment.timing.zone) else { return meeting }
        let starts = Array(segment.recurrenceSet(in: zone).starts(from: reading(within: 30)).prefix(6))
        if chance(30), let start = starts.first { meeting.segments[0].exclusions = [start] }
        if chance(30), segment.timing.isTimed {
            meeting.segments[0].dates = [reading(within: 10), reading(within: 10)].sorted()
        }
        for start in starts.dropFirst() where chance(30) {
            let timing = chance(60) ? timing().startingNear(start) : nil
            meeting.overrides.append(
                Override(start, timing: timing, status: chance(40) ? pick([.cancelled, .possible, .held]) : nil))
        }
        return meeting
    }

    /// The meeting after a change such as people make; as it was where the change is refused.
    public mutating func changed(_ meeting: Meeting, at now: Instant) -> Meeting {
        var changed = meeting
        do {
            try change(&changed, at: now)
            return changed
        } catch {
            return meeting
        }
    }

    private mutating func change(_ meeting: inout Meeting, at now: Instant) throws(MeetingProblem) {
        let coming = try meeting.occurrences(endingAfter: now, limit: 4, in: zones)
        let id = coming.isEmpty ? nil : pick(coming).recurrenceID
        switch Int.random(in: 0..<7, using: &random) {
        case 0: try meeting.describe(id, note: "changed")
        case 1: try meeting.move(id, to: timing(), in: zones)
        case 2: try meeting.setStatus(pick(Status.allCases), of: id, at: now, in: zones)
        case 3 where meeting.isSeries:
            let hours = Int64.random(in: -3...3, using: &random)
            try meeting.moveAll(
                from: now,
                to: { $0.isTimed ? $0.starting(at: $0.start.advanced(bySeconds: hours * 3_600) ?? $0.start) : $0 },
                in: zones)
        case 4:
            if let id { try meeting.exclude(id, in: zones) }
        case 5: meeting.alarms = alarms()
        default: try meeting.setStatus(pick([.confirmed, .cancelled, .possible]), of: nil, at: now, in: zones)
        }
    }
}

extension Timing {
    /// The same length within two days of a start; for a form in days, at the same midnight.
    fileprivate func startingNear(_ start: CivilDateTime) -> Timing {
        let offset = (self.start.secondsSinceEpoch % 172_800)
        guard isTimed, let near = start.advanced(bySeconds: offset) else {
            return starting(at: CivilDateTime(start.date, .midnight))
        }
        return starting(at: near)
    }
}
