/// Judges from what a daemon sends whether it says more late entries in half a minute than it may.
///
/// What is late is said in portions: at most so many within 30 seconds, which begin with the first of them; a clock that
/// was set back, or a start, begins anew. The day's sheets are not counted. When the daemon has looked is not seen from
/// outside: within the second before it sends. So all that may be so is followed, and it is wrong where nothing is left
/// that may be.
struct Pace {
    /// When a portion began, and how much of it was said.
    private struct Portion: Hashable {
        var since: Int64?
        var count = 0
    }

    private static let window: Int64 = 30
    private static let grace: Int64 = 60

    /// `nil` where it is more than ever comes.
    let limit: Int?
    private var portions: Set<Portion> = [Portion()]
    /// What the clock showed before it was set, where something was looked up by then and is perhaps not sent.
    private var readings: [Int64] = []

    init(limit: Int?) { self.limit = limit }

    mutating func start() {
        portions = [Portion()]
        readings = []
    }

    mutating func stepped(from wall: Int64) { readings.append(wall) }

    mutating func rested() { readings = [] }

    private func moments(_ wall: Int64) -> [Int64] { ([wall] + readings).flatMap { [$0, $0 - 1] } }

    private static func isOpen(_ portion: Portion, at moment: Int64) -> Bool {
        portion.since.map { moment >= $0 && moment < $0 + window } ?? false
    }

    /// It sent an entry of what was due then.
    mutating func sent(due: Int64, at wall: Int64) throws {
        guard let limit else { return }
        var next: Set<Portion> = []
        for portion in portions {
            for moment in moments(wall) {
                if moment - due < Pace.grace {
                    next.insert(portion)
                } else if !Pace.isOpen(portion, at: moment) {
                    next.insert(Portion(since: moment, count: 1))
                } else if portion.count < limit {
                    next.insert(Portion(since: portion.since, count: portion.count + 1))
                }
            }
        }
        if next.isEmpty { throw Violation(description: "more than \(limit) late ones at once") }
        portions = next
    }

    /// The journal refused: how many were to follow is not known.
    mutating func refused(at wall: Int64) {
        guard let limit else { return }
        for portion in portions {
            for moment in moments(wall) {
                let isOpen = Pace.isOpen(portion, at: moment)
                for count in (isOpen ? portion.count : 0)...limit {
                    portions.insert(Portion(since: isOpen ? portion.since : moment, count: count))
                }
            }
        }
    }

    /// Whether as much was said as may be, so that what is late has to wait.
    func mayBeFull(at wall: Int64) -> Bool {
        guard let limit else { return false }
        return portions.contains { portion in
            portion.count >= limit && moments(wall).contains { Pace.isOpen(portion, at: $0) }
        }
    }
}
