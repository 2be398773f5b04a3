public import ZonedTime

/// A post of a party.
public struct Office: Hashable, Sendable {
    /// `Japan`, as typed.
    public let party: String
    /// `DG`.
    public let title: String

    public init(party: String, title: String) {
        self.party = party
        self.title = title
    }

    /// How it is looked up.
    public var key: String { Folding.fold(party) + "/" + Folding.fold(title) }

    /// `Japan DG`.
    public var name: String { "\(party) \(title)" }
}

/// Who holds an office, and from when to when.
public struct Tenure: Hashable, Sendable {
    public let office: Office
    public let person: String
    /// The first day or month; `nil` where it was not said.
    public var since: PartialDate?
    /// The last day; `nil` where it goes on.
    public var until: CivilDate?

    public init(office: Office, person: String, since: PartialDate? = nil, until: CivilDate? = nil) {
        self.office = office
        self.person = person
        self.since = since
        self.until = until
    }

    /// Who held an office one after the other, with another tenure among them: it takes the place of one that begins on
    /// the same day, and of that of the same person before or after it; each ends the day before the next begins.
    public static func sequence(_ known: [Tenure], with new: Tenure) -> [Tenure] {
        func begin(_ tenure: Tenure) -> CivilDate { tenure.since?.first ?? .min }
        var sequence = known.filter { begin($0) != begin(new) }
        sequence.append(new)
        sequence.sort { begin($0) < begin($1) }
        if let index = sequence.firstIndex(of: new) {
            let beside = [index - 1, index + 1].filter { sequence.indices.contains($0) }
                .filter { Folding.fold(sequence[$0].person) == Folding.fold(new.person) }
            for other in beside.reversed() { sequence.remove(at: other) }
        }
        for index in sequence.indices {
            let next = sequence.indices.contains(index + 1) ? sequence[index + 1] : nil
            sequence[index].until = next.flatMap { begin($0).advanced(byDays: -1) }
        }
        return sequence
    }

    /// Whether the person holds the office on a day.
    public func covers(_ date: CivilDate) -> Bool {
        (since.map { $0.first <= date } ?? true) && (until.map { date <= $0 } ?? true)
    }
}

/// A day, or only the month or year of it: `since sep`.
public enum PartialDate: Hashable, Sendable {
    case day(CivilDate)
    /// By its first day.
    case month(CivilDate)
    /// By its first day.
    case year(CivilDate)

    /// The first day that it can be.
    public var first: CivilDate {
        switch self {
        case .day(let date), .month(let date), .year(let date): date
        }
    }

    /// `2019-09-11`, `2019-09`, `2019`.
    public var text: String {
        switch self {
        case .day(let date): date.iso8601
        case .month(let date): String(date.iso8601.prefix(7))
        case .year(let date): String(date.iso8601.prefix(4))
        }
    }

    public init?(text: String) {
        switch text.utf8.count {
        case 10: guard let date = CivilDate(iso8601: text) else { return nil }; self = .day(date)
        case 7: guard let date = CivilDate(iso8601: text + "-01") else { return nil }; self = .month(date)
        case 4: guard let date = CivilDate(iso8601: text + "-01-01") else { return nil }; self = .year(date)
        default: return nil
        }
    }

    /// `11 September 2019`, `September 2019`, `2019`.
    public var words: String {
        switch self {
        case .day(let date): date.words
        case .month(let date): "\(CalendarWords.monthNames[date.month - 1]) \(date.year)"
        case .year(let date): "\(date.year)"
        }
    }
}
