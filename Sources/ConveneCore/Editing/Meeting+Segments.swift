import Recurrence
public import ZonedTime

extension Meeting {
    /// The original start of the next occurrence of the last segment, from `instant` on, or `nil`.
    public func nextOriginalStart(from instant: Instant, in zones: any TimeZoneSource) throws(MeetingProblem)
        -> CivilDateTime?
    {
        let segment = segments[segments.count - 1]
        let zone = try zones.zone(named: segment.timing.zone)
        let starts = segment.recurrenceSet(in: zone).starts(from: zone.reading(at: instant))
        for start in starts { return start }
        return nil
    }

    /// Begins a new segment with the next occurrence from `instant` on, changed by `change`; the past stays.
    ///
    /// - Parameters:
    ///   - original: what it was before its segments were joined, where they were.
    ///   - isMove: whether another start moves each of its dates as far.
    /// - Returns: the recurrence ids of the overrides that match no start of the new rule any more, which stay as dated
    ///   occurrences; and where only the hour of its rule changed, how its dates are called since.
    @discardableResult
    public mutating func beginSegment(
        at instant: Instant, in zones: any TimeZoneSource, insteadOf original: Meeting? = nil, isMove: Bool = false,
        _ change: (inout Segment) throws(MeetingProblem) -> Void
    ) throws(MeetingProblem) -> (strays: [CivilDateTime], move: SeriesMove?) {
        let before = original ?? self
        guard let boundary = try nextOriginalStart(from: instant, in: zones) else { throw .seriesIsOver }
        let old = segments[segments.count - 1]
        let zone = try zones.zone(named: old.timing.zone)
        // What comes next may be a date beside the rule: that has an hour of its own, and the rule keeps its.
        let anchor = old.ruleStart(onOrAfter: boundary, in: zone) ?? boundary
        var new = old
        new.timing = old.timing.starting(at: anchor)
        new.rule = try old.rule.map { rule throws(MeetingProblem) in try old.remaining(rule, from: boundary, in: zone) }
        new.dates = old.dates.filter { $0 >= boundary }
        new.exclusions = old.exclusions.filter { $0 >= boundary }
        try change(&new)
        try Meeting.check(new.timing, in: zones)
        let limit = min(boundary, new.timing.start)
        try checkNothing(from: limit, before: boundary, in: zones)

        // Where nothing of the old segment is past, the new one takes its place.
        let isFirst = old.recurrenceSet(in: zone).previous(before: boundary) == nil
        if isFirst {
            segments[segments.count - 1] = new
            // The one before it ends where it did: what its rule gives behind that is none of its dates.
            if segments.count > 1 {
                let index = segments.count - 2
                segments[index].endsBefore = min(limit, segments[index].endsBefore ?? limit)
            }
        } else {
            segments[segments.count - 1].endsBefore = limit
            segments[segments.count - 1].dates.removeAll { $0 >= boundary }
            segments[segments.count - 1].exclusions.removeAll { $0 >= boundary }
            segments.append(new)
        }
        let move = old.changeOfHour(to: new, from: anchor, in: zone)
        let strays = try carryOverrides(from: boundary, of: before, after: move, to: segments.count - 1, in: zones)
        let start = segments[segments.count - 1].timing.start
        let moved = isMove && start != anchor ? SeriesMove(former: anchor, present: start) : nil
        try carryNotes(from: boundary, of: before, after: move ?? moved, in: zones)
        return (strays, move)
    }

    /// The names of occurrences go up from segment to segment: a new one cannot begin before a date that stays.
    private func checkNothing(
        from limit: CivilDateTime, before boundary: CivilDateTime, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        guard limit < boundary else { return }
        for segment in segments {
            let zone = try zones.zone(named: segment.timing.zone)
            let last = segment.recurrenceSet(in: zone).previous(before: min(boundary, segment.endsBefore ?? boundary))
            if let last, last >= limit { throw .beforeDateThatStays(last) }
        }
    }

    /// The segment in which the next occurrence from `instant` on stands: `nil` where none is to come.
    private func indexOfNext(from instant: Instant, in zones: any TimeZoneSource) throws(MeetingProblem) -> Int? {
        for (index, segment) in segments.enumerated() {
            let zone = try zones.zone(named: segment.timing.zone)
            let next = segment.recurrenceSet(in: zone).next(onOrAfter: zone.reading(at: instant))
            if let next, segment.covers(next) { return index }
        }
        return nil
    }

    /// Lets the segment of the next occurrence go on without an end: those that were planned behind it go.
    public mutating func joinSegments(from instant: Instant, in zones: any TimeZoneSource) throws(MeetingProblem) {
        guard let index = try indexOfNext(from: instant, in: zones), index + 1 < segments.count else { return }
        segments.removeSubrange((index + 1)...)
        segments[index].endsBefore = nil
    }

