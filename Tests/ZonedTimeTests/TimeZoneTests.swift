import ConveneTestSupport
import Testing
import ZonedTime

@Suite struct TimeZoneTests {
    @Test("Fat and slim files tell of the same changes, far beyond the last one listed")
    func sameChanges() throws {
        for (fat, slim) in try pairs() {
            var instant = Instant.distantPast
            let end = try #require(Instant(rfc3339: "2100-01-01T00:00:00Z"))
            while instant < end {
                let next = slim.nextTransition(after: instant)
                guard fat.nextTransition(after: instant) == next else {
                    Issue.record("\(slim.identifier) after \(instant)")
                    break
                }
                guard let next else { break }
                #expect(next.before != next.after)
                #expect(slim.previousTransition(before: next.instant.advanced(bySeconds: 1)) == next)
                #expect(fat.previousTransition(before: next.instant.advanced(bySeconds: 1)) == next)
                instant = next.instant
            }
        }
    }

    @Test("Fat and slim files give the same answers in every century")
    func sameAnswers() throws {
        var random = SplitMix64(seed: 20_190_920)
        for (fat, slim) in try pairs() {
            for _ in 0..<200 {
                let reading = random.reading()
                let instant = Instant(reading, at: .utc)
                #expect(fat.localTimeType(at: instant) == slim.localTimeType(at: instant), "\(slim.identifier)")
                #expect(fat.resolve(reading) == slim.resolve(reading), "\(slim.identifier) \(reading.iso8601)")
                #expect(fat.firstInstant(of: reading.date) == slim.firstInstant(of: reading.date))
            }
        }
    }

    @Test("A reading has exactly the offsets at which the zone's clocks show it")
    func resolution() throws {
        var random = SplitMix64(seed: 1)
        for zone in try zones() {
            for _ in 0..<60 {
                // Half of the readings lie near a change of the clocks.
                var reading = random.reading()
                if let change = zone.nextTransition(after: Instant(reading, at: .utc)), random.next() % 2 == 0 {
                    let seconds = Int64.random(in: -10_000...10_000, using: &random)
                    reading = zone.reading(at: change.instant.advanced(bySeconds: seconds))
                }
                let expected = offsetsShowing(reading, in: zone)
                switch zone.resolve(reading) {
                case .unique(let offset): #expect(expected == [offset], "\(zone.identifier) \(reading.iso8601)")
                case .gap(let before, let after):
                    #expect(expected.isEmpty && before < after, "\(zone.identifier) \(reading.iso8601)")
                case .fold(let before, let after):
                    #expect(expected == [before, after], "\(zone.identifier) \(reading.iso8601)")
                }
            }
        }
    }

    /// By trying every offset of the days around.
    private func offsetsShowing(_ reading: CivilDateTime, in zone: TimeZone) -> [Offset] {
        var offsets: Set<Offset> = []
        for hours in stride(from: -48, through: 48, by: 1) {
            offsets.insert(zone.offset(at: Instant(reading, at: Offset(secondsEastOfUTC: hours * 3_600))))
        }
        // The greater offset comes first in time.
        return offsets.filter { zone.offset(at: Instant(reading, at: $0)) == $0 }.sorted(by: >)
    }

    @Test("What is remembered changes no answer")
    func remembering() throws {
        var random = SplitMix64(seed: 2)
        for zone in try zones() {
            var range = LocalRange.empty
            for _ in 0..<20 {
                var reading = random.reading()
                for _ in 0..<20 {
                    #expect(zone.instant(of: reading, remembering: &range) == zone.instant(of: reading))
                    if let found = zone.uniqueRange(containing: reading) {
                        #expect(found.contains(reading))
                        #expect(zone.resolve(reading) == .unique(found.offset))
                    }
                    reading = reading.advanced(bySeconds: 1_000_000) ?? .min
                }
            }
        }
    }

    @Test("A range of readings ends where the next clock change begins")
    func rangeEnds() throws {
        let berlin = try #require(VectorZones(.slim).timeZone("Europe/Berlin"))
        let summer = try #require(CivilDateTime(iso8601: "2060-06-01T12:00"))
        let range = try #require(berlin.uniqueRange(containing: summer))
        for (text, expected) in [
            ("2060-03-28T02:59:59", false), ("2060-03-28T03:00:00", true),
            ("2060-10-31T01:59:59", true), ("2060-10-31T02:00:00", false),
        ] {
            #expect(range.contains(try #require(CivilDateTime(iso8601: text))) == expected, "\(text)")
        }
    }

    @Test("Every day's first instant is the first that shows it, or a later day")
    func firstInstants() throws {
        var random = SplitMix64(seed: 3)
        for zone in try zones() {
            for _ in 0..<50 {
                let date = random.reading().date
                let instant = zone.firstInstant(of: date)
                #expect(zone.reading(at: instant).date >= date, "\(zone.identifier) \(date.iso8601)")
                if date > .min {
                    #expect(zone.reading(at: instant.advanced(bySeconds: -1)).date < date, "\(zone.identifier)")
                }
            }
        }
    }

    @Test("No instant and no reading is too far")
    func extremes() throws {
        for zone in try zones() + [.utc, .fixed(Offset(secondsEastOfUTC: -43_200), identifier: "Etc/GMT+12")] {
            for seconds in [Int64.min, .min + 1, -1 << 59, 1 << 59, .max - 1, .max] {
                let instant = Instant(secondsSinceEpoch: seconds)
                #expect(zone.reading(at: instant) == (seconds < 0 ? .min : .max))
                _ = zone.localTimeType(at: instant)
                if let next = zone.nextTransition(after: instant) { #expect(next.instant > instant) }
                if let previous = zone.previousTransition(before: instant) { #expect(previous.instant < instant) }
            }
            for reading in [CivilDateTime.min, .max] {
                #expect(zone.reading(at: zone.instant(of: reading)) == reading)
                _ = zone.firstInstant(of: reading.date)
                _ = zone.uniqueRange(containing: reading)
            }
        }
    }

    @Test("Zones are equal when name and data are")
    func equality() throws {
        let zones = VectorZones()
        #expect(zones.timeZone("Asia/Tokyo") == zones.timeZone("Asia/Tokyo"))
        #expect(zones.timeZone("Asia/Tokyo") != zones.timeZone("Asia/Seoul"))
        #expect(TimeZone.utc == .fixed(.utc, identifier: "UTC"))
        #expect(TimeZone.utc != .fixed(.utc, identifier: "Etc/UTC"))
        #expect(TimeZone.utc != .fixed(Offset(secondsEastOfUTC: 1), identifier: "UTC"))
        let utc = TimeZone.utc.localTimeType(at: .distantPast)
        #expect(utc == LocalTimeType(offset: .utc, isDaylightSaving: false, abbreviation: "UTC"))
        #expect(TimeZone.utc.nextTransition(after: .distantPast) == nil)
    }

    private func zones() throws -> [TimeZone] {
        let source = VectorZones(.slim)
        return try source.identifiers.map { try #require(source.timeZone($0)) }
    }

    /// All but Gaza: its slim file stops at 2072, while the fat one foresees Ramadan until 2086.
    private func pairs() throws -> [(fat: TimeZone, slim: TimeZone)] {
        let fat = VectorZones(.fat)
        return try zones().filter { $0.identifier != "Asia/Gaza" }
            .map { (try #require(fat.timeZone($0.identifier)), $0) }
    }
}
