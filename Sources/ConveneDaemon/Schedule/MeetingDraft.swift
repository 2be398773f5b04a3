import ConveneAPI
import ConveneCore
import ConveneStore
import Recurrence
import ZonedTime

/// Understands what was typed about a new meeting.
struct MeetingDraft {
    let typed: NewMeeting
    let desk: Desk
    let newID: () -> String

    static let usualLength = CalendarDuration.seconds(3_600)

    /// The meeting, not yet numbered, and what is worth telling about how it was understood.
    func meeting(
        in view: ScheduleView?
    ) throws -> (draft: CoreMeeting, sides: [SaidSide], remarks: [String]) {
        guard !typed.summary.isEmpty else { throw MeetingProblem.summaryMissing }
        try CoreMeeting.check(typed.summary, field: "summary", limit: CoreMeeting.summaryLimit)
        let note = typed.note.flatMap { $0.isEmpty ? nil : $0 }
        if let note { try CoreMeeting.check(note, field: "note", limit: CoreMeeting.noteLimit) }
        let sides = try sides(view)
        if let (rounds, segment, remarks) = try rounds(sides) {
            guard typed.after == nil else {
                throw ScheduleError.notUnderstood(
                    field: "after", text: typed.after ?? "", position: 0,
                    length: typed.after?.unicodeScalars.count ?? 0,
                    reason: "rounds have a date each; what follows one of them is added by itself",
                    suggestions: ["--if"])
            }
            let links = try links(view)
            let meeting = CoreMeeting(
                uid: try uid(), number: 0, summary: typed.summary, place: try place(beside: segment.timing), note: note,
                segments: [segment], alarms: try alarms(segment.timing, in: view), rounds: rounds,
                sides: sides.map(\.side), relations: links.relations)
            return (meeting, sides, remarks + links.remarks)
        }
        let links = try links(view)
        let (segment, remarks) = try segment(links)
        let place = try place(beside: segment.timing)
        let meeting = CoreMeeting(
            uid: try uid(), number: 0, summary: typed.summary, place: place, note: note, segments: [segment],
            alarms: try alarms(segment.timing, links, in: view), sides: sides.map(\.side), relations: links.relations)
        return (meeting, sides, remarks + links.remarks + outside(segment.timing, links))
    }

    private func uid() throws -> String {
        guard let uid = typed.uid else { return newID() }
        guard !uid.isEmpty else {
            throw ScheduleError.notUnderstood(
                field: "uid", text: uid, position: 0, length: 0, reason: "a UID cannot be empty", suggestions: [])
        }
        try CoreMeeting.check(uid, field: "uid", limit: 255)
        return uid
    }

    // MARK: When

    private func segment(_ links: DraftLinks) throws -> (Segment, [String]) {
        if let timing = try timing(from: links) {
            try CoreMeeting.check(timing, in: desk.zones)
            return (Segment(timing, status: try status(links)), [])
        }
        let named = try namedPlace() ?? links.place
        let zone = try named.map { try desk.zones.zone(named: $0.identifier) }
        let when = try typed.when.map { text in
            try reading("when") { try WhenPhrase.parse(text, in: desk.context(in: zone), for: .newMeeting) }
        }
        let series = try series(when, zone)
        // An hour that is said with the rule is that of the day beside it.
        let isHourInRule = if case .hourOpen = when?.form { series?.time != nil } else { false }
        guard var form = try (isHourInRule ? nil : when?.form) ?? series.map(firstForm) else {
            throw ScheduleError.notUnderstood(
                field: "when", text: typed.when ?? "", position: 0, length: 0,
                reason: "a meeting needs a time, a day or a span of days",
                suggestions: ["fri 14:00", "3 dec", "some day in october"])
        }
        // On the sidelines of an assembly, a span of days is one for a day in it.
        if case .wholeDays(let first, let last) = form, links.isSideline, first != last {
            form = .window(first: first, last: last)
        }
        let place = try clock(spoken: when?.place ?? series?.place, named: named)
        let timing = try timing(form, in: place)
        try CoreMeeting.check(timing, in: desk.zones)
        let status = try status(links)
        guard let series else { return (Segment(timing, status: status), []) }
        return try fit(series, to: timing, status)
    }

    /// The zone that was said with the time, else the one that was named beside it.
    private func clock(spoken: NamedZone?, named: NamedZone?) throws -> NamedZone? {
        guard let spoken, let named else { return spoken ?? named }
        if let zone = typed.zone, spoken.identifier != named.identifier {
            throw ScheduleError.notUnderstood(
                field: "zone", text: zone,
                reason: "the time was said in \(spoken.label); only one of the two can be meant",
                suggestions: [spoken.label, named.label])
        }
        return spoken
    }

