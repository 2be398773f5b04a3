import ConveneAPI
import ZonedTime

/// What a write did, printed back in full, in the order in which one would say it aloud:
/// what, when there, when here, what follows from it, what is still open.
struct ChangePage {
    let columns: Int

    func lines(_ change: Change) -> [Line] {
        let meeting = change.meeting
        let occurrence = change.occurrence
        // Of rounds as a whole, how often is the news; of one of them, which it is.
        let isWhole = meeting.rounds != nil && (change.ties?.rounds.count ?? 0) > 1
        let round = isWhole ? nil : occurrence?.round
        var sheet = Sheet(
            number: MeetingName.number(meeting.number, round),
            summary: MeetingName.summary(occurrence?.summary ?? meeting.summary, round),
            status: isWhole
                ? MeetingName.cadence(meeting) : MeetingName.standing(occurrence?.status ?? meeting.status, round),
            columns: columns)
        if isWhole {
            sheet.add(headsOf: change.ties, since: true)
            sheet.add(rounds: change.ties?.rounds ?? [])
        } else {
            let sideline = change.ties?.links.first { $0.kind == .sidelines }
            sheet.add(
                when: occurrence, before: change.before, of: meeting, seats: change.ties?.seats,
                behind: sideline.map { ", on the sidelines of \($0.number)" } ?? "")
            if round?.standing == .open { sheet.add(declined: change.ties) }
            let isNews = meeting.revision == 1 || [.proposed, .possible].contains(occurrence?.status ?? meeting.status)
            if isNews, round?.standing != .open { sheet.add(headsOf: change.ties, since: false) }
        }
        sheet.add(linksOf: change.ties, occurrence?.status ?? meeting.status)
        sheet.add(next: change.next, after: occurrence)
        let isFollower = change.ties?.links.contains { $0.kind == .after } ?? false
        if !isFollower || !change.reminders.isEmpty {
            sheet.add(reminders: change.reminders, of: meeting, around: occurrence)
        }
        sheet.add(answersOf: change.ties)
        if !isWhole { sheet.add(nextRound: change.ties) }
        sheet.add(place: occurrence?.place ?? meeting.place, beside: occurrence?.there.city ?? meeting.city)
        if let note = occurrence?.note ?? meeting.note { sheet.add(label: "Note", note) }
        let isDependent = change.ties?.links.contains { $0.kind == .dependsOn } ?? false
        if round == nil, !isWhole, !isDependent {
            sheet.add(stillOpenOf: occurrence?.form ?? meeting.form, meeting.status)
        }
        for remark in change.remarks { sheet.add(remark, .faint) }
        if let clockChange = occurrence.flatMap({ Timing($0).clockChange }) { sheet.warn(clockChange) }
        for warning in change.warnings { sheet.warn(warning) }
        return sheet.lines
    }
}

/// The lines that the pages of one meeting have in common.
extension Sheet {
    /// The sentence of a series, and when the occurrence takes place.
    mutating func add(
        when occurrence: Occurrence?, before: Occurrence? = nil, of meeting: Meeting, seats: [Span]? = nil,
        behind: String = ""
    ) {
        if let round = occurrence?.round, [.open, .postponed, .skipped, .merged].contains(round.standing) {
            add(withoutDate: round)
            return
        }
        let sentence = meeting.sentence.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        // Of an occurrence that differs from its series, the date is the news.
        let isOwn = occurrence?.changed ?? false
        if let sentence, !isOwn { add(sentence) }
        if let occurrence {
            let lines = Timing(occurrence).lines(
                movedFrom: before.map { Timing($0) }, seats: seats ?? [], behind: behind, columns: columns - indent)
            for line in lines { add(line) }
        } else if sentence == nil {
            add("No date yet")
        }
        if let sentence, isOwn { add(label: "Series", sentence) }
    }

    /// The next occurrences of a series: the day there, and the time where it is another one.
    mutating func add(next: [Occurrence], after shown: Occurrence?) {
        let following = next.filter { $0.there != shown?.there && $0.status != .held }
        guard let first = shown ?? following.first else { return }
        var known = Timing(first)
        var items: [String] = []
        for occurrence in following {
            let timing = Timing(occurrence)
            guard let there = timing.there else { continue }
            var item = there.days.count == 1 || timing.form == .timed ? there.start.date.short : there.days.short
            if there.start.date.year != known.there?.start.date.year { item += " \(there.start.date.year)" }
            if let hours = there.hours, hours != known.there?.hours || items.isEmpty && shown == nil {
                item += ", \(hours)"
            }
            if !timing.clocksAgree, let hours = timing.here?.hours, hours != known.here?.hours {
                item += " (\(hours) here)"
            }
            if occurrence.status != first.status { item += " \(occurrence.status.rawValue)" }
            items.append(item)
            known = timing
        }
        add(label: "Next", items: items)
    }

    /// When the reader will be reminded, on the clock here.
    mutating func add(reminders: [Reminder], of meeting: Meeting, around occurrence: Occurrence?) {
        let year = occurrence.flatMap { Reading($0.here.start)?.date.year }
        let round = occurrence?.round.flatMap { $0.standing == .open ? $0 : nil }
        // Those of the standard ask for the date of an open round; what was fixed, or put off, comes whatever it has.
        let asking = round == nil ? [] : reminders.filter(\.alarm.standard)
        var items = reminders.filter { !asking.contains($0) }.map { reminder in
            guard let here = Reading(reminder.here) else { return reminder.here }
            return here.short(knowing: year ?? here.date.year)
        }
        if let round, let first = asking.first {
            let day = Reading(first.there).map { $0.date.year == year ? $0.date.short : $0.date.long } ?? first.there
            items.append("\(day), if \(round.name) has no date by then")
        }
        let reminds = [.proposed, .possible, .confirmed].contains(occurrence?.status ?? meeting.status)
        if items.isEmpty, meeting.alarms.isEmpty, reminds {
            add(label: "Reminder", "none")
        } else {
            add(label: items.count == 1 ? "Reminder" : "Reminders", items: items)
        }
    }

    /// A room or an address; a city alone has been said.
    mutating func add(place: String?, beside city: String?) {
        if let place, !place.isEmpty, place != city { add(label: "Place", place) }
    }

    mutating func add(stillOpenOf form: Form, _ status: Status) {
        guard [.proposed, .possible, .confirmed].contains(status) else { return }
        switch form {
        case .hourOpen: add(label: "Still open", "the hour")
        case .window: add(label: "Still open", "the date")
        case .timed, .wholeDays: break
        }
    }
}
