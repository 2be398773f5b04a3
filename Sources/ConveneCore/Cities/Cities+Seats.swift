// Where countries and organisations have their seat.
extension Cities {
    /// How people shorten what `City` names in full.
    private static let shortNames: [String: String] = [
        "rok": "republic of korea", "south korea": "republic of korea", "korea": "republic of korea",
        "dprk": "democratic people's republic of korea", "north korea": "democratic people's republic of korea",
        "us": "united states", "usa": "united states", "uk": "united kingdom", "prc": "china",
        "uae": "united arab emirates",
        "drc": "democratic republic of the congo",
    ]

    /// Organisations that people name like countries, and the city of each.
    private static let organisations: [String: String] = [
        "eu": "Brussels", "european union": "Brussels", "nato": "Brussels", "un": "New York",
        "united nations": "New York", "asean": "Jakarta", "african union": "Addis Ababa", "au": "Addis Ababa",
        "oecd": "Paris", "wto": "Geneva", "who": "Geneva", "iaea": "Vienna", "osce": "Vienna",
    ]

    /// The seat of a country or organisation, or `nil` where none is known.
    public func seat(of party: String) -> NamedZone? {
        let folded = Folding.fold(party)
        if let city = Cities.organisations[folded] { return zones(named: city).first }
        let country = Cities.shortNames[folded] ?? folded
        // Capitals stand before the other seats.
        guard let city = City.known.first(where: { Folding.fold($0.country) == country }) else { return nil }
        return zones(named: "\(city.name), \(city.country)").first
    }
}