    /// Where it takes place: what was said, or the city that was named where the time is on another city's clock.
    private func place(beside timing: Timing) throws -> String? {
        if let place = typed.place, !place.isEmpty {
            try CoreMeeting.check(place, field: "place", limit: CoreMeeting.placeLimit)
            return place
        }
        guard let city = try typed.city.map({ try desk.place($0, field: "city") }), typed.zone == nil else {
            return nil
        }
        return city.identifier == timing.zone ? nil : city.label
    }

    /// What `--in` or `--zone` named.
    func namedPlace() throws -> NamedZone? {
        let city = try typed.city.map { try desk.place($0, field: "city") }
        guard let zone = try typed.zone.map({ try desk.place($0, field: "zone") }) else { return city }
        // The city says where, the zone which clock.
        return NamedZone(identifier: zone.identifier, label: city?.label ?? zone.label)
    }

    private func series(_ when: When?, _ zone: TimeZone?) throws -> RecurrencePhrase? {
        guard let text = typed.repeat else { return when?.recurrence }
        guard when?.recurrence == nil else {
            throw ScheduleError.notUnderstood(
                field: "repeat", text: text, reason: "the time already says how it repeats", suggestions: [])
        }
        let series = try reading("repeat") {
            try RecurrencePhrase.parse(text, in: desk.context(in: zone), from: when?.form.days?.lowerBound)
        }
        func refuse(_ reason: String) -> ScheduleError {
            .notUnderstood(
                field: "repeat", text: text, reason: reason,
                suggestions: [])
        }
        if when != nil, series.from != nil { throw refuse("the time already says from when") }
        switch when?.form {
        case .timed(let start, _) where series.isAllDay || series.time.map { $0 != start.time } ?? false:
            throw refuse("the time already names an hour")
        case .wholeDays where series.time != nil: throw refuse("the time already names whole days")
        default: break
        }
        return series
    }

    private func firstForm(_ series: RecurrencePhrase) throws -> When.Form {
        let day = series.firstDate
        guard let time = series.time else {
            return series.isAllDay ? .wholeDays(first: day, last: day) : .hourOpen(day)
        }
        let start = CivilDateTime(series.firstDate, time)
        let until = series.until.flatMap { until in
            CivilDateTime(series.firstDate, until).advanced(byDays: until <= time ? 1 : 0)
        }
        return .timed(start: start, until: until)
    }

    private func timing(_ form: When.Form, in place: NamedZone?) throws -> Timing {
        let length = try typed.duration.map { text in try reading("duration") { try DurationPhrase.parse(text) } }
        return try Timing(
            form, length: length, usual: MeetingDraft.usualLength, zone: place?.identifier ?? desk.reader.identifier,
            city: place?.label)
    }

    /// What depends on another meeting is only possible, until that is settled.
    private func status(_ links: DraftLinks) throws -> CoreStatus {
        guard let text = typed.status else { return typed.dependsOn == nil ? .confirmed : .possible }
        return try CoreStatus(understanding: text, field: "status")
    }

    /// Lets the series begin with the first date that its rule gives, and says so where that is another.
    private func fit(
        _ series: RecurrencePhrase, to timing: Timing, _ status: CoreStatus
    ) throws -> (Segment, [String]) {
        guard timing.form != .window else { throw MeetingProblem.windowRecurs }
        let zone = try desk.zones.zone(named: timing.zone)
        var segment = Segment(timing, status: status, rule: series.rule)
        var remarks: [String] = []
        let set = segment.recurrenceSet(in: zone)
        if !set.givesStart {
            guard let first = set.next(after: timing.start) else { throw MeetingProblem.neverOccurs }
            segment.timing = timing.starting(at: first)
            let skipped = "\(NotificationMessage.day(timing.start.date))"
            remarks = ["The rule does not give \(skipped): it begins on \(NotificationMessage.day(first.date))."]
        }
        try segment.recur(as: series, in: zone)
        return (segment, remarks + [segment.shortMonths(acceptedBy: series)].compactMap(\.self))
    }

    // MARK: Alarms

    /// A part whose time lies outside that of the whole is pointed out.
    private func outside(_ timing: Timing, _ links: DraftLinks) -> [String] {
        guard let whole = links.whole else { return [] }
        let last = whole.timing.isTimed ? whole.resolved.endReading.date : whole.timing.lastDay
        guard timing.start.date < whole.timing.start.date || timing.lastDayOfAny > last else { return [] }
        let days = NotificationMessage.days(whole.timing.start.date, last)
        return ["It lies outside \(whole.summary), \(days)."]
    }

