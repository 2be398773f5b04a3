public import ZonedTime

// Each change is a pure function of the meeting: it gives the meeting as it then is, or says why it cannot be.
extension Meeting {
    /// Names, place or note of the whole, or of one occurrence.
    ///
    /// An empty place or note is taken away.
    public mutating func describe(
        _ recurrenceID: CivilDateTime?, summary: String? = nil, place: String? = nil, note: String? = nil
    ) throws(MeetingProblem) {
        if let summary {
            guard !summary.isEmpty else { throw .summaryMissing }
            try Meeting.check(summary, field: "summary", limit: Meeting.summaryLimit)
        }
        if let place { try Meeting.check(place, field: "place", limit: Meeting.placeLimit) }
        if let note { try Meeting.check(note, field: "note", limit: Meeting.noteLimit) }
        guard let recurrenceID else {
            if let summary { self.summary = summary }
            if let place { self.place = place.isEmpty ? nil : place }
            if let note { self.note = note.isEmpty ? nil : note }
            return
        }
        override(recurrenceID) {
            if let summary { $0.summary = summary }
            if let place { $0.place = place.isEmpty ? nil : place }
            if let note { $0.note = note.isEmpty ? nil : note }
        }
    }

    /// Writes a text behind the note that is there.
    public mutating func append(
        _ text: String, toNoteOf recurrenceID: CivilDateTime?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        let present = try occurrence(of: recurrenceID, in: zones)?.note ?? (recurrenceID == nil ? note : nil)
        try describe(recurrenceID, note: present.map { "\($0)\n\(text)" } ?? text)
    }

    /// Gives one occurrence, or a single meeting (`recurrenceID` is `nil`), another timing.
    public mutating func move(
        _ recurrenceID: CivilDateTime?, to timing: Timing, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        try Meeting.check(timing, in: zones)
        guard let occurrence = try occurrence(of: recurrenceID, in: zones) else {
            guard let recurrenceID else { throw .occurrenceRequired }
            throw .noSuchOccurrence(recurrenceID)
        }
        guard occurrence.status != .held else { throw .held }
        let standing = standing(of: occurrence)
        guard Act.move.isPossible(from: standing) else {
            throw .notPossible(.move, standing, of: periodName(of: recurrenceID))
        }
        // What was called off and gets a date again takes place again.
        let revived: Status? = occurrence.status == .postponed ? .confirmed : nil
        // A yes was said to another date.
        if occurrence.timing != timing { forgetYes(to: recurrenceID) }
        guard let recurrenceID else {
            segments[0].timing = timing
            if let revived { segments[0].status = revived }
            return
        }
        override(recurrenceID) {
            $0.timing = timing
            if let revived { $0.status = revived }
        }
    }

    /// Gives one occurrence, or the whole, another status.
    public mutating func setStatus(
        _ status: Status, of recurrenceID: CivilDateTime?, at now: Instant, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        if isSeries, recurrenceID == nil {
            guard self.status.canBecome(status) else { throw .statusChange(from: self.status, to: status) }
            guard status != .held else { throw .occurrenceRequired }
            // Each round is agreed by itself; as a whole they can be called off, and be owed again.
            guard rounds == nil || status == .possible || !status.reminds else { throw .isRounds }
            try beginSegments(at: now, in: zones) { $0.status = status }
            if !status.reminds { try carryStatus(status, from: now, in: zones) }
            return
        }
        guard let occurrence = try occurrence(of: recurrenceID, in: zones) else {
            guard let recurrenceID else { throw .occurrenceRequired }
            throw .noSuchOccurrence(recurrenceID)
        }
        guard occurrence.status.canBecome(status) else { throw .statusChange(from: occurrence.status, to: status) }
        // A round is agreed with its date, not before.
        if rounds != nil, occurrence.timing.form == .window, status.reminds { throw .noDateYet }
        if status == .held {
            if occurrence.startsAt > now { throw .notBegun(of: periodName(of: recurrenceID)) }
            if rounds != nil, occurrence.timing.form == .window { throw .noDateYet }
            number(recurrenceID)
        }
        if status == .confirmed, occurrence.status != .confirmed {
            number(recurrenceID)
            forgetYes(to: recurrenceID)
        }
        if let recurrenceID {
            override(recurrenceID) { $0.status = status }
        } else {
            segments[0].status = status
        }
    }

    /// Lets a series that does not take place take with it the occurrences that have a date or a status of their own.
    private mutating func carryStatus(
        _ status: Status, from now: Instant, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        for override in overrides {
            guard let occurrence = try occurrence(of: override.recurrenceID, in: zones), occurrence.startsAt >= now,
                occurrence.status.canBecome(status)
            else { continue }
            self.override(override.recurrenceID) { $0.status = status }
        }
    }

    /// Takes one occurrence out of the series (EXDATE).
    public mutating func exclude(_ recurrenceID: CivilDateTime, in zones: any TimeZoneSource) throws(MeetingProblem) {
        guard let occurrence = try occurrence(of: recurrenceID, in: zones) else {
            throw .noSuchOccurrence(recurrenceID)
        }
        guard occurrence.status != .held else { throw .held }
        overrides.removeAll { $0.recurrenceID == recurrenceID }
        rounds?.records.removeAll { $0.period == recurrenceID }
        answers.removeAll { $0.recurrenceID == recurrenceID }
        let index = segments.firstIndex { $0.covers(recurrenceID) } ?? segments.count - 1
        segments[index].dates.removeAll { $0 == recurrenceID }
        segments[index].exclusions.append(recurrenceID)
        segments[index].exclusions.sort()
    }

    /// Checks a timing: a zone that exists, an end after the start, a length within ten years.
    public static func check(_ timing: Timing, in zones: any TimeZoneSource) throws(MeetingProblem) {
        let resolved = ResolvedTiming(timing, in: try zones.zone(named: timing.zone))
        guard resolved.endsAt > resolved.startsAt else { throw .endBeforeStart }
        let longest = Int64(SpanClass.longest.days) * 86_400
        guard resolved.endsAt.seconds(since: resolved.startsAt) <= longest else { throw .tooLong(days: 3_650) }
    }
}