    /// Changes everything to come from `instant` on, also what other segments will hold; the past stays.
    mutating func beginSegments(
        at instant: Instant, in zones: any TimeZoneSource, _ change: (inout Segment) -> Void
    ) throws(MeetingProblem) {
        guard let index = try indexOfNext(from: instant, in: zones), index + 1 < segments.count else {
            try beginSegment(at: instant, in: zones) { change(&$0) }
            return
        }
        let later = segments[(index + 1)...].map { segment in
            var segment = segment
            change(&segment)
            return segment
        }
        // For a moment it is the last one, so that it can be split as the last one is.
        let end = segments[index].endsBefore
        segments.removeSubrange((index + 1)...)
        try beginSegment(at: instant, in: zones) { change(&$0) }
        segments[segments.count - 1].endsBefore = end
        if let end { segments[segments.count - 1].dates.removeAll { $0 >= end } }
        segments += later
    }

    /// Lets overrides follow into a new segment: where only the hour changed, every original start has its counterpart on the
    /// same day; so has one whose day neither rule gives twice.
    private mutating func carryOverrides(
        from boundary: CivilDateTime, of old: Meeting, after move: SeriesMove?, to index: Int,
        in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> [CivilDateTime] {
        let new = segments[index]
        let zone = try zones.zone(named: new.timing.zone)
        let set = segments[index].recurrenceSet(in: zone)
        var strays: [CivilDateTime] = []
        var kept: [Override] = []
        for override in overrides {
            guard override.recurrenceID >= boundary else {
                kept.append(override)
                continue
            }
            let name = override.recurrenceID
            var id = name.advanced(bySeconds: move?.shift ?? 0) ?? name
            if !set.contains(id) {
                let sameDay = set.starts(on: name.date, limit: 2)
                let isAlone = try old.names(on: name.date, in: zones) == [name]
                id = isAlone && sameDay.count == 1 ? sameDay[0] : name
            }
            let isStray = !set.contains(id)
            // What was called off, and is left out besides, is none that stays.
            if isStray, override.status == .cancelled, new.exclusions.contains(id) { continue }
            kept.append(override.renamed(id))
            if isStray { strays.append(id) }
        }
        segments[index].dates += strays
        segments[index].exclusions.removeAll(where: strays.contains)
        overrides = kept.sorted { $0.recurrenceID < $1.recurrenceID }
        segments[index].dates = Set(segments[index].dates).sorted()
        return strays
    }

    /// Lets what was noted of a date, and put off, follow it to its new name.
    private mutating func carryNotes(
        from boundary: CivilDateTime, of old: Meeting, after move: SeriesMove?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        let meeting = self
        try renameNoted { name throws(MeetingProblem) in
            guard let name, name >= boundary else { return name }
            return try meeting.name(of: name, in: old, after: move, in: zones)
        }
    }

    private mutating func renameNoted(
        _ present: (CivilDateTime?) throws(MeetingProblem) -> CivilDateTime?
    ) throws(MeetingProblem) {
        notes = try notes.map { note throws(MeetingProblem) in
            DatedNote(date: note.date, text: note.text, recurrenceID: try present(note.recurrenceID))
        }
        snoozes = try snoozes.map { snooze throws(MeetingProblem) in
            Snooze(id: snooze.id, recurrenceID: try present(snooze.recurrenceID), trigger: snooze.trigger)
        }
    }

    /// Lets what was put off follow a meeting that became a series: it is of the date that this is then.
    public mutating func carrySnoozes(after move: SeriesMove?) {
        guard let name = move?.present else { return }
        snoozes = snoozes.map { Snooze(id: $0.id, recurrenceID: $0.recurrenceID ?? name, trigger: $0.trigger) }
    }

    /// Lets a meeting that was held, and becomes a series, be held as its first date alone.
    public mutating func keepFirstHeld() {
        segments[0].status = .confirmed
        overrides = [Override(segments[0].timing.start, status: .held)]
    }

    /// Ends the rule with the next occurrence from `instant` on, which stays as it was agreed.
    ///
    /// - Returns: the dates that stay beside it because they were changed; and where it is a meeting of its own now, that its
    ///   name is gone.
    public mutating func endRule(
        at instant: Instant, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> (strays: [CivilDateTime], move: SeriesMove?) {
        let original = self
        try joinSegments(from: instant, in: zones)
        let strays = try beginSegment(at: instant, in: zones, insteadOf: original) { segment throws(MeetingProblem) in
            segment.rule = nil
            segment.dates = []
        }.strays
        guard !isSeries else { return (strays, nil) }
        let name = timing.start
        if let own = override(of: name) {
            segments[0].timing = own.timing ?? timing
            segments[0].status = own.status ?? status
            summary = own.summary ?? summary
            place = own.place ?? place
            note = own.note ?? note
        }
        overrides = []
        try renameNoted { $0 == name ? nil : $0 }
        return (strays, SeriesMove(former: name, present: nil))
    }

    /// Moves a series from the next occurrence on to another hour, day, zone or length.
    @discardableResult
    public mutating func moveAll(
        from instant: Instant, to timing: (Timing) -> Timing, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> [CivilDateTime] {
        guard let next = try nextOriginalStart(from: instant, in: zones) else { throw .seriesIsOver }
        return try beginSegment(at: instant, in: zones, isMove: true) { segment throws(MeetingProblem) in
            let moved = timing(segment.timing.starting(at: next))
            let start = segment.timing.start
            if segment.rule?.byHour.isEmpty == false, moved.start.time != next.time { throw .hourIsInRule }
            // Another day of a date beside the rule says nothing of the days of the rule.
            guard start == next || moved.start.date == next.date else { throw .dayIsInRule }
            let movedStart = start == next ? moved.start : CivilDateTime(start.date, moved.start.time)
            segment.rule = try segment.rule?.moved(from: start.date, to: movedStart.date)
                .endingLater(bySeconds: movedStart.secondsSinceEpoch - start.secondsSinceEpoch)
            segment.timing = moved.starting(at: movedStart)
            guard movedStart.date == start.date else { return }
            // What is beside the rule, and what was taken out, has its counterpart on the same day.
            let shift = movedStart.secondsSinceEpoch - start.secondsSinceEpoch
            segment.dates = segment.dates.compactMap { $0.advanced(bySeconds: shift) }
            segment.exclusions = segment.exclusions.compactMap { $0.advanced(bySeconds: shift) }
        }.strays
    }
}

extension Override {
    func renamed(_ recurrenceID: CivilDateTime) -> Override {
        Override(recurrenceID, timing: timing, status: status, summary: summary, place: place, note: note)
    }
}

extension Segment {
    /// The first start that the rule gives from a reading on, whatever dates stand beside it.
    fileprivate func ruleStart(onOrAfter reading: CivilDateTime, in zone: TimeZone) -> CivilDateTime? {
        guard let rule else { return nil }
        return RecurrenceSet(
            start: timing.start, rules: [rule], dates: [], exclusions: exclusions, isWholeDays: !timing.isTimed,
            zone: zone
        ).next(onOrAfter: reading)
    }

    /// The rule for what is left from `boundary` on: a COUNT less what was counted before.
    func remaining(
        _ rule: RecurrenceRule, from boundary: CivilDateTime, in zone: TimeZone
    ) throws(MeetingProblem) -> RecurrenceRule {
        guard case .count(let count) = rule.end else { return rule }
        // COUNT counts the instances of the rule, also those that were excluded.
        let all = RecurrenceSet(
            start: timing.start, rules: [rule], dates: [], exclusions: [], isWholeDays: !timing.isTimed, zone: zone)
        let left = count - all.count(before: boundary)
        guard left > 0 else { throw .seriesIsOver }
        return rule.ending(.count(left))
    }
}

extension RecurrenceRule {
    /// The same pattern, whatever its end.
    var withoutEnd: RecurrenceRule { ending(.never) }

    func ending(_ end: End) -> RecurrenceRule {
        var rule = self
        rule.end = end
        return rule
    }

    /// The rule with its UNTIL moved as its instances are, so that none is lost at the end.
    func endingLater(bySeconds shift: Int64) -> RecurrenceRule {
        switch end {
        case .never, .count: self
        case .untilDate(let date): ending(.untilDate(date.advanced(byDays: Int(shift / 86_400)) ?? date))
        case .untilLocal(let reading): ending(.untilLocal(reading.advanced(bySeconds: shift) ?? reading))
        case .untilInstant(let instant): ending(.untilInstant(instant.advanced(bySeconds: shift)))
        }
    }

    /// The rule for a series that is moved to another day: what it leaves to the start follows by itself,
    /// a single weekday or day of the month is written anew, anything else has to be said.
    func moved(from old: CivilDate, to new: CivilDate) throws(MeetingProblem) -> RecurrenceRule {
        if old == new { return self }
        var rule = self
        switch frequency {
        case .weekly where byDay == [WeekdayOrdinal(old.weekday)]:
            rule.byDay = [WeekdayOrdinal(new.weekday)]
        case .monthly where byMonthDay == [old.day] && byDay.isEmpty,
            .yearly where byMonthDay == [old.day] && byMonth == [old.month] && byDay.isEmpty:
            rule.byMonthDay = [new.day]
            if frequency == .yearly { rule.byMonth = [new.month] }
        default:
            let isFree =
                byDay.isEmpty && byMonthDay.isEmpty && byYearDay.isEmpty && byWeekNumber.isEmpty && byMonth.isEmpty
            guard isFree else { throw .dayIsInRule }
        }
        return rule
    }
}
