import ConveneAPI
import PlainText
import ZonedTime

/// Who holds which office, a line each.
struct TenuresPage {
    let columns: Int

    func lines(_ tenures: [Tenure], coming: [Occurrence] = []) -> [Line] {
        if tenures.isEmpty { return ["Nobody is known yet. To begin: convene office \"Japan FM\" NAME --since DATE"] }
        let offices = tenures.map { "\($0.party) \($0.office)".harmless }
        let width = offices.map(\.columns).max() ?? 0
        var lines = zip(offices, tenures).flatMap { office, tenure -> [Line] in
            var text = office.padded(to: width) + "   " + tenure.person.harmless
            if let since = tenure.since { text += ", since \(since)" }
            if let until = tenure.until { text += ", until \(Reading(until)?.date.long ?? until)" }
            return Line(text).fitted(to: columns)
        }
        if !coming.isEmpty {
            lines.append(Line())
            lines += ListPage(columns: columns, year: Session.clockTime.reading(at: .utc).date.year).lines(coming)
        }
        return lines
    }
}
