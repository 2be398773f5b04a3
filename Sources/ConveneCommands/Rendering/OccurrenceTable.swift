import ConveneAPI
import PlainText
import ZonedTime

/// Occurrences in columns: when there, where, when here, number, summary, status.
///
/// The column of the clock here stands only where some clock there differs from it. Where it gets tight, summaries
/// are cut first, then what a status says beyond its first word. An hour abroad says nothing without its place: places
/// go only where everything is at home here, or where a terminal is too narrow for them.
struct OccurrenceTable {
    /// What `15:30–16:20` takes.
    private static let timeColumns = 11
    private static let longestPlace = 18
    /// So much of a place can still be recognised.
    private static let leastPlace = 8
    private static let leastSummary = 12
    /// `no date yet`; of a longer status the first word says most.
    private static let leastStatus = 11
    /// On a narrower terminal there is no room for places.
    private static let leastForPlaces = 60

    /// What precedes each row: a space in lists, the day on the morning page.
    let margin: Int
    let columns: Int
    private var placeColumns: Int
    private let hereColumns: Int
    private let numberColumns: Int
    private var showsPlace = true
    private var showsStatus = true

    init(_ occurrences: [Occurrence], margin: Int, columns: Int) {
        let rows = occurrences.map { OccurrenceRow($0) }
        self.margin = margin
        self.columns = columns
        placeColumns = min(rows.map(\.place.columns).max() ?? 0, OccurrenceTable.longestPlace)
        hereColumns = rows.contains { !$0.clocksAgree } ? rows.map(\.here.columns).max() ?? 0 : 0
        numberColumns = rows.map(\.number.columns).max() ?? 0
        let status = min(rows.map(\.status.columns).max() ?? 0, OccurrenceTable.leastStatus)
        let isAtHome = occurrences.allSatisfy { $0.there.zone == $0.here.zone }
        if excess(status + 2) > 0, isAtHome || columns < OccurrenceTable.leastForPlaces { showsPlace = false }
        let wholePlace = placeColumns
        shortenPlace(besides: status + 2)
        if excess(status + 2) > 0 {
            showsStatus = false
            placeColumns = wholePlace
            shortenPlace(besides: 0)
        }
    }

    private mutating func shortenPlace(besides status: Int) {
        guard showsPlace else { return }
        placeColumns -= max(0, min(excess(status), placeColumns - OccurrenceTable.leastPlace))
    }

    /// So many columns are missing for a readable summary, and for what a status takes.
    private func excess(_ status: Int) -> Int {
        summaryStart + OccurrenceTable.leastSummary + status - columns
    }

    private var hereStart: Int {
        margin + OccurrenceTable.timeColumns + 2 + (showsPlace ? placeColumns + 2 : 0)
    }

    private var summaryStart: Int {
        hereStart + (hereColumns > 0 ? hereColumns + 2 : 0) + numberColumns + 2
    }

    /// The heading `here`, where that column stands.
    var heading: Line? {
        hereColumns > 0 ? Line(String(repeating: " ", count: hereStart) + "here", .faint) : nil
    }

    /// The row of an occurrence, and below it what a clock change does to it.
    func lines(_ occurrence: Occurrence, margin text: String = "") -> [Line] {
        let row = OccurrenceRow(occurrence)
        var line = Line(text.shortened(to: margin))
        line.pad(to: margin)
        line.append(row.time.padded(to: OccurrenceTable.timeColumns) + "  ")
        if showsPlace { line.append(row.place.shortened(to: placeColumns).padded(to: placeColumns) + "  ") }
        if hereColumns > 0 { line.append(row.here.alignedRight(in: hereColumns) + "  ", .faint) }
        line.append(row.number.padded(to: numberColumns) + "  ")
        let wanted = min(row.summary.columns, OccurrenceTable.leastSummary)
        let status =
            showsStatus
            ? row.status.shortened(to: columns - summaryStart - wanted - 2).replacing(",…", with: "…") : ""
        let room = columns - summaryStart - (showsStatus ? status.columns + 2 : 0)
        line.append(row.summary.shortened(to: room), .strong)
        if showsStatus {
            line.pad(to: columns - status.columns)
            line.append(status, row.isOff ? .faint : .plain)
        }
        guard let clockChange = Timing(occurrence).clockChange else { return [line] }
        let warnings = clockChange.wrapped(to: columns - margin - 2).enumerated().map { index, part in
            var warning = Line(String(repeating: " ", count: margin))
            warning.append(index == 0 ? "! " : "  ", .warning)
            warning.append(part)
            return warning
        }
        return [line] + warnings
    }
}

/// The cells of an occurrence.
private struct OccurrenceRow {
    let time: String
    let place: String
    let here: String
    let clocksAgree: Bool
    let number: String
    let summary: String
    let status: String
    let isOff: Bool

    init(_ occurrence: Occurrence) {
        let timing = Timing(occurrence)
        time = OccurrenceRow.time(occurrence.form, timing.there)
        place = (timing.there?.place ?? occurrence.there.zone).harmless
        clocksAgree = timing.clocksAgree
        here = occurrence.form == .timed ? OccurrenceRow.here(timing) : ""
        number = MeetingName.number(occurrence.number, occurrence.round)
        summary = occurrence.summary.harmless
        status =
            MeetingName.standing(occurrence.status, occurrence.round)
            + (occurrence.snoozedUntil == nil ? "" : ", put off")
        isOff = occurrence.status == .cancelled || occurrence.status == .postponed
    }

    private static func time(_ form: Form, _ there: ClockSpan?) -> String {
        switch form {
        case .timed: return there?.hours ?? ""
        case .hourOpen: return "hour open"
        case .window: return "date open"
        case .wholeDays:
            let days = there?.days.count ?? 1
            return days == 1 ? "all day" : days == 7 ? "all week" : "\(days) days"
        }
    }

    /// `04:30`, with its day where that is not the day there: `Fri 27, 04:30`.
    private static func here(_ timing: Timing) -> String {
        guard let there = timing.there, let here = timing.here, let time = here.start.time else { return "" }
        return here.start.date == there.start.date ? time.text : "\(here.start.date.weekdayAndDay), \(time.text)"
    }
}

/// Occurrences that go under one heading: the same day there, or the same days.
struct DayGroup {
    let days: DaySpan
    private(set) var occurrences: [Occurrence]

    /// Groups by the date there, which people name; longer spans before single days.
    ///
    /// What begins there on one day may come in another order here: a meeting in Auckland on Friday begins
    /// before one in New York on Thursday.
    static func groups(_ occurrences: [Occurrence]) -> [DayGroup] {
        let dated = occurrences.enumerated().map { (position: $0.offset, days: days($0.element), what: $0.element) }
        let inOrder = dated.sorted {
            ($0.days.first, -$0.days.count, $0.position) < ($1.days.first, -$1.days.count, $1.position)
        }
        var groups: [DayGroup] = []
        for (_, days, occurrence) in inOrder {
            if groups.last?.days == days {
                groups[groups.count - 1].occurrences.append(occurrence)
            } else {
                groups.append(DayGroup(days: days, occurrences: [occurrence]))
            }
        }
        return groups
    }

    /// A night's meeting belongs to the day on which it begins.
    private static func days(_ occurrence: Occurrence) -> DaySpan {
        guard let there = ClockSpan(occurrence.there) else { return DaySpan(first: .max, last: .max) }
        let isOneDay = occurrence.form == .timed && there.isWithinADay
        return isOneDay ? DaySpan(first: there.start.date, last: there.start.date) : there.days
    }
}
