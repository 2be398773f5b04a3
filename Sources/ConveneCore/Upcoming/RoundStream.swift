import Recurrence
import ZonedTime

/// The rounds without a date of all series of one pattern, period by period.
///
/// Where only the next one of each series is asked for, periods are walked up to the present one; series whose next
/// round lies beyond come after them, in the order of those rounds. So nothing is looked at that is not shown.
final class RoundStream {
    private enum Stage {
        /// The series that have no date any more from some period on, at the present period.
        case endless
        /// Those that have one again later.
        case bounded
        /// The next round of the series whose present one has a date.
        case next
        case over
    }

    private let index: any ScheduleIndex
    private let key: Int64
    private let zone: TimeZone
    private let zones: any TimeZoneSource
    private let asked: Span
    private let nextOpenAt: Instant?
    private let periods: RecurrenceSet
    /// Where the first period begins that is asked for.
    private let firstAt: Instant
    private var stage = Stage.endless
    private var period: CivilDateTime?
    private var periodAt = Instant.distantPast
    private var position = InstantPosition()
    private var batch: ArraySlice<RoundCandidate> = []
    private var batchSize = firstBatch

    init(
        _ index: any ScheduleIndex, _ key: Int64, _ pattern: RoundPattern, _ zones: any TimeZoneSource, _ asked: Span,
        nextOpenAt: Instant?
    ) throws {
        self.index = index
        self.key = key
        self.zones = zones
        self.asked = asked
        self.nextOpenAt = nextOpenAt
        zone = try zones.zone(named: pattern.zone)
        guard let periods = pattern.periods else { throw MeetingProblem.neverOccurs }
        self.periods = periods
        let reading = zone.reading(at: asked.endingAfter)
        let behind = reading.advanced(bySeconds: 1) ?? reading
        let first = periods.previous(before: behind) ?? periods.next(onOrAfter: reading)
        firstAt = first.map { [zone] first in zone.firstInstant(of: first.date) } ?? .distantPast
        begin(first)
    }

    var bound: Instant? {
        switch stage {
        case .over: nil
        case .endless, .bounded: periodAt
        case .next: batch.first?.position.instant ?? position.instant
        }
    }

    func step() throws -> [Dated<Found>] {
        if batch.isEmpty {
            batch = try nextBatch()[...]
            batchSize = min(batchSize * 2, largestBatch)
            if batch.isEmpty { moveOn() }
            return []
        }
        let candidate = batch.removeFirst()
        position = candidate.position
        if stage == .next, candidate.position.instant >= asked.startingBefore {
            stage = .over
            return []
        }
        let id = stage == .next ? candidate.first : period
        guard let meeting = try index.meeting(candidate.meeting),
            let occurrence = try meeting.occurrence(of: id, in: zones), asked.contains(occurrence)
        else { return [] }
        return [Dated(at: occurrence.startsAt, (meeting, occurrence))]
    }

    private func nextBatch() throws -> [RoundCandidate] {
        switch stage {
        case .endless, .bounded:
            try index.openRounds(
                of: key, at: periodAt, isEndless: stage == .endless, after: position, limit: batchSize)
        case .next:
            try index.nextRounds(of: key, after: nextOpenAt ?? .distantFuture, after: position, limit: batchSize)
        case .over: []
        }
    }

    private func moveOn() {
        switch stage {
        case .endless:
            stage = .bounded
            startOver(InstantPosition())
        case .bounded: begin(period.flatMap(periods.next(after:)))
        case .next, .over: stage = .over
        }
    }

    private func begin(_ period: CivilDateTime?) {
        self.period = period
        let instant = period.map { zone.firstInstant(of: $0.date) }
        if let instant, instant < asked.startingBefore, nextOpenAt.map({ instant <= $0 }) ?? true {
            stage = .endless
            periodAt = instant
            startOver(InstantPosition())
        } else if let nextOpenAt {
            stage = .next
            startOver(InstantPosition(instant: max(nextOpenAt.advanced(bySeconds: 1), firstAt)))
        } else {
            stage = .over
        }
    }

    private func startOver(_ position: InstantPosition) {
        self.position = position
        batch = []
        batchSize = firstBatch
    }
}
