import Recurrence
import ZonedTime

/// What people type to set the day's sheet: `weekdays 08:00`, `daily 7:30`, `08:00`, `every monday 9am Tokyo`.
public enum DigestPhrase {
    /// Reads a phrase; `nil` for `off`.
    public static func parse(
        _ text: String, in context: PhraseContext, newID: () -> String
    ) throws(PhraseError) -> Digest? {
        if ["off", "none", "never"].contains(Folding.fold(text)) { return nil }
        let series = try series(text, in: context)
        let whole = 0..<text.unicodeScalars.count
        guard let time = series.time, series.until == nil else {
            throw PhraseError(
                text: text, range: whole, reason: "it does not say at which hour", suggestions: ["\(text) 08:00"])
        }
        guard [.daily, .weekly, .monthly, .yearly].contains(series.rule.frequency) else {
            throw PhraseError(
                text: text, range: whole, reason: "the day's sheet comes on days, not more often",
                suggestions: ["daily 08:00", "weekdays 08:00"])
        }
        guard series.exceptions.isEmpty, series.additions.isEmpty else {
            throw PhraseError(
                text: text, range: whole, reason: "the day's sheet has no exceptions", suggestions: ["weekdays 08:00"])
        }
        let zone = series.place?.identifier ?? context.readerZone.identifier
        return Digest(id: newID(), start: CivilDateTime(series.firstDate, time), rule: series.rule, zone: zone)
    }

    /// An hour alone means every day.
    private static func series(_ text: String, in context: PhraseContext) throws(PhraseError) -> RecurrencePhrase {
        do {
            return try RecurrencePhrase.parse(text, in: context)
        } catch {
            for prefix in ["every", "daily"] {
                if let series = try? RecurrencePhrase.parse("\(prefix) \(text)", in: context) { return series }
            }
            throw error
        }
    }
}
