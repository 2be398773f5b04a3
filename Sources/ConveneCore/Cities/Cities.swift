public import ZonedTime

/// The cities and zones that people can name: tzdb's names and links, capitals, and seats of the United Nations.
///
/// Names match without regard to case, accents, dashes and points; `Genève`, `geneva` and `GENEVA` are one.
public struct Cities: Sendable {
    private let zonesByName: [String: [NamedZone]]
    private let identifiers: [String: String]
    /// Every name as it is compared and as it is shown.
    private let names: [(key: [Unicode.Scalar], shown: String)]

    /// Collects the names of the zones that the source has; a city whose zone it lacks is left out.
    public init(zones: any TimeZoneSource) {
        self.init(identifiers: zones.identifiers)
    }

    init(identifiers names: [String]) {
        let known = Set(names)
        var zonesByName: [String: [NamedZone]] = [:]
        var shown: [(key: [Unicode.Scalar], shown: String)] = []
        for city in City.known where known.contains(city.zone) {
            let zone = NamedZone(identifier: city.zone, label: city.name)
            for name in [city.name] + city.otherNames {
                let key = Cities.key(name)
                if zonesByName[key]?.contains(zone) != true { zonesByName[key, default: []].append(zone) }
                zonesByName[key + " " + Cities.key(city.country)] = [zone]
                shown.append((Array(key.unicodeScalars), name))
            }
        }
        // Of links that end alike the longest is tzdb's own: America/Argentina/Mendoza, once America/Mendoza.
        let cities = names.filter(Cities.isNamedAfterACity)
            .sorted { ($0.split(separator: "/").count, $1) > ($1.split(separator: "/").count, $0) }
        for identifier in cities {
            let label = Cities.label(of: identifier)
            let key = Cities.key(String(identifier.split(separator: "/").last ?? ""))
            guard zonesByName[key] == nil else { continue }
            zonesByName[key] = [NamedZone(identifier: identifier, label: label)]
            shown.append((Array(key.unicodeScalars), label))
        }
        self.zonesByName = zonesByName
        self.names = shown
        // 'Factory' is what a machine has whose zone nobody has set. EST, MST and HST are on winter time all year in
        // tzdb, which nobody means who types them in summer.
        let zones = names.filter { !["Factory", "EST", "MST", "HST"].contains($0) }.map { (Folding.fold($0), $0) }
        identifiers = Dictionary(zones, uniquingKeysWith: { first, _ in first })
    }

    /// Finds a city (`New York`, `Victoria, Seychelles`), a zone (`Europe/Berlin`) or an offset (`UTC+9`).
    public func find(_ text: String) -> CityMatch {
        let zones = zones(named: text)
        switch zones.count {
        case 0: return .none(suggestions: namesLike(text))
        case 1: return .one(zones[0])
        default: return .several(zones)
        }
    }

    /// What bears that name; none, one, or where there are several of it all of them.
    func zones(named text: String) -> [NamedZone] {
        if let zones = zonesByName[Cities.key(text)] { return zones }
        let folded = Folding.fold(text)
        guard let identifier = identifiers[folded] ?? fixedZone(folded) else { return [] }
        return [NamedZone(identifier: identifier, label: Cities.label(of: identifier))]
    }

    /// What people call the place of a zone: `New York` for `America/New_York`, `UTC` for `Etc/UTC`.
    public static func label(of identifier: String) -> String {
        if let label = properLabels[identifier] { return label }
        let parts = identifier.split(separator: "/")
        guard let last = parts.last else { return identifier }
        guard parts[0] != "Etc" else { return offsetLabel(String(last)) }
        return String(last.map { $0 == "_" ? " " : $0 })
    }

    /// How a name is compared: folded, words apart by one space, `Saint` as `St`.
    static func key(_ name: String) -> String {
        var words: [String] = [""]
        for character in Folding.fold(name).unicodeScalars {
            switch character {
            case " ", "_", "-", ",": words.append("")
            case ".", "'": continue
            default: words[words.count - 1].unicodeScalars.append(character)
            }
        }
        return words.filter { !$0.isEmpty }.map { $0 == "saint" ? "st" : $0 }.joined(separator: " ")
    }

