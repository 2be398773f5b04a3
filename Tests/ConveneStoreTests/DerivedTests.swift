import ConveneCore
import ConveneTestSupport
import Testing
import ZonedTime

@testable import ConveneStore

/// What is derived can be thrown away: rebuilt from what people wrote, it is what was kept.
@Suite("Derived tables")
struct DerivedTests {
    let scene = StoreScene()

    @Test("After any edits and deliveries, the index is what the meetings say", arguments: 0..<6)
    func rebuilt(seed: UInt64) async throws {
        let store = try scene.open()
        var random = RandomMeetings(seed: seed)
        var now = StoreScene.now
        var numbers: [Int] = []
        for step in 0..<20 {
            switch step % 5 {
            case 0, 1: try await store.edit(&random, &numbers, adding: "\(step)", at: now)
            case 2, 3: try await store.edit(&random, &numbers, at: now)
            default:
                now = now.advanced(bySeconds: Int64.random(in: 1...900, using: &random.random) * 60)
                try await store.deliverAll(by: now)
            }
        }
        try await store.deliverAll(by: now)
        try await agrees(store, numbers)
    }

    /// Compares every row of the index with what the meeting gives today.
    private func agrees(_ store: MeetingStore, _ numbers: [Int]) async throws {
        var dated: Set<String> = []
        var tracks: Set<String> = []
        for number in numbers {
            let meeting = try #require(try await store.meeting(number))
            let entries = try IndexEntries(of: meeting, in: scene.zones)
            for entry in entries.dated {
                let starts = entry.startsAt.secondsSinceEpoch
                let id = entry.recurrenceID?.iso8601 ?? "-"
                dated.insert(
                    "\(number) \(id) \(entry.span.rawValue) \(starts) \(entry.endsAt.secondsSinceEpoch) "
                        + entry.status.rawValue)
            }
            for entry in entries.tracks {
                let track = entry.track
                let last = track.lastDay.map(String.init) ?? "-"
                tracks.insert(
                    "\(number) \(entry.segment) \(entry.zone) \(entry.span.rawValue) \(track.cycle.rawValue) "
                        + "\(track.slot) \(track.timeOfDay) \(track.over) \(track.period) \(track.residue) "
                        + "\(track.dayMask) \(track.firstDay) \(last)")
            }
        }
        #expect(
            Set(try await store.dump("SELECT meeting, recurrence_id, span, starts, ends, status FROM dated")) == dated)
        #expect(
            Set(
                try await store.dump(
                    """
                    SELECT meeting, segment, zone, span, cycle, slot, time_of_day, over, period, residue, day_mask,
                        first_day, track.last_day
                    FROM track JOIN track_group ON track_group.id = track_group
                    """)) == tracks)
        #expect(
            try await store.dump(
                """
                SELECT track.id FROM track JOIN track_group ON track_group.id = track_group
                WHERE track_group.last_day < track.last_day OR endless <> (track.last_day IS NULL)
                """) == [])
    }

    @Test("A list from the file is what each meeting alone says, in order", arguments: 0..<6)
    func list(seed: UInt64) async throws {
        let store = try scene.open()
        var random = RandomMeetings(seed: 100 + seed)
        var all: [Meeting] = []
        for index in 0..<20 { all.append(try await store.add(random.meeting(uid: "\(index)"))) }
        let from = Instant.at("2026-03-27T00:00:00")
        let until = Instant.at("2026-04-06T00:00:00")

        var expected: [String] = []
        for meeting in all {
            var occurrences = try MeetingOccurrences(meeting, endingAfter: from, in: scene.zones)
            while let next = occurrences.next(), next.startsAt < until { expected.append(line(meeting, next)) }
        }
        let found = try await store.read { view in
            var upcoming = try view.upcoming(endingAfter: from, startingBefore: until)
            var found: [String] = []
            while let (meeting, occurrence) = try upcoming.next() { found.append(line(meeting, occurrence)) }
            return found
        }
        #expect(found.sorted() == expected.sorted())
        let starts = found.map { $0.prefix(10) }
        #expect(starts == starts.sorted())
    }

    @Test("New zone data moves the instants and leaves the wall clocks")
    func zoneData() async throws {
        let store = try scene.open()
        try await store.add(.talks(at: "2026-03-30T15:00:00", alarms: .quarter))
        #expect(try await store.queue() == ["2026-03-30T13:45 -PT15M"])
        #expect(try await store.needsDerivation(from: "2027a"))
        try store.close()

        // London gives summer time up.
        struct WinterZones: TimeZoneSource {
            var identifiers: [String] { SampleZones.shared.identifiers }
            var version: String { "2027a" }
            func timeZone(_ identifier: String) -> TimeZone? {
                identifier == "Europe/London"
                    ? .fixed(.utc, identifier: identifier) : SampleZones.shared.timeZone(identifier)
            }
        }
        let next = try MeetingStore(path: scene.path, zones: WinterZones()) { "id" }
        #expect(try await next.derive(behind: 0, limit: 10, from: "2027a", at: StoreScene.now) == 1)
        #expect(try await next.needsDerivation(from: "2027a"))
        #expect(try await next.derive(behind: 1, limit: 10, from: "2027a", at: StoreScene.now) == nil)
        #expect(try await !next.needsDerivation(from: "2027a"))
        #expect(try await next.queue() == ["2026-03-30T14:45 -PT15M"])
        #expect(
            try await next.dump("SELECT strftime('%H:%M', starts, 'unixepoch') FROM dated") == ["15:00"])
    }
}

/// An occurrence as one line that begins with its instant.
private func line(_ meeting: Meeting, _ occurrence: Occurrence) -> String {
    let id = occurrence.recurrenceID?.iso8601 ?? "single"
    return "\(occurrence.startsAt.secondsSinceEpoch) \(occurrence.endsAt.secondsSinceEpoch) \(meeting.number) \(id) "
        + "\(occurrence.status)"
}
