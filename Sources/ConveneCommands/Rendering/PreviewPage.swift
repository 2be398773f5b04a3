import ConveneAPI
import PlainText
import ZonedTime

/// What a rule means: in words, and as dates, with what clock changes do to them.
struct PreviewPage {
    let columns: Int

    func lines(_ preview: Preview.Reply) -> [Line] {
        let sentence = preview.sentence.prefix(1).uppercased() + preview.sentence.dropFirst()
        var lines = sentence.harmless.wrapped(to: columns).map { Line($0, .strong) }
        if let rule = preview.rule {
            lines += rule.harmless.wrapped(to: columns - 3).map { Line("   " + $0, .faint) }
        }
        // The dates of a rule are of one zone, as a rule.
        let zone = preview.dates.first?.zone
        for (index, date) in preview.dates.enumerated() { lines += row(date, named: index == 0 || date.zone != zone) }
        if preview.dates.isEmpty {
            lines.append("   No date at all")
        } else if preview.complete {
            lines.append(preview.dates.count == 1 ? "   and no other" : "   and no further ones")
        }
        return lines + preview.remarks.flatMap { $0.harmless.wrapped(to: columns - 3) }.map { Line("   " + $0) }
    }

    private func row(_ date: PreviewDate, named: Bool) -> [Line] {
        guard let reading = Reading(date.civil) else { return [Line("   \(date.civil)")] }
        // `Fri  4 Oct 2019`: days stand below one another.
        let day =
            "\(reading.date.weekday.short) \(String(reading.date.day).alignedRight(in: 2)) "
            + "\(reading.date.monthShort) \(reading.date.year)"
        var line = Line("   " + day + (reading.time.map { ", \($0.text)" } ?? ""))
        if reading.time != nil { line.append("  " + offset(date), .faint) }
        if named { line.append("   " + Zone.label(date.zone)) }
        guard let told = clockChange(date, reading) else { return [line] }
        return [line]
            + told.wrapped(to: columns - 5).enumerated().map { index, part in
                var warning = Line("   ")
                warning.append(index == 0 ? "! " : "  ", .warning)
                warning.append(part)
                return warning
            }
    }

    /// `+09:00`; UTC for none.
    private func offset(_ date: PreviewDate) -> String {
        let offset = String(date.instant.dropFirst(19)).harmless
        return offset == "Z" ? "UTC" : offset
    }

    private func clockChange(_ date: PreviewDate, _ reading: Reading) -> String? {
        let actual = Reading(String(date.instant.prefix(19)))
        switch date.clockChange {
        case .exact: return nil
        case .skipped where actual?.time != nil && actual?.time != reading.time:
            return "Clocks go forward: this hour is skipped, so it would begin at \(actual?.time?.text ?? "")."
        case .skipped: return "Clocks go forward: the hour meant is skipped, so it would begin later than usual."
        case .repeated: return "Clocks go back: this hour comes twice; the first is meant."
        }
    }
}
