public import ZonedTime

/// How a series of talks is held whose dates are agreed one by one: once in every period, hosts in turn.
public struct Rounds: Hashable, Sendable {
    public var cadence: Cadence
    /// In the order in which they take turns, as typed; none where nobody takes turns.
    public var hosts: [Party]
    /// The number of the first round whose date is fixed.
    public var firstNumber: Int
    /// What is known of single rounds beside their dates, in the order of their periods.
    public var records: [RoundRecord]

    public init(cadence: Cadence, hosts: [Party] = [], firstNumber: Int = 1, records: [RoundRecord] = []) {
        self.cadence = cadence
        self.hosts = hosts
        self.firstNumber = firstNumber
        self.records = records
    }

    public func record(of period: CivilDateTime) -> RoundRecord? {
        records.first { $0.period == period }
    }

    /// Changes what is known of one round; a record that holds nothing is dropped.
    mutating func record(_ period: CivilDateTime, _ change: (inout RoundRecord) -> Void) {
        var record = record(of: period) ?? RoundRecord(period)
        change(&record)
        records.removeAll { $0.period == period }
        guard record != RoundRecord(period) else { return }
        let index = records.firstIndex { $0.period > period } ?? records.count
        records.insert(record, at: index)
    }

    /// The number that the next round gets whose date is fixed.
    var nextNumber: Int {
        max(firstNumber, (records.compactMap(\.number).max() ?? 0) + 1)
    }

    /// Where the turn goes after a host; the first where it is none of them.
    func position(after host: String?) -> Int {
        guard let host, !hosts.isEmpty, let index = hosts.firstIndex(where: { $0.isCalled(host) }) else { return 0 }
        return (index + 1) % hosts.count
    }
}

/// What is known of one round beside its date and status.
public struct RoundRecord: Hashable, Sendable {
    /// Why a period has no round of its own.
    public enum Ending: Hashable, Sendable {
        case skipped
        /// With the round of that period.
        case merged(into: CivilDateTime)
    }

    /// The first day of the period, which names the round however it is moved.
    public let period: CivilDateTime
    /// Given when its date is first fixed.
    public var number: Int?
    /// Who hosts it, once it has a date; before that it is whose turn it is.
    public var host: String?
    public var ending: Ending?
    /// Why it was skipped, postponed or merged.
    public var reason: String?

    public init(
        _ period: CivilDateTime, number: Int? = nil, host: String? = nil, ending: Ending? = nil, reason: String? = nil
    ) {
        self.period = period
        self.number = number
        self.host = host
        self.ending = ending
        self.reason = reason
    }
}

/// What a party answered to a date.
public struct Answer: Hashable, Sendable {
    /// Of which occurrence; `nil` for a single meeting.
    public let recurrenceID: CivilDateTime?
    public let party: String
    public let isYes: Bool
    public let reason: String?
    /// The date that was answered.
    public let timing: Timing

    public init(recurrenceID: CivilDateTime?, party: String, isYes: Bool, reason: String? = nil, timing: Timing) {
        self.recurrenceID = recurrenceID
        self.party = party
        self.isYes = isYes
        self.reason = reason
        self.timing = timing
    }
}
