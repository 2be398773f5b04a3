public import ZonedTime

/// Until when a reminder is put off, as people type it: `10m`, `until tomorrow 9am`, `5 min before`.
public enum SnoozePhrase {
    /// Ten minutes, where nothing is said.
    public static let usual: Int64 = 600

    /// Reads a phrase. A length alone counts from now; with `before` or `after` from the meeting.
    public static func parse(_ text: String, in context: PhraseContext) throws(PhraseError) -> AlarmTrigger {
        var text = text
        for word in ["until ", "till ", "for ", "to "] where text.lowercased().hasPrefix(word) {
            text = String(text.dropFirst(word.count))
            break
        }
        if let length = try? DurationPhrase.parse(text) {
            return at(length.added(to: context.readerZone.reading(at: context.now), in: context.readerZone), context)
        }
        if let trigger = try? AlarmPhrase.parse(text, in: context), !trigger.isFixed { return trigger }
        return at(try InstantPhrase.parse(text, in: context), context)
    }

    /// That instant, on the reader's clock: in a repeated hour it keeps the one that was meant.
    public static func at(_ instant: Instant, _ context: PhraseContext) -> AlarmTrigger {
        let zone = context.readerZone
        return .at(instant, said: ZonedReading(zone.reading(at: instant), zone: zone.identifier))
    }
}
