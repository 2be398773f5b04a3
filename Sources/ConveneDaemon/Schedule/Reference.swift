import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

/// What a person called a meeting: a short number, a UID, or enough of the summary; `@DATE` behind it names an
/// occurrence.
struct Reference {
    let text: String
    let desk: Desk
    let view: ScheduleView

    /// A meeting, and where one was named, the occurrence of it.
    struct Found {
        let meeting: CoreMeeting
        /// `nil` for a single meeting, and where a series was named as a whole.
        let recurrenceID: CivilDateTime?
        /// Whether the reference named a date.
        let namesDate: Bool
    }

    /// Longer than any UID and date together.
    private static let longest = 500

    func find() throws -> Found {
        try CoreMeeting.check(text, field: "reference", limit: Reference.longest)
        // An imported UID may hold an @ itself.
        if let meeting = try view.meeting(uid: text) {
            return Found(meeting: meeting, recurrenceID: nil, namesDate: false)
        }
        // So may a summary.
        if text.contains("@") || text.contains("#"), let meeting = try named(text) {
            return Found(meeting: meeting, recurrenceID: nil, namesDate: false)
        }
        if let hash = text.lastIndex(of: "#"), let found = try round(text[..<hash], text[text.index(after: hash)...]) {
            return found
        }
        guard let at = text.lastIndex(of: "@") else {
            return Found(meeting: try meeting(text), recurrenceID: nil, namesDate: false)
        }
        let meeting = try meeting(String(text[..<at]))
        let recurrenceID = try occurrence(of: meeting, on: String(text[text.index(after: at)...]))
        return Found(meeting: meeting, recurrenceID: recurrenceID, namesDate: true)
    }

    // MARK: The round

    /// `dg#oct`, `dg#2019-10`, `dg#2`; `nil` where what stands before the `#` is held in no rounds, but a summary
    /// holds the whole.
    private func round(_ name: Substring, _ tag: Substring) throws -> Found? {
        let meeting: CoreMeeting
        do {
            meeting = try self.meeting(String(name))
        } catch ScheduleError.noSuchMeeting {
            return nil
        }
        guard let plan = try RoundPlan(meeting, at: desk.now, in: desk.zones) else { return nil }
        guard let period = try Reference.period(String(tag), of: plan, desk) else {
            throw ScheduleError.noSuchOccurrence(
                reference: text, date: String(tag),
                nearest: try plan.owed(limit: 3).map { "\(name)#\($0.name.short(on: desk.today))" })
        }
        return Found(meeting: meeting, recurrenceID: period, namesDate: true)
    }

    /// The period of a series that `oct`, `2019-10`, `q4`, `23 sep` or a round's number names.
    static func period(_ tag: String, of plan: RoundPlan, _ desk: Desk) throws -> CivilDateTime? {
        let zone = try desk.zones.zone(named: plan.meeting.timing.zone)
        let today = zone.reading(at: desk.now).date
        if let number = Int(tag), number < 1_000 {
            return try plan.round(number: number)?.period
        }
        // Of several years' the nearest, as lists call it too.
        if let named = plan.periods(within: 400, of: today).first(where: {
            plan.name(of: $0).short(on: today) == tag.lowercased()
        }) {
            return named
        }
        // A year is the whole name of its period, however far it is.
        if tag.utf8.count == 4, let year = Int(tag), let day = CivilDate(year: year, month: 1, day: 1),
            let period = plan.period(holding: day), plan.name(of: period).short(on: today) == tag
        {
            return period
        }
        let when = try reading("reference") { try WhenPhrase.parse(tag, in: desk.context(in: zone), for: .lookUp) }
        return when.form.days.flatMap { plan.period(holding: $0.lowerBound) }
    }

    // MARK: The meeting

    /// The one meeting of exactly that summary.
    private func named(_ summary: String) throws -> CoreMeeting? {
        let folded = Folding.fold(summary)
        let found = try view.numbers(calledExactly: folded, limit: 2)
        return found.count == 1 ? try view.meeting(found[0]) : nil
    }

