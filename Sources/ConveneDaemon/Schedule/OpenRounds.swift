import ConveneCore
import ZonedTime

/// Which open rounds a list shows: of each series the next one only, unless the list ends on a day that was named.
///
/// A series goes on for ever; that September after next has no date yet is no news.
struct OpenRounds {
    /// So many are passed over before a list ends that is not full by then.
    private static let reach = 2_000

    let showsAll: Bool
    let now: Instant
    let zones: any TimeZoneSource
    private var first: [Int: CivilDateTime?] = [:]
    private var passed = 0

    init(showsAll: Bool, now: Instant, zones: any TimeZoneSource) {
        self.showsAll = showsAll
        self.now = now
        self.zones = zones
    }

    /// Too many were passed over: nothing else is to come.
    var isOver: Bool { passed >= OpenRounds.reach }

    mutating func shows(_ occurrence: CoreOccurrence, of meeting: CoreMeeting) throws -> Bool {
        guard !showsAll, meeting.standing(of: occurrence) == .open else { return true }
        let first: CivilDateTime?
        if let known = self.first[meeting.number] {
            first = known
        } else {
            first = try RoundPlan(meeting, at: now, in: zones)?.firstOpen()
            self.first[meeting.number] = .some(first)
        }
        let isShown = first.flatMap { first in occurrence.recurrenceID.map { $0 <= first } } ?? true
        if !isShown { passed += 1 }
        return isShown
    }
}
