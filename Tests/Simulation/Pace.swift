/// Judges from what a daemon sends whether it says more late entries in half a minute than it may.
///
/// What is late is said in portions: at most so many within 30 seconds, which begin with the first of them; a clock that
/// was set back, or a start, begins anew. The day's sheets are not counted. When the daemon has looked is not seen from
/// outside: within the second before it sends. So all that may be so is followed, and it is wrong where nothing is left
/// that may be.
struct Pace {
    /// How much of a portion may have been said: bit n stands for n entries.
    private typealias Counts = UInt64

    private static let window: Int64 = 30
    private static let grace: Int64 = 60
    /// The beginning of a portion that never was: no clock comes back to it.
    private static let never = Int64.min

    /// At most 63; `nil` where it is more than ever comes.
    let limit: Int?
    /// By when the portion began: a long outage leaves hundreds of them that a clock may be set back to.
    private var portions: [Int64: Counts] = [Pace.never: 1]
    /// What the clock showed before it was set, where something was looked up by then and is perhaps not sent.
    private var readings: Set<Int64> = []

    init(limit: Int?) {
        if let limit { precondition(1..<Counts.bitWidth ~= limit) }
        self.limit = limit
    }

    mutating func start() {
        portions = [Pace.never: 1]
        readings = []
    }

    mutating func stepped(from wall: Int64) { readings.insert(wall) }

    mutating func rested() { readings = [] }

    private func moments(_ wall: Int64) -> Set<Int64> {
        readings.union([wall]).reduce(into: []) { $0.formUnion([$1, $1 - 1]) }
    }

    /// When the portions began that a clock that shows `moment` is within.
    private func open(at moment: Int64) -> [Int64] {
        (moment - Pace.window + 1...moment).filter { portions[$0] != nil }
    }

    /// It sent an entry of what was due then.
    mutating func sent(due: Int64, at wall: Int64) throws {
        guard let limit else { return }
        let moments = moments(wall)
        var next = moments.contains { $0 - due < Pace.grace } ? portions : [:]
        for moment in moments where moment - due >= Pace.grace {
            let open = open(at: moment)
            if open.count < portions.count { next[moment, default: 0] |= 1 << 1 }
            for since in open {
                let counts = (portions[since, default: 0] << 1) & Pace.upTo(limit)
                if counts != 0 { next[since, default: 0] |= counts }
            }
        }
        if next.isEmpty { throw Violation(description: "more than \(limit) late ones at once") }
        portions = next
    }

    /// The journal refused: how many were to follow is not known.
    mutating func refused(at wall: Int64) {
        guard let limit else { return }
        var next = portions
        for moment in moments(wall) {
            let open = open(at: moment)
            if open.count < portions.count { next[moment] = Pace.upTo(limit) }
            for since in open {
                let fewest = portions[since, default: 0].trailingZeroBitCount
                next[since, default: 0] |= (Pace.upTo(limit) >> fewest) << fewest
            }
        }
        portions = next
    }

    /// Whether as much was said as may be, so that what is late has to wait.
    func mayBeFull(at wall: Int64) -> Bool {
        guard let limit else { return false }
        return moments(wall).contains { moment in
            open(at: moment).contains { (portions[$0, default: 0] >> limit) & 1 == 1 }
        }
    }

    private static func upTo(_ count: Int) -> Counts { Counts.max >> (Counts.bitWidth - 1 - count) }
}
