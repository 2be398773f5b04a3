import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

/// Where one request comes from: who asks, when, and in which zone the reader sits.
struct Desk: Sendable {
    /// One now for the whole request.
    let now: Instant
    let reader: TimeZone
    let zones: any TimeZoneSource
    let cities: Cities
    let author: Author

    /// The day here.
    var today: CivilDate { reader.reading(at: now).date }

    /// What phrases are read against; what names no zone is meant in `zone`, or the reader's.
    func context(in zone: TimeZone? = nil) -> PhraseContext {
        PhraseContext(now: now, readerZone: zone ?? reader, zones: zones, cities: cities)
    }

    /// The zone or city of that name.
    func place(_ text: String, field: String) throws -> NamedZone {
        try CoreMeeting.check(text, field: field, limit: 200)
        if let zone = zones.timeZone(text) {
            return NamedZone(identifier: zone.identifier, label: Cities.label(of: zone.identifier))
        }
        switch cities.find(text) {
        case .one(let place): return place
        case .several(let places):
            throw ScheduleError.notUnderstood(
                field: field, text: text, reason: "there is more than one \(text)",
                suggestions: places.map(\.identifier))
        case .none(let suggestions):
            throw ScheduleError.unknownZone(name: text, suggestions: suggestions)
        }
    }
}
