/// A country or organisation, and the seat where it receives its guests.
public struct Party: Hashable, Sendable {
    /// As it was typed where it was first named.
    public var name: String
    /// What people call its seat.
    public var city: String?
    /// The IANA zone of the seat.
    public var zone: String?

    public init(name: String, city: String? = nil, zone: String? = nil) {
        self.name = name
        self.city = city
        self.zone = zone
    }

    /// Whether people mean it by that: its name, or its seat.
    public func isCalled(_ name: String) -> Bool {
        Party.isSame(self.name, name) || (city.map { Party.isSame($0, name) } ?? false)
    }

    static func isSame(_ name: String, _ other: String) -> Bool {
        Folding.fold(name) == Folding.fold(other)
    }
}

/// One side of a meeting: an office, a person, or a party alone.
public struct Side: Hashable, Sendable {
    public var party: Party?
    /// `DG`: a post of the party; who holds it on the day attends.
    public var office: String?
    /// Who was named; where there is an office too, its holder when this was typed.
    public var person: String?

    public init(party: Party? = nil, office: String? = nil, person: String? = nil) {
        self.party = party
        self.office = office
        self.person = person
    }
}
