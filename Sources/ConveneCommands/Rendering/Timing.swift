import ConveneAPI
import ZonedTime

/// When an occurrence takes place, on the clock there and on the clock here.
struct Timing {
    private let occurrence: Occurrence
    let there: ClockSpan?
    let here: ClockSpan?

    init(_ occurrence: Occurrence) {
        self.occurrence = occurrence
        there = ClockSpan(occurrence.there)
        here = ClockSpan(occurrence.here)
    }

    var form: Form { occurrence.form }

    /// Both clocks show the same, or it has no hour that could differ.
    var clocksAgree: Bool {
        form != .timed || (there?.start == here?.start && there?.end == here?.end)
    }

    /// The lines that say when: there; here where the clock differs; and at the seats of those who meet.
    ///
    /// - Parameters:
    ///   - behind: what else belongs to the place.
    ///   - columns: where a line does not fit, what follows the time stands below it.
    func lines(
        movedFrom before: Timing? = nil, seats: [Span] = [], behind: String = "", columns: Int = .max
    ) -> [Line] {
        guard let there, let here else {
            // A daemon that sends other dates than the interface says: shown as they are.
            return [Line("\(occurrence.there.start) – \(occurrence.there.end)   \(occurrence.there.zone)")]
        }
        let seats = seats.compactMap(ClockSpan.init)
        let asThere = seats.filter { $0.hasSameTimes(as: there) }.map(\.place)
        func lines(_ when: String, _ place: String, _ style: Style = .plain) -> [Line] {
            let whole = Line("\(when)   \(place)", style)
            if whole.columns <= columns { return [whole] }
            return [Line(when, style)] + place.wrapped(to: columns - 3).map { Line("   " + $0, style) }
        }
        var all = lines(
            phrase(there, before?.there, before?.form), there.place + relation(sharedWith: asThere) + behind)
        if !clocksAgree {
            let asHere = seats.filter { $0.hasSameTimes(as: here) }.map { "in \($0.place)" }
            let places = asHere.isEmpty ? "here" : "here, and \(asHere.joined(separator: ", "))"
            all += lines(phrase(here, before?.here, before?.form), places, .faint)
        }
        for seat in seats where !seat.hasSameTimes(as: there) && !seat.hasSameTimes(as: here) {
            all += lines(seat.phrase(form), "in " + seat.place, .faint)
        }
        return all
    }

    private func phrase(_ span: ClockSpan, _ before: ClockSpan?, _ formBefore: Form?) -> String {
        guard let before, let formBefore, before.start != span.start || before.end != span.end else {
            return span.phrase(form)
        }
        return span.phrase(form, movedFrom: before, formBefore)
    }

    /// ` (same time here)`, ` (same time in Tokyo)`, ` (13 hours behind here)`, or nothing to say.
    private func relation(sharedWith places: [String]) -> String {
        guard let there, let here else { return "" }
        if form == .timed {
            let isShared = clocksAgree && there.zone != here.zone
            let shared = (isShared ? ["here"] : []) + places.map { "in \($0)" }
            return shared.isEmpty ? "" : " (same time \(shared.joined(separator: ", ")))"
        }
        guard there.zone != here.zone else { return "" }
        switch form {
        case .timed, .window: return ""
        case .wholeDays, .hourOpen: return here.start.time == nil ? "" : difference(there, here)
        }
    }

    /// A day there begins at midnight there; what the clock here shows then is how far the two are apart.
    private func difference(_ there: ClockSpan, _ here: ClockSpan) -> String {
        guard let time = here.start.time else { return "" }
        let minutes =
            here.start.date.days(since: there.start.date) * 1440
            + (time.secondOfDay - (there.start.time?.secondOfDay ?? 0)) / 60
        if minutes == 0 { return form == .wholeDays ? " (same time here)" : "" }
        let (hours, rest) = abs(minutes).quotientAndRemainder(dividingBy: 60)
        let length = rest == 0 ? (hours == 1 ? "1 hour" : "\(hours) hours") : "\(hours) h \(rest) min"
        return " (\(length) \(minutes > 0 ? "behind" : "ahead of") here)"
    }

    /// What a clock change does to its start, or `nil`.
    var clockChange: String? {
        guard form == .timed, let start = there?.start, let time = start.time else { return nil }
        let actual = Reading(String(occurrence.startsAt.prefix(19)))?.time
        switch occurrence.clockChange {
        case .exact:
            return nil
        case .skipped where actual != nil && actual != time:
            return "Clocks go forward: \(time.text) is skipped on \(start.date.short), so it begins at "
                + "\((actual ?? time).text) there."
        case .skipped:
            return "Clocks go forward on \(start.date.short): the hour meant is skipped, so it begins at "
                + "\(time.text) there."
        case .repeated:
            return "Clocks go back: \(time.text) comes twice on \(start.date.short); the first is meant."
        }
    }
}
