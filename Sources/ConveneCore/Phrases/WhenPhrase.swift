public import ZonedTime

/// The time of a meeting as people type it.
///
/// Days, hours, patterns and places come in any order, in any case:
///
/// - Days: `today`, `tomorrow`, `fri`, `next friday` (that of the next calendar week, weeks begin on Monday), `3 dec`,
///   `dec 3 2027`, `2026-12-03`, `in 3 days`, `the 15th`. A weekday beside a date has to agree with it.
/// - Hours: `10:00`, `9am`, `16h30`, `noon`, `midnight` (the day's beginning), and ranges `10:00–11:30`, `10am-noon`.
/// - Moments: `in 20 minutes`, `2019-09-11T00:00Z`.
/// - Whole days: `24–30 sep`, `28 sep – 3 oct`, `3 dec all day`.
/// - Windows: `some day 24–30 sep`, `october`, `week of 23 sep`, `end of october` (the last ten days; `early` and
///   `mid` are the first and the middle ten), `second half of 2027`, `next week`, `next month`.
/// - Series: `every friday`, `every 2 weeks on mon, wed`, `monthly on the last weekday`, `FREQ=MONTHLY;BYDAY=3FR`, with
///   `until 20 dec`, `10 times`, `from 3 dec`.
/// - Places: a city, an IANA zone, `UTC`, `UTC+9`. Dates are counted there: `tomorrow Tokyo` is tomorrow in Tokyo.
///
/// A date without a year is the next one, today included. A weekday is the next one too; today's, unless its hour is
/// past; for what has a date already it is the one near that date. Purely numeric dates are ISO 8601 only.
public enum WhenPhrase {
    /// Reads a phrase of at most 500 characters.
    public static func parse(
        _ text: String, in context: PhraseContext, for purpose: PhrasePurpose = .newMeeting
    ) throws(PhraseError) -> When {
        let (when, offset) = try read(text, in: context, for: purpose)
        guard let offset, offset.range.count > 1 else { return when }
        throw PhraseError(
            text: text, range: offset.range,
            reason: "an offset says no place, and a meeting needs the clock of one; name a city instead")
    }

    /// An offset from UTC that stood behind a time.
    typealias TypedOffset = (offset: Offset, range: Range<Int>)

    /// - Parameter day: where a series begins that names no day.
    static func read(
        _ text: String, in context: PhraseContext, for purpose: PhrasePurpose, from day: CivilDate? = nil
    ) throws(PhraseError) -> (when: When, offset: TypedOffset?) {
        var reader = try PhraseReader(text)
        var typed = try reader.takeWhen(cities: context.cities)
        var zone = context.readerZone
        if let offset = typed.offset {
            guard !typed.hasPlace else {
                throw reader.error(typed.offsetRange, "there is a place as well as an offset")
            }
            zone = .fixed(offset, identifier: "UTC")
            if offset == .utc { typed.place = NamedZone(identifier: "UTC", label: "UTC") }
        } else if let place = typed.place {
            guard let found = context.zones.timeZone(place.identifier) else {
                throw reader.error(
                    0..<text.unicodeScalars.count, "the zone data has no \(place.identifier)", subject: .unknownPlace)
            }
            zone = found
        }
        let dates = DateResolution(
            reader: reader, here: zone.reading(at: context.now), purpose: purpose, present: context.present)
        let resolution = WhenResolution(typed: typed, dates: dates, zone: zone, firstDay: day)
        return (try resolution.when(), typed.offset.map { ($0, typed.offsetRange) })
    }
}

/// An exact time as people type it: `2019-09-20 10:45 Tokyo`, `in 3 days 10:00`, `2019-09-11T00:00:00+09:00`, `now`.
public enum InstantPhrase {
    /// Reads a phrase that comes to an instant: everything with an hour that `WhenPhrase` reads, and RFC 3339.
    ///
    /// Where a clock change skips or repeats the hour, RFC 5545 §3.3.5 decides.
    public static func parse(
        _ text: String, in context: PhraseContext, for purpose: PhrasePurpose = .newMeeting
    ) throws(PhraseError) -> Instant {
        if text.utf8.count <= 40, let instant = Instant(rfc3339: text) { return instant }
        let (when, offset) = try WhenPhrase.read(text, in: context, for: purpose == .change ? .newMeeting : purpose)
        let whole = 0..<text.unicodeScalars.count
        if when.recurrence != nil { throw PhraseError(text: text, range: whole, reason: "a series is no single time") }
        guard case .timed(let start, let until) = when.form, until == nil else {
            let isSpan = if case .timed = when.form { true } else { false }
            let reason = isSpan ? "it has an end, where one time is wanted" : "an hour is missing"
            throw PhraseError(text: text, range: whole, reason: reason, suggestions: isSpan ? [] : ["\(text) 09:00"])
        }
        if let offset { return Instant(start, at: offset.offset) }
        let zone = when.place.flatMap { context.zones.timeZone($0.identifier) } ?? context.readerZone
        return zone.instant(of: start)
    }
}
