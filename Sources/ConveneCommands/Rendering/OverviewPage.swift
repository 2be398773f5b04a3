import ConveneAPI
import PlainText
import ZonedTime

/// The first look in the morning: what is coming, what waits for a date or a word, what changed since yesterday.
struct OverviewPage {
    private static let labelColumns = 12
    /// So many the daemon shows.
    private static let overdueShown = 5

    let columns: Int
    /// The user id of the reader, who is called 'you'.
    let reader: Int

    func lines(_ overview: Overview.Reply) -> [Line] {
        let today = Reading(overview.now)?.date
        var lines = [heading(overview), Line()]
        let coming = self.coming(overview.coming, today: today)
        let open = waiting(overview) + overdue(overview) + missed(overview) + changed(overview, today: today)
        if coming.isEmpty && open.isEmpty {
            return lines + [#"Nothing is planned. To begin: convene add "Lunch" "fri 12:30""#] + problem(overview)
        }
        lines += coming
        if !coming.isEmpty && !open.isEmpty { lines.append(Line()) }
        return lines + open + problem(overview)
    }

    /// What keeps that from being said which is due; the last line, where the eye is.
    private func problem(_ overview: Overview.Reply) -> [Line] {
        guard let problem = overview.problem else { return [] }
        return [Line()]
            + problem.harmless.wrapped(to: columns - 2).enumerated().map { index, part in
                var line = Line(index == 0 ? "! " : "  ", .warning)
                line.append(part, .warning)
                return line
            }
    }

    /// `Thu 19 September 2019, 08:30 in Seoul`.
    private func heading(_ overview: Overview.Reply) -> Line {
        guard let now = Reading(overview.now) else { return Line(overview.now, .strong) }
        let time = now.time.map { CivilTime(hour: $0.hour, minute: $0.minute) ?? $0 }?.text ?? ""
        let place = overview.city ?? Zone.label(overview.zone)
        return Line("\(now.date.full), \(time) \(place == "UTC" ? "" : "in ")\(place)", .strong)
    }

    private func coming(_ occurrences: [Occurrence], today: CivilDate?) -> [Line] {
        if occurrences.isEmpty { return [] }
        let groups = DayGroup.groups(occurrences)
        let labels = groups.map { label($0, today: today) }
        let margin = max(OverviewPage.labelColumns, (labels.map(\.columns).max() ?? 0) + 2)
        let table = OccurrenceTable(occurrences, margin: margin, columns: columns)
        var lines = table.heading.map { [$0] } ?? []
        for (group, label) in zip(groups, labels) {
            for (index, occurrence) in group.occurrences.enumerated() {
                lines += table.lines(occurrence, margin: index == 0 ? label : "")
            }
        }
        return lines
    }

    /// 'Today' and 'Tomorrow' are said only where the dates there and here agree.
    private func label(_ group: DayGroup, today: CivilDate?) -> String {
        let days = group.days
        if let today, days.count == 1 {
            let agrees = group.occurrences.allSatisfy { Reading($0.here.start)?.date == days.first }
            if agrees, days.first == today { return "Today" }
            if agrees, days.first == today.advanced(byDays: 1) { return "Tomorrow" }
        }
        let isThisYear = today.map { $0.year == days.last.year && $0.year == days.first.year } ?? false
        return isThisYear ? days.compact : days.isWholeMonth ? "\(days.compact) \(days.last.year)" : days.long
    }

    /// Windows without a date, days without an hour.
    private func waiting(_ overview: Overview.Reply) -> [Line] {
        let rows = overview.waiting.map { occurrence -> Row in
            let when = ClockSpan(occurrence.there)?.phrase(occurrence.form) ?? occurrence.there.start
            let clause = when.hasPrefix("Some day") ? "s" + when.dropFirst() : when
            return (String(occurrence.number), "\(occurrence.summary): \(clause)", "")
        }
        let all = overview.depending ?? []
        let more: [Row] =
            all.count > Overview.dependingLimit ? [("", "and more: convene list --status possible", "")] : []
        let depending = all.suffix(Overview.dependingLimit).map { dependency -> Row in
            let on = MeetingName.number(dependency.on)
            let number = String(dependency.occurrence.number)
            guard dependency.on.settled else { return (number, "for \(on) to be held", "") }
            let state = dependency.on.isGone ? "is gone" : "was \(dependency.on.state)"
            return (number, "to be decided: \(on) \(state)", "convene \(decision(on: dependency.occurrence))")
        }
        return lines("Waiting", depending + more + rows, overview)
    }

    /// How it is decided that what waits takes place.
    private func decision(on occurrence: Occurrence) -> String {
        // Rounds have their dates one by one, and a series has them all.
        if occurrence.round != nil { return "edit \(occurrence.number) --if none" }
        return occurrence.recurrenceId == nil ? "fix \(occurrence.number) DATE" : "confirm \(occurrence.number)"
    }

    /// What is over and was not marked as held.
    private func overdue(_ overview: Overview.Reply) -> [Line] {
        let rows = overview.overdue.map { occurrence -> Row in
            let since = ClockSpan(occurrence.there)?.days.last.short ?? occurrence.there.end
            let date =
                occurrence.round.map { "#\($0.tag)" } ?? occurrence.recurrenceId.map { "@\($0.prefix(10))" } ?? ""
            let command = "convene held \(occurrence.number)\(date)"
            let over = ", over since \(since)"
            let room = columns - OverviewPage.labelColumns - numberColumns(overview) - 2 - command.columns - 2
            let summary = occurrence.summary.harmless.shortened(to: max(room - over.columns, 1))
            return (String(occurrence.number), summary + over, command)
        }
        return lines("Overdue", rows, overview) + moreOverdue(overview)
    }

    /// `and 2 more: convene list --from 2019-08-26 --until today`.
    private func moreOverdue(_ overview: Overview.Reply) -> [Line] {
        guard let last = overview.overdue.last, let from = ClockSpan(last.there)?.start.date.iso8601 else { return [] }
        let more = overview.overdueCount.map { $0 - overview.overdue.count }
        // An older daemon counts none and shows all there are, at most five.
        if more ?? (overview.overdue.count < OverviewPage.overdueShown ? 0 : 1) <= 0 { return [] }
        let count = more.map { "\($0) more" } ?? "more"
        let line = "and \(count): convene list --from \(from) --until today"
        return [Line(String(repeating: " ", count: OverviewPage.labelColumns) + line, .faint)]
    }

    private func missed(_ overview: Overview.Reply) -> [Line] {
        guard overview.missed > 0 else { return [] }
        let what = overview.missed == 1 ? "1 reminder" : "\(overview.missed) reminders"
        return lines("Missed", [("", what, "convene next --missed")], overview)
    }

    private func changed(_ overview: Overview.Reply, today: CivilDate?) -> [Line] {
        let rows = entries(overview).map { ($0.numbers, $0.what, $0.by) }
        let yesterday = today?.advanced(byDays: -1)
        let isYesterday = yesterday != nil && overview.changed.allSatisfy { Reading($0.here)?.date == yesterday }
        return lines("Changed", below: isYesterday ? "yesterday" : "", rows, overview)
    }

    /// In the order in which it happened.
    private func entries(_ overview: Overview.Reply) -> [ChangeEntry] {
        ChangeEntry.entries(overview.changed.reversed(), reader: reader)
    }

    private typealias Row = (number: String, what: String, atRight: String)

    /// Rows behind a label.
    ///
    /// - Parameter below: stands before the second row; a single row says by itself which day it is of.
    private func lines(_ label: String, below: String = "", _ rows: [Row], _ overview: Overview.Reply) -> [Line] {
        let start = OverviewPage.labelColumns + numberColumns(overview) + 2
        return rows.enumerated().map { index, row in
            var line = Line((index == 0 ? label : index == 1 ? below : "").padded(to: OverviewPage.labelColumns))
            line.append(row.number)
            line.pad(to: start)
            let room = columns - start - (row.atRight.isEmpty ? 0 : row.atRight.columns + 2)
            line.append(row.what.harmless.shortened(to: room))
            line.pad(to: columns - row.atRight.columns)
            line.append(row.atRight, .faint)
            return line
        }
    }

    /// Numbers stand in one column, whatever they are there for.
    private func numberColumns(_ overview: Overview.Reply) -> Int {
        let numbers =
            (overview.waiting + overview.overdue + (overview.depending ?? []).map(\.occurrence)).map {
                String($0.number)
            }
            + entries(overview).map(\.numbers)
        return numbers.map(\.columns).max() ?? 0
    }
}

/// One line of the log for people; meetings added one after another by the same person share a line.
struct ChangeEntry {
    private(set) var numbers: String
    private(set) var what: String
    private(set) var by: String