    private func meeting(_ name: String) throws -> CoreMeeting {
        if let meeting = try view.meeting(uid: name) { return meeting }
        // Digits are a number and nothing else: nobody deletes the 3 for its '74'.
        if !name.isEmpty, name.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            if let number = Int(name), let meeting = try view.meeting(number) { return meeting }
            throw ScheduleError.noSuchMeeting(reference: name, suggestions: [])
        }
        let folded = Folding.fold(name)
        guard !folded.isEmpty else { throw ScheduleError.noSuchMeeting(reference: text, suggestions: []) }
        let found = try view.numbers(called: folded, limit: 200).compactMap { try view.meeting($0) }
        // What is still to come before what is over.
        let coming = try found.filter { meeting in
            try !meeting.occurrences(endingAfter: desk.now, limit: 1, in: desk.zones) { $0.status.reminds }.isEmpty
        }
        let candidates = coming.isEmpty ? found : coming
        if candidates.count == 1 { return candidates[0] }
        if candidates.isEmpty {
            let names = try view.newestSummaries(limit: 200)
            throw ScheduleError.noSuchMeeting(
                reference: name, suggestions: SummarySuggestions.nearest(to: name, among: names))
        }
        throw ScheduleError.ambiguousReference(
            reference: name, candidates: try candidates.prefix(10).map { try candidate($0) })
    }

    private func candidate(_ meeting: CoreMeeting) throws -> Candidate {
        let facts = WireFacts(
            zones: desk.zones, reader: desk.reader, standard: view.context.standardAlarms, now: desk.now)
        let next = try meeting.occurrences(endingAfter: desk.now, limit: 1, in: desk.zones).first
        return Candidate(
            number: meeting.number, summary: meeting.summary, status: WireStatus(meeting.status),
            next: try next.map { try facts.occurrence($0, of: meeting) })
    }

    // MARK: The occurrence

    private func occurrence(of meeting: CoreMeeting, on phrase: String) throws -> CivilDateTime? {
        let zone = try desk.zones.zone(named: meeting.timing.zone)
        let when = try reading("reference") {
            try WhenPhrase.parse(phrase, in: desk.context(in: zone), for: .lookUp)
        }
        guard let date = when.form.days?.lowerBound else {
            throw ScheduleError.noSuchOccurrence(reference: text, date: phrase, nearest: [])
        }
        var start: CivilDateTime?
        if case .timed(let reading, _) = when.form { start = reading }
        guard meeting.isSeries else {
            let single = try meeting.occurrence(of: nil, in: desk.zones)
            guard single?.timing.start.date == date else { throw try noSuch(meeting, date) }
            return nil
        }
        let from = zone.firstInstant(of: date).advanced(bySeconds: -2 * 86_400)
        let near = try meeting.occurrences(endingAfter: from, limit: 400, in: desk.zones)
            .filter { $0.timing.start.date <= (date.advanced(byDays: 2) ?? date) }
        let shown = near.filter { $0.timing.start.date == date && (start == nil || $0.timing.start == start) }
        if let found = shown.first { return found.recurrenceID }
        // Else the original date of one that was moved, perhaps far away.
        let moved = meeting.overrides.filter {
            $0.recurrenceID.date == date && (start == nil || $0.recurrenceID == start)
        }
        if let found = moved.first { return found.recurrenceID }
        throw try noSuch(meeting, date)
    }

    private func noSuch(_ meeting: CoreMeeting, _ date: CivilDate) throws -> ScheduleError {
        .noSuchOccurrence(reference: text, date: date.iso8601, nearest: try Reference.nearest(meeting, to: date, desk))
    }

    /// The dates of the occurrences around a date: one before, two from it on.
    static func nearest(_ meeting: CoreMeeting, to date: CivilDate, _ desk: Desk) throws -> [String] {
        let zone = try desk.zones.zone(named: meeting.timing.zone)
        let instant = zone.firstInstant(of: date)
        var near: [CoreOccurrence] = []
        if let before = try meeting.latestBegun(by: instant.advanced(bySeconds: -1), in: desk.zones) {
            near.append(before)
        }
        near += try meeting.occurrences(endingAfter: instant, limit: 2, in: desk.zones)
        return near.map { $0.timing.start.date.iso8601 }
    }
}
