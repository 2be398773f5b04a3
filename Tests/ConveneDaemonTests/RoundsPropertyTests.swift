import ConveneAPI
import ConveneCore
import ConveneTestSupport
import LinuxTime
import Recurrence
import Testing
import ZonedTime

@testable import ConveneDaemon
@testable import ConveneStore

/// What holds whatever people do with their rounds, and however they take it back.
@Suite("Rounds under any acts")
struct RoundsPropertyTests {
    @Test(
        "Numbers, hosts and periods stay as they must, no chain becomes a circle, and each undo restores what was",
        arguments: 1...24)
    func anyActs(seed: UInt64) async throws {
        let scene = try BookScene()
        try await RandomActs.begin(scene)
        var acts = RandomActs(seed: seed)
        var before = [try await scene.snapshot()]
        var known = Known()
        var told: [String] = []
        for _ in 0..<70 {
            if Int.random(in: 0..<4, using: &acts.random) == 0 {
                try scene.wait(days: Int.random(in: 1...12, using: &acts.random))
            }
            let changes = try await scene.countChanges()
            do {
                told.append(try await acts.act(scene))
            } catch {
                #expect(ScheduleError.translating(error) is ScheduleError, "\(error)")
                let after = try await scene.snapshot()
                try agree(after, before[before.count - 1], "refused: \(error)", told)
                continue
            }
            let after = try await scene.snapshot()
            guard try await scene.countChanges() > changes else {
                try agree(after, before[before.count - 1], "nothing was logged", told)
                continue
            }
            try await check(scene, &known, told)
            if Int.random(in: 0..<3, using: &acts.random) == 0 {
                try await undo(scene, to: before[before.count - 1], told)
                // What was given and taken back was never given.
                known = Known()
                try await check(scene, &known, told)
                told.append("undo")
            } else {
                before.append(after)
            }
        }
        // All of it, step by step.
        for snapshot in before.dropLast().reversed() { try await undo(scene, to: snapshot, told) }
        #expect(told.count > 20)
    }

    private func undo(_ scene: BookScene, to snapshot: [String: [String]], _ told: [String]) async throws {
        _ = try await scene.book.undo(Undo.Parameters(), try scene.desk())
        try agree(try await scene.snapshot(), snapshot, "undone", told)
    }

    /// Compares table by table, and ends at the first difference: what follows would only repeat it.
    private func agree(
        _ found: [String: [String]], _ expected: [String: [String]], _ when: String, _ told: [String]
    ) throws {
        for table in expected.keys.sorted() {
            let changed = Set(found[table] ?? []).symmetricDifference(expected[table] ?? []).sorted()
            try #require(changed == [], "\(when), table \(table), after \(told.suffix(6))")
        }
    }

    // MARK: What must hold

    /// What was given once, and is not to change.
    private struct Known {
        var numbers: [String: Int] = [:]
        var held: [String: Timing] = [:]
    }

    private func check(_ scene: BookScene, _ known: inout Known, _ told: [String]) async throws {
        let now = scene.clock.now()
        for number in RandomActs.series {
            let meeting = try #require(try await scene.meeting(number))
            try checkNumbers(meeting, &known, told)
            try checkHosts(meeting, at: now, scene, told)
        }
        try await checkChains(scene, told)
    }

    private func checkNumbers(_ meeting: CoreMeeting, _ known: inout Known, _ told: [String]) throws {
        let rounds = try #require(meeting.rounds)
        let set = Set(periods(of: meeting))
        let numbers = rounds.records.compactMap(\.number)
        try #require(Set(numbers).count == numbers.count, "a number twice after \(told)")
        for record in rounds.records {
            try #require(set.contains(record.period), "\(record.period) is no period, after \(told)")
            let key = "\(meeting.number) \(record.period.iso8601)"
            if record.ending != nil {
                try #require(record.number == nil, "a period without a round has a number, after \(told)")
                known.numbers[key] = nil
            } else if let number = known.numbers[key] {
                try #require(record.number == number, "\(key) had number \(number), after \(told)")
            }
            if let number = record.number { known.numbers[key] = number }
        }
        for override in meeting.overrides {
            try #require(set.contains(override.recurrenceID), "\(override.recurrenceID) is no period, after \(told)")
            let key = "\(meeting.number) \(override.recurrenceID.iso8601)"
            if let timing = known.held[key] {
                try #require(override.timing == timing && override.status == .held, "the past moved, after \(told)")
            }
            if override.status == .held { known.held[key] = override.timing }
        }
    }

    /// The first days of the periods, over all that was ever said of how often the talks are held.
    private func periods(of meeting: CoreMeeting) -> [CivilDateTime] {
        meeting.segments.flatMap { segment in
            segment.recurrenceSet(in: .utc).starts(from: segment.timing.start).prefix(300)
                .prefix { period in segment.endsBefore.map { period < $0 } ?? true }
        }
    }

    /// The turn passes when a round is held, to the one after its actual host, and on through what is owed.
    private func checkHosts(
        _ meeting: CoreMeeting, at now: Instant, _ scene: BookScene, _ told: [String]
    ) throws {
        let rounds = try #require(meeting.rounds)
        let plan = try #require(try RoundPlan(meeting, at: now, in: scene.zones))
        let held = meeting.overrides.filter { $0.status == .held }
        let last = held.max { ($0.timing?.start ?? $0.recurrenceID) < ($1.timing?.start ?? $1.recurrenceID) }
        let lastHost = last.flatMap { override in rounds.records.first { $0.period == override.recurrenceID }?.host }
        var turn = rounds.hosts.firstIndex { $0.isCalled(lastHost ?? "") }.map { ($0 + 1) % rounds.hosts.count } ?? 0
        var periods = periods(of: meeting).makeIterator()
        for round in try plan.rounds(from: .min, limit: 16) {
            // Every period has its round, in whatever way it stands.
            try #require(periods.next() == round.period, "after \(told)")
            let isOver = round.standing == .open && round.period < plan.current
            guard round.standing.isOwed, !isOver else { continue }
            let record = rounds.records.first { $0.period == round.period }
            if record?.host == nil {
                try #require(round.host?.name == rounds.hosts[turn].name, "\(round.period) after \(told)")
            }
            let host = round.host?.name ?? ""
            turn = rounds.hosts.firstIndex { $0.isCalled(host) }.map { ($0 + 1) % rounds.hosts.count } ?? 0
        }
    }

    /// Nobody waits for himself, however many stand between.
    private func checkChains(_ scene: BookScene, _ told: [String]) async throws {
        var edges: [Int: [Int]] = [:]
        for number in 1...40 {
            guard let meeting = try await scene.meeting(number) else { continue }
            edges[number] = meeting.relations.filter { $0.kind == .dependsOn }.map(\.target)
        }
        for start in edges.keys {
            var present = edges[start] ?? []
            var seen: Set<Int> = []
            while let next = present.popLast() {
                try #require(next != start, "\(start) waits for itself, after \(told)")
                if seen.insert(next).inserted { present += edges[next] ?? [] }
            }
        }
    }
}
