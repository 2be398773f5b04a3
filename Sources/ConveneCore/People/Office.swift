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