    static func entries(_ records: [LogRecord], reader: Int) -> [ChangeEntry] {
        var entries: [ChangeEntry] = []
        var isAdding: LogRecord?
        for record in records {
            let number = MeetingName.number(record.number, tag: record.round)
            if let previous = isAdding, record.verb == "add", record.byUid == previous.byUid, !record.undone,
                let last = entries.last, last.numbers.columns + number.columns + 1 <= 12
            {
                entries[entries.count - 1].numbers += " \(number)"
                entries[entries.count - 1].what = "new"
                continue
            }
            entries.append(ChangeEntry(record, reader: reader))
            isAdding = record.verb == "add" && !record.undone ? record : nil
        }
        return entries
    }

    init(_ record: LogRecord, reader: Int) {
        numbers = record.number == 0 ? "" : MeetingName.number(record.number, tag: record.round)
        let isNew = record.verb == "add"
        what =
            record.number == 0
            ? "\(record.summary): \(record.what)"
            : isNew ? "\(record.summary): new" : record.what.isEmpty ? record.verb : record.what
        if record.undone { what += " (undone)" }
        let name = record.byUid == reader ? "you" : record.byName.harmless
        let here = Reading(record.here)
        by = "\(here.map { "\($0.date.weekday.short) \($0.time?.text.prefix(5) ?? "")" } ?? record.here), \(name)"
    }
}