    private func alarms(
        _ timing: Timing, _ links: DraftLinks = DraftLinks(), in view: ScheduleView?
    ) throws -> Alarms {
        let standard = try view?.defaultAlarms() ?? .standard
        guard let typed = typed.alarms else { return links.before == nil ? standard : .own([]) }
        return try Alarms(
            typed: typed, standard: standard, in: desk.context(in: try desk.zones.zone(named: timing.zone)),
            newID: newID)
    }
}

extension Timing {
    /// A timing from what was said of it.
    ///
    /// - Parameters:
    ///   - length: what was said beside it, with `--for`.
    ///   - usual: the length where nothing was said.
    init(
        _ form: When.Form, length: CalendarDuration?, usual: CalendarDuration, zone: String, city: String?
    ) throws {
        switch form {
        case .timed(let start, let until):
            if let until, length != nil, until != start { throw Timing.twoLengths }
            let spoken = until.map { until in
                let seconds = until.secondsSinceEpoch - start.secondsSinceEpoch
                return CalendarDuration(days: Int(seconds / 86_400), seconds: seconds % 86_400) ?? .zero
            }
            guard spoken.map({ $0 != .zero && $0.days >= 0 && $0.seconds >= 0 }) ?? true else {
                throw MeetingProblem.endBeforeStart
            }
            self.init(start: start, duration: length ?? spoken ?? usual, zone: zone, city: city)
        case .wholeDays(let first, let last), .window(let first, let last):
            let isWindow = if case .window = form { true } else { false }
            if length != nil { throw Timing.twoLengths }
            guard let timing = Timing(isWindow ? .window : .wholeDays, first: first, last: last, zone: zone, city: city)
            else { throw MeetingProblem.endBeforeStart }
            self = timing
        case .hourOpen(let date):
            if let length {
                // '3 dec' for two days is whole days; for an hour, the hour of it is missing.
                guard length.seconds == 0, length.days > 0, let last = date.advanced(byDays: length.days - 1),
                    let timing = Timing(.wholeDays, first: date, last: last, zone: zone, city: city)
                else { throw Timing.lengthWithoutHour(date) }
                self = timing
            } else {
                guard let timing = Timing(.hourOpen, first: date, last: date, zone: zone, city: city) else {
                    throw MeetingProblem.endBeforeStart
                }
                self = timing
            }
        case .timeOnly:
            throw MeetingProblem.dayRequired
        }
    }

    private static let twoLengths = ScheduleError.notUnderstood(
        field: "duration", text: "", position: 0, length: 0, reason: "the time already says how long it lasts",
        suggestions: [])

    private static func lengthWithoutHour(_ date: CivilDate) -> ScheduleError {
        .notUnderstood(
            field: "duration", text: "", position: 0, length: 0, reason: "a length needs an hour to begin at",
            suggestions: ["\(date.iso8601) 10:00"])
    }
}

extension CoreStatus {
    init(understanding text: String, field: String) throws {
        guard let status = CoreStatus(typed: text) else {
            throw ScheduleError.notUnderstood(
                field: field, text: text, reason: "there is no such status",
                suggestions: CoreStatus.allCases.map(\.rawValue))
        }
        self = status
    }
}

extension Alarms {
    /// At most so many alarms of one meeting.
    static let limit = 20

    /// The alarms that were typed; `none` alone stands for none, `standard` for the schedule's.
    init(typed: [String], standard: Alarms, in context: PhraseContext, newID: () -> String) throws {
        let words = typed.map { Folding.fold($0) }
        if words == ["standard"] {
            self = standard
            return
        }
        guard words != ["none"] else {
            self = .own([])
            return
        }
        guard typed.count <= Alarms.limit else {
            throw ScheduleError.tooMuch(what: "reminders of a meeting", limit: Alarms.limit)
        }
        var alarms: [ConveneCore.Alarm] = []
        for text in typed {
            let wish = try reading("alarms") { try AlarmPhrase.wish(text, in: context) }
            guard let wish else {
                throw ScheduleError.notUnderstood(
                    field: "alarms", text: text, reason: "'none' goes with no other reminder", suggestions: [])
            }
            guard !alarms.contains(where: { $0.trigger == wish.trigger }) else { continue }
            alarms.append(
                ConveneCore.Alarm(id: newID(), trigger: wish.trigger, whenLate: wish.whenLate ?? .keep))
        }
        self = .own(alarms.sorted { $0.id < $1.id })
    }
}
