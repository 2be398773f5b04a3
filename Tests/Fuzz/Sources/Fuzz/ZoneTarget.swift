import ZonedTime

/// The bytes of a zone file, and every kind of question to the zone.
enum ZoneTarget {
    static func read(_ input: [UInt8]) {
        guard let zone = try? TimeZone(identifier: "Fuzz/Zone", tzif: input) else { return }
        var instant = Instant.distantPast
        for _ in 0..<300 {
            guard let next = zone.nextTransition(after: instant) else { break }
            precondition(next.instant > instant, "the clocks change twice at once")
            precondition(zone.localTimeType(at: next.instant) == next.after)
            ask(zone, next.instant)
            instant = next.instant
        }
        for seconds in [Int64.min, -1 << 40, 0, 1 << 32, 1 << 40, .max] {
            ask(zone, Instant(secondsSinceEpoch: seconds))
        }
    }

    private static func ask(_ zone: TimeZone, _ instant: Instant) {
        let reading = zone.reading(at: instant)
        var range = LocalRange.empty
        let found = zone.instant(of: reading, remembering: &range)
        precondition(found == zone.instant(of: reading), "what is remembered changes the answer")
        precondition(zone.resolve(reading, remembering: &range) == zone.resolve(reading))
        _ = zone.firstInstant(of: reading.date)
        _ = zone.uniqueRange(containing: reading)
        if let previous = zone.previousTransition(before: instant) { precondition(previous.instant < instant) }
    }
}
