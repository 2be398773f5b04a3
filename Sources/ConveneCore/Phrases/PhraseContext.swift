public import ZonedTime

/// What a phrase is read against: when and where it was typed, and the zones and cities that it may name.
public struct PhraseContext: Sendable {
    public var now: Instant
    /// The zone that is meant where the phrase names none: the reader's, or that of the meeting that is changed.
    public var readerZone: TimeZone
    public var zones: any TimeZoneSource
    public var cities: Cities
    /// The days of what is changed: a weekday is meant near them, not near today.
    public var present: ClosedRange<CivilDate>?

    public init(now: Instant, readerZone: TimeZone, zones: any TimeZoneSource, cities: Cities) {
        self.now = now
        self.readerZone = readerZone
        self.zones = zones
        self.cities = cities
    }

    /// The same moment, for something that takes place on those days now.
    public func changing(_ days: ClosedRange<CivilDate>) -> PhraseContext {
        var context = self
        context.present = days
        return context
    }

    /// The same moment, with another zone for what names none.
    public func assuming(_ zone: TimeZone) -> PhraseContext {
        var context = self
        context.readerZone = zone
        return context
    }
}

/// What a phrase is for. It decides what a time alone means, and a date without its year.
public enum PhrasePurpose: Hashable, Sendable {
    /// Plans something. A time alone is today's, tomorrow's where that is past; a date without year is the next one
    /// from today on.
    case newMeeting
    /// Changes something that has a date: a time alone keeps it (`Form.timeOnly`). Dates as for a new meeting.
    case change
    /// Finds something that may be past. A time alone is today's; a date without year is the nearest one.
    case lookUp
}