    /// Labels whose spelling tzdb has in ASCII only: `São Tomé`.
    private static let properLabels: [String: String] = {
        var labels: [String: String] = [:]
        for city in City.known {
            let last = city.zone.split(separator: "/").last.map(String.init) ?? ""
            if key(last) == key(city.name) { labels[city.zone] = city.name }
        }
        return labels
    }()

    /// tzdb also has names of countries and groups, of states, and of abbreviations: zones, but no cities.
    ///
    /// What is a word of everyday English is found by its identifier only, so that nobody who types `easter monday`
    /// meets on the clock of Easter Island.
    private static func isNamedAfterACity(_ identifier: String) -> Bool {
        let continents: Set<Substring> = [
            "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
        ]
        let states: Set<Substring> = [
            "ACT", "LHI", "NSW", "North", "Queensland", "South", "Tasmania", "Victoria", "West", "Yancowinna",
        ]
        let everydayWords: Set<Substring> = [
            "Center", "Christmas", "Easter", "Midway", "Resolute", "Troll", "Virgin", "Wake",
        ]
        let parts = identifier.split(separator: "/")
        guard parts.count >= 2, continents.contains(parts[0]), !everydayWords.contains(parts[parts.count - 1])
        else { return false }
        return parts[0] != "Australia" || !states.contains(parts[1])
    }
}

// Offsets, which have names only in part.
extension Cities {
    /// tzdb counts `Etc/GMT-9` the other way round: it is nine hours ahead.
    private static func offsetLabel(_ name: String) -> String {
        guard name.hasPrefix("GMT"), let hours = Int(name.dropFirst(3)), hours != 0 else { return "UTC" }
        return hours < 0 ? "UTC+\(-hours)" : "UTC-\(hours)"
    }

    /// `utc+9`, `gmt-3`: whole hours, as tzdb has them.
    private func fixedZone(_ folded: String) -> String? {
        guard folded.hasPrefix("utc") || folded.hasPrefix("gmt"),
            let hours = Int(folded.dropFirst(3)), (-12...14).contains(hours)
        else { return nil }
        let name = hours == 0 ? "etc/gmt" : "etc/gmt\(hours > 0 ? "-" : "+")\(abs(hours))"
        return identifiers[name]
    }
}

// What may have been meant.
extension Cities {
    /// Where the clocks are that an abbreviation means to most people; several zones share some of them.
    private static let abbreviations: [String: [String]] = [
        "kst": ["Seoul"], "jst": ["Tokyo"], "ist": ["New Delhi", "Dublin", "Jerusalem"], "cest": ["Berlin", "Geneva"],
        "edt": ["New York"], "est": ["New York"], "mst": ["Denver", "Phoenix"], "hst": ["Honolulu"],
        "pst": ["Los Angeles"], "pdt": ["Los Angeles"], "cdt": ["Chicago"], "mdt": ["Denver"],
        "bst": ["London"], "sgt": ["Singapore"], "hkt": ["Hong Kong"], "msk": ["Moscow"], "eest": ["Athens", "Kyiv"],
        "aest": ["Sydney"], "aedt": ["Sydney"], "nzst": ["Wellington"], "nzdt": ["Wellington"], "eat": ["Nairobi"],
        "wib": ["Jakarta"], "ict": ["Bangkok"], "pkt": ["Islamabad"], "gst": ["Abu Dhabi"], "trt": ["Ankara"],
    ]

    /// The names that may have been meant by one that is not known.
    func namesLike(_ text: String) -> [String] {
        let folded = Folding.fold(text)
        if let meant = Cities.abbreviations[folded] { return meant }
        if folded.contains("/") {
            let nearest = Spelling.nearest(
                to: folded, among: identifiers, by: { $0.key }, atMost: .max)
            return nearest.map(\.value).sorted().prefix(3).map(\.self)
        }
        return Spelling.nearest(to: Cities.key(text), among: names, letters: { $0.key }).map(\.shown)
    }
}
