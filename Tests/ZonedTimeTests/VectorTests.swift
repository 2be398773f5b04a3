import ConveneTestSupport
import Foundation
import Testing
import ZonedTime

/// Instants and wall-clock readings on which glibc and Python's zoneinfo agree: `Tests/Vectors/tzif.jsonl`.
@Suite struct VectorTests {
    @Test("Every zone vector holds, with fat files and with slim ones", arguments: VectorZones.Flavor.allCases)
    func vectors(flavor: VectorZones.Flavor) throws {
        let vectors = try ZoneVector.all()
        let source = VectorZones(flavor)
        let zones = Dictionary(uniqueKeysWithValues: source.identifiers.map { ($0, source.timeZone($0)) })
        var passed = 0
        for vector in vectors {
            let zone = try #require(zones[vector.tzid] ?? nil, "\(vector.tzid)")
            if vector.holds(in: zone) { passed += 1 } else { Issue.record("\(flavor) \(vector)") }
        }
        print("tzif.jsonl with \(flavor) files: \(passed) of \(vectors.count) passed")
        #expect(vectors.count == 5_212)
    }
}

/// One line of the vectors; which fields it has depends on its kind.
private struct ZoneVector: Decodable {
    struct Resolved: Decodable {
        let epoch: Int64
        let local: String
    }

    let id: String
    let kind: String
    let tzid: String
    let local: String
    // Of `instant`.
    let epoch: Int64?
    let offset: Int?
    let abbr: String?
    let isdst: Bool?
    // Of `local`.
    let epochs: [Int64]?
    let resolved: Resolved?

    static func all() throws -> [ZoneVector] {
        let text = try String(contentsOf: VectorZones.vectors.appending(path: "tzif.jsonl"), encoding: .utf8)
        let decoder = JSONDecoder()
        return try text.split(separator: "\n").map { try decoder.decode(ZoneVector.self, from: Data($0.utf8)) }
    }

    func holds(in zone: ZonedTime.TimeZone) -> Bool {
        guard let reading = reading(local) else { return false }
        if let epochs, let resolved { return holds(in: zone, for: reading, epochs: epochs, resolved: resolved) }
        guard let epoch, let offset, let abbr, let isdst else { return false }
        let instant = Instant(secondsSinceEpoch: epoch)
        let type = LocalTimeType(
            offset: Offset(secondsEastOfUTC: offset), isDaylightSaving: isdst, abbreviation: abbr)
        return zone.localTimeType(at: instant) == type && zone.offset(at: instant) == type.offset
            && zone.reading(at: instant) == reading
    }

    private func holds(
        in zone: ZonedTime.TimeZone, for reading: CivilDateTime, epochs: [Int64], resolved: Resolved
    ) -> Bool {
        let found: [Offset] =
            switch zone.resolve(reading) {
            case .unique(let offset): [offset]
            case .gap: []
            case .fold(let before, let after): [before, after]
            }
        let instant = zone.instant(of: reading)
        return found.map { Instant(reading, at: $0).secondsSinceEpoch } == epochs
            && instant.secondsSinceEpoch == resolved.epoch
            && zone.reading(at: instant) == self.reading(resolved.local)
    }

    /// Offsets after the reading are left to `Instant`'s tests.
    private func reading(_ text: String) -> CivilDateTime? {
        CivilDateTime(iso8601: text.prefix(19))
    }
}
