import Synchronization
import ZonedTime

/// How far a wall clock is from UTC, from an instant on.
struct ZoneStretch: Hashable {
    /// Seconds since 1970; the first stretch begins with time.
    let from: Int64
    /// Seconds east of UTC.
    let offset: Int64
}

/// A few zones whose rules can change, as plain tables.
///
/// The daemon reads them as TZif bytes; the checker works on the tables, with arithmetic of its own.
final class SimulatedZones: TimeZoneSource {
    private struct State {
        var tables: [String: [ZoneStretch]]
        var zones: [String: TimeZone] = [:]
        var release = 1
    }

    private let state: Mutex<State>
    static let names = ["Sim/East", "Sim/North", "Sim/West", "UTC"]

    init() {
        let year: Int64 = 1_798_761_600  // 2027-01-01T00:00:00Z
        let day: Int64 = 86_400
        var north: [ZoneStretch] = [ZoneStretch(from: .min, offset: 3_600)]
        var west: [ZoneStretch] = [ZoneStretch(from: .min, offset: -18_000)]
        for count in -1...2 {
            let begin = year + Int64(count) * 365 * day
            north.append(ZoneStretch(from: begin + 86 * day + 3_600, offset: 7_200))
            north.append(ZoneStretch(from: begin + 303 * day + 3_600, offset: 3_600))
            west.append(ZoneStretch(from: begin + 72 * day + 25_200, offset: -14_400))
            west.append(ZoneStretch(from: begin + 310 * day + 21_600, offset: -18_000))
        }
        state = Mutex(
            State(tables: [
                "Sim/East": [ZoneStretch(from: .min, offset: 32_400)], "Sim/North": north, "Sim/West": west,
                "UTC": [ZoneStretch(from: .min, offset: 0)],
            ]))
    }

    func timeZone(_ identifier: String) -> TimeZone? {
        state.withLock { state in
            if let zone = state.zones[identifier] { return zone }
            guard let table = state.tables[identifier],
                let zone = try? TimeZone(identifier: identifier, tzif: SimulatedZones.tzif(table))
            else { return nil }
            state.zones[identifier] = zone
            return zone
        }
    }

    var identifiers: [String] { SimulatedZones.names }
    var version: String { "\(state.withLock { $0.release })" }

    func table(_ name: String) -> [ZoneStretch] { state.withLock { $0.tables[name] ?? [] } }

    /// A new release of the zone data: from an instant on, that zone's clocks show something else.
    func change(_ name: String, from instant: Int64, by seconds: Int64) {
        state.withLock { state in
            guard let table = state.tables[name] else { return }
            var changed: [ZoneStretch] = table.filter { $0.from < instant }
            let before = changed.last?.offset ?? 0
            changed.append(ZoneStretch(from: instant, offset: min(max(before + seconds, -43_200), 43_200)))
            changed += table.filter { $0.from > instant }.map {
                ZoneStretch(from: $0.from, offset: min(max($0.offset + seconds, -43_200), 43_200))
            }
            state.tables[name] = changed
            state.zones = [:]
            state.release += 1
        }
    }

    /// A zone file (RFC 9636 §3.1).
    private static func tzif(_ table: [ZoneStretch]) -> [UInt8] {
        let offsets = table.map(\.offset)
        let transitions = table.dropFirst()
        func block(_ timeSize: Int, _ isEmpty: Bool) -> [UInt8] {
            var bytes = Array("TZif".utf8) + [UInt8(ascii: "2")] + [UInt8](repeating: 0, count: 15)
            for count in [0, 0, 0, isEmpty ? 0 : transitions.count, isEmpty ? 1 : offsets.count, 4] {
                bytes += bigEndian(Int64(count), 4)
            }
            if !isEmpty {
                for transition in transitions { bytes += bigEndian(transition.from, timeSize) }
                bytes += (1..<max(1, offsets.count)).map { UInt8($0) }
            }
            for offset in isEmpty ? [0] : offsets { bytes += bigEndian(offset, 4) + [0, 0] }
            return bytes + Array("SIM\0".utf8)
        }
        return block(4, true) + block(8, false) + Array("\n\n".utf8)
    }

    private static func bigEndian(_ value: Int64, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> Int64(8 * (size - 1 - $0))) }
    }
}
