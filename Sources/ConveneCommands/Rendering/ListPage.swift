import ConveneAPI
import ZonedTime

/// What takes place, by the day there.
struct ListPage {
    let columns: Int
    /// The year that goes without saying.
    let year: Int

    func lines(_ occurrences: [Occurrence]) -> [Line] {
        if occurrences.isEmpty { return ["Nothing is planned then."] }
        let table = OccurrenceTable(occurrences, margin: 1, columns: columns)
        var lines = table.heading.map { [$0] } ?? []
        for group in DayGroup.groups(occurrences) {
            lines.append(Line(heading(group), .strong))
            for occurrence in group.occurrences { lines += table.lines(occurrence) }
        }
        return lines
    }

    private func heading(_ group: DayGroup) -> String {
        let days = group.days
        if days.isWholeMonth, group.occurrences.allSatisfy({ $0.form == .window }) {
            return days.first.year == year ? days.first.monthName : "\(days.first.monthName) \(days.first.year)"
        }
        return days.first.year == year && days.last.year == year ? days.short : days.long
    }
}
