import ConveneCore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

/// Monthly talks of Tokyo and Seoul from September 2019 on, in Seoul's zone.
private struct Talks {
    let zones = VectorZones()
    var meeting: Meeting
    var now: Instant

    init() throws {
        let first = try #require(CivilDate(iso8601: "2019-09-01"))
        let (rule, _) = try #require(Cadence.monthly.periods(around: first))
        let last = try #require(CivilDate(iso8601: "2019-10-01"))
        let timing = try #require(Timing(.window, first: first, last: last, zone: "Asia/Seoul", city: nil))
        meeting = Meeting(
            uid: "dg", number: 1, summary: "DG talks",
            segments: [Segment(timing, status: .possible, rule: rule)],
            rounds: Rounds(
                cadence: .monthly,
                hosts: [
                    Party(name: "Tokyo", city: "Tokyo", zone: "Asia/Tokyo"),
                    Party(name: "Seoul", city: "Seoul", zone: "Asia/Seoul"),
                ]),
            sides: [Side(party: Party(name: "ROK")), Side(party: Party(name: "Japan"))])
        now = try #require(Instant(rfc3339: "2019-09-11T00:00:00Z"))
    }

    var plan: RoundPlan { get throws { try #require(try RoundPlan(meeting, at: now, in: zones)) } }

    func hosts(_ count: Int) throws -> [String?] {
        try plan.rounds(from: meeting.timing.start, limit: count).map { $0.host?.name }
    }

    func timing(_ date: CivilDate, hour: Int = 11) throws -> Timing {
        let time = try #require(CivilTime(hour: hour, minute: 0))
        return Timing(start: CivilDateTime(date, time), duration: .seconds(5_400), zone: "Asia/Tokyo", city: "Tokyo")
    }
}

private func period(_ text: String) throws -> CivilDateTime {
    CivilDateTime(try #require(CivilDate(iso8601: text)), .midnight)
}

@Suite("Rounds")
struct RoundsTests {
    @Test("Each period owes one round; a window lasts until the day before the next; hosts take turns")
    func owes() throws {
        let talks = try Talks()
        let owed = try talks.plan.owed(limit: 3)
        #expect(owed.map(\.standing) == [.open, .open, .open])
        #expect(owed.map { $0.occurrence.timing.lastDay.iso8601 } == ["2019-09-30", "2019-10-31", "2019-11-30"])
        #expect(try talks.hosts(4) == ["Tokyo", "Seoul", "Tokyo", "Seoul"])
    }

    @Test("The turn passes when a round is held, to the one after its actual host")
    func turns() throws {
        var talks = try Talks()
        let september = try period("2019-09-01")
        let seoul = try #require(talks.meeting.rounds?.hosts[1])
        let date = try #require(CivilDate(iso8601: "2019-09-12"))
        try talks.meeting.fix(september, at: talks.timing(date), host: seoul, now: talks.now, in: talks.zones)
        #expect(try talks.hosts(3) == ["Seoul", "Tokyo", "Seoul"])
        talks.now = try #require(Instant(rfc3339: "2019-09-13T00:00:00Z"))
        try talks.meeting.setStatus(.held, of: september, at: talks.now, in: talks.zones)
        #expect(try talks.hosts(3) == ["Seoul", "Tokyo", "Seoul"])
    }

    @Test("A skipped period takes neither number nor turn; merged periods take one of each")
    func skipsAndMerges() throws {
        var talks = try Talks()
        try talks.meeting.skip(try period("2019-09-01"), reason: "elections", in: talks.zones)
        try talks.meeting.merge(try period("2019-10-01"), into: try period("2019-11-01"), reason: nil, in: talks.zones)
        #expect(try talks.hosts(4) == [nil, nil, "Tokyo", "Seoul"])
        let date = try #require(CivilDate(iso8601: "2019-11-12"))
        try talks.meeting.fix(
            try period("2019-11-01"), at: talks.timing(date), host: nil, now: talks.now, in: talks.zones)
        #expect(talks.meeting.rounds?.records.compactMap(\.number) == [1])
        #expect(try talks.plan.round(number: 2)?.period == period("2019-12-01"))
    }

    @Test("All parties' yes makes a date agreed, and gives the round its number; a no opens it again")
    func answers() throws {
        var talks = try Talks()
        let september = try period("2019-09-01")
        let date = try #require(CivilDate(iso8601: "2019-09-20"))
        try talks.meeting.propose(
            september, at: talks.timing(date), host: nil, own: "ROK", now: talks.now, in: talks.zones)
        #expect(talks.meeting.unanswered(of: september).map(\.name) == ["Japan"])
        #expect(talks.meeting.rounds?.record(of: september)?.number == nil)
        #expect(try talks.meeting.confirm(september, by: "Japan", at: nil, in: talks.zones))
        #expect(talks.meeting.rounds?.record(of: september)?.number == 1)
        try talks.meeting.decline(september, by: "Japan", reason: "travels", in: talks.zones)
        #expect(try talks.plan.round(september)?.standing == .open)
        #expect(talks.meeting.declined(september).map(\.reason) == ["travels"])
        #expect(throws: MeetingProblem.notPossible(.decline, .open, of: PeriodName(.monthly, september.date))) {
            try talks.meeting.decline(september, by: "Japan", reason: nil, in: talks.zones)
        }
    }

    @Test(
        "A window is asked about twice, on two working days, the last time on its last one",
        arguments: [
            ("2019-09-01", "2019-09-30", "2019-09-20T08:00:00", "2019-09-30T08:00:00"),
            ("2019-09-23", "2019-09-29", "2019-09-26T08:00:00", "2019-09-27T08:00:00"),
            ("2019-09-24", "2019-09-30", "2019-09-27T08:00:00", "2019-09-30T08:00:00"),
            ("2019-09-28", "2019-09-29", "2019-09-27T08:00:00", "2019-09-29T08:00:00"),
            ("2019-09-26", "2019-09-26", "2019-09-25T08:00:00", "2019-09-26T08:00:00"),
        ])
    func asks(_ first: String, _ last: String, _ early: String, _ final: String) throws {
        let zones = VectorZones()
        let days = try [first, last].map { try #require(CivilDate(iso8601: $0)) }
        let timing = try #require(Timing(.window, first: days[0], last: days[1], zone: "Asia/Seoul", city: nil))
        let meeting = Meeting(uid: "visit", number: 1, summary: "Visit", segments: [Segment(timing)])
        let occurrence = try #require(try meeting.occurrence(of: nil, in: zones))
        let seoul = try #require(zones.timeZone("Asia/Seoul"))
        let readings = [AlarmTrigger.windowEnds, .lastCall].map { trigger in
            seoul.reading(at: trigger.due(for: occurrence, in: seoul)).iso8601
        }
        #expect(readings == [early, final])
    }

    @Test("What is held stays as it is, whatever is tried", arguments: Act.allCases)
    func heldStays(_ act: Act) {
        #expect(!act.isPossible(from: .held))
    }

    @Test(
        "Numbers, hosts and periods stay sound under any sequence of acts", arguments: UInt64(1)...60)
    func staysSound(_ seed: UInt64) throws {
        var random = Numbers(state: seed)
        var talks = try Talks()
        for _ in 0..<60 {
            let before = talks.meeting
            do {
                try act(&talks, &random)
            } catch is MeetingProblem {
                // What is refused changes nothing that counts: the caller drops the changed value.
                talks.meeting = before
            }
            try check(talks, since: before)
        }
    }

    private func act(_ talks: inout Talks, _ random: inout Numbers) throws {
        let month = { (random: inout Numbers) in
            CivilDateTime(
                try #require(CivilDate(year: 2019 + random.below(2), month: 1 + random.below(12), day: 1)), .midnight)
        }
        let period = try month(&random)
        let date = try #require(period.date.advanced(byDays: random.below(35)))
        let host = random.below(4) == 0 ? talks.meeting.rounds?.hosts[random.below(2)] : nil
        switch random.below(9) {
        case 0:
            try talks.meeting.propose(
                period, at: talks.timing(date), host: host, own: "ROK", now: talks.now, in: talks.zones)
        case 1: try talks.meeting.decline(period, by: "Japan", reason: nil, in: talks.zones)
        case 2: try talks.meeting.fix(period, at: talks.timing(date), host: host, now: talks.now, in: talks.zones)
        case 3: try talks.meeting.confirm(period, by: random.below(2) == 0 ? "Japan" : nil, at: nil, in: talks.zones)
        case 4: try talks.meeting.move(period, to: talks.timing(date, hour: 9), in: talks.zones)
        case 5:
            let window = Timing(.window, first: date, last: date, zone: "Asia/Seoul", city: nil)
            try talks.meeting.postpone(period, into: window, reason: "busy", now: talks.now, in: talks.zones)
        case 6: try talks.meeting.merge(period, into: try month(&random), reason: nil, in: talks.zones)
        case 7: try talks.meeting.skip(period, reason: nil, in: talks.zones)
        default:
            talks.now = talks.now.advanced(bySeconds: Int64(random.below(20)) * 86_400)
            try talks.meeting.setStatus(.held, of: period, at: talks.now, in: talks.zones)
        }
    }

    private func check(_ talks: Talks, since before: Meeting) throws {
        let records = try #require(talks.meeting.rounds?.records)
        let numbers = records.compactMap(\.number)
        #expect(Set(numbers).count == numbers.count)
        #expect(numbers.allSatisfy { $0 >= 1 })
        #expect(records.map(\.period) == records.map(\.period).sorted())
        for record in records where record.ending != nil {
            #expect(record.number == nil && record.host == nil)
        }
        // What was held is never touched again.
        for old in before.overrides where old.status == .held {
            #expect(talks.meeting.override(of: old.recurrenceID)?.status == .held)
            let record = before.rounds?.record(of: old.recurrenceID)
            #expect(record?.number != nil)
            #expect(talks.meeting.rounds?.record(of: old.recurrenceID) == record)
        }
        // A number once given stays until the round ends without a date of its own.
        for old in before.rounds?.records ?? [] {
            guard let number = old.number, let new = talks.meeting.rounds?.record(of: old.period) else { continue }
            #expect(new.number == number || new.ending != nil)
        }
        // Between two owed rounds without dates of their own, the turn goes on.
        let plan = try talks.plan
        let owed = try plan.owed(limit: 6)
        let counted = owed.filter { $0.standing != .open || $0.period >= plan.current }
        for (one, next) in zip(counted, counted.dropFirst()) where next.standing == .open {
            #expect(one.host?.name != next.host?.name)
        }
        #expect(owed.map(\.period) == owed.map(\.period).sorted())
    }
}

/// A sequence that a seed repeats (SplitMix64).
private struct Numbers {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
