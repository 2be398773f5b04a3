import Testing
import ZonedTime

@testable import ConveneCore

@Suite("Cities and the folding of names")
struct PhrasesCitiesTests {
    private let cities = Cities(zones: PhraseZones.shared)

    @Test(
        "A city is found however it is written",
        arguments: [
            ("Geneva", "Europe/Zurich", "Geneva"), ("genève", "Europe/Zurich", "Geneva"),
            ("BERN", "Europe/Zurich", "Bern"),
            ("Beijing", "Asia/Shanghai", "Beijing"), ("Washington", "America/New_York", "Washington"),
            ("Washington, D.C.", "America/New_York", "Washington"), ("The Hague", "Europe/Amsterdam", "The Hague"),
            ("Seoul", "Asia/Seoul", "Seoul"), ("tokyo", "Asia/Tokyo", "Tokyo"),
            ("New York", "America/New_York", "New York"),
            ("new_york", "America/New_York", "New York"), ("New  York", "America/New_York", "New York"),
            ("Vienna", "Europe/Vienna", "Vienna"), ("Nairobi", "Africa/Nairobi", "Nairobi"),
            ("New Delhi", "Asia/Kolkata", "New Delhi"), ("Ankara", "Europe/Istanbul", "Ankara"),
            ("Istanbul", "Europe/Istanbul", "Istanbul"), ("Nicosia", "Asia/Nicosia", "Nicosia"),
            ("Sao Paulo", "America/Sao_Paulo", "Sao Paulo"), ("São Paulo", "America/Sao_Paulo", "Sao Paulo"),
            ("porto novo", "Africa/Porto-Novo", "Porto-Novo"),
            ("Port-au-Prince", "America/Port-au-Prince", "Port-au-Prince"),
            ("Kiev", "Europe/Kyiv", "Kyiv"), ("Bonn", "Europe/Berlin", "Bonn"),
            ("Montréal", "America/Toronto", "Montreal"),
            ("Strasbourg", "Europe/Paris", "Strasbourg"), ("Rome", "Europe/Rome", "Rome"),
            ("N'Djamena", "Africa/Ndjamena", "N'Djamena"),
            ("Saint Petersburg", "Europe/Moscow", "Saint Petersburg"), ("Ｔｏｋｙｏ", "Asia/Tokyo", "Tokyo"),
            ("Victoria, Seychelles", "Indian/Mahe", "Victoria"), ("Mendoza", "America/Argentina/Mendoza", "Mendoza"),
            ("Europe/Berlin", "Europe/Berlin", "Berlin"),
            ("america/argentina/buenos_aires", "America/Argentina/Buenos_Aires", "Buenos Aires"),
            ("UTC", "UTC", "UTC"), ("Japan", "Japan", "Japan"), ("UTC-3", "Etc/GMT+3", "UTC-3"),
            ("Etc/GMT-9", "Etc/GMT-9", "UTC+9"),
        ])
    func found(text: String, identifier: String, label: String) {
        #expect(cities.find(text) == .one(NamedZone(identifier: identifier, label: label)))
    }

    @Test("A name that two cities bear lists both", arguments: ["Victoria", "St. John's", "Saint John’s", "San Juan"])
    func ambiguous(text: String) {
        guard case .several(let zones) = cities.find(text) else {
            Issue.record("\(text) should be ambiguous")
            return
        }
        #expect(zones.count == 2)
        // Each of them is found as the one it is.
        for zone in zones {
            guard case .one(let found) = cities.find(zone.identifier) else {
                Issue.record("\(zone.identifier) should be one")
                continue
            }
            #expect(found.identifier == zone.identifier)
        }
    }

    @Test(
        "A name that is not known brings those that are spelled alike",
        arguments: [
            ("Tokio", ["Tokyo"]), ("Wahsington", ["Washington"]), ("New Yrok", ["New York"]), ("KST", ["Seoul"]),
            ("Asia/Tokio", ["Asia/Tokyo"]), ("Genevra", ["Geneva"]), ("Atlantis", []), ("", []), ("x", []),
            ("UTC+20", []),
        ])
    func unknown(text: String, suggestions: [String]) {
        #expect(cities.find(text) == .none(suggestions: suggestions))
    }

    @Test("Every city of the list has a zone in tzdata, and is found by its name")
    func wholeList() {
        for city in City.known {
            #expect(PhraseZones.shared.identifiers.contains(city.zone), "\(city.name)")
            let found = cities.zones(named: city.name)
            #expect(found.contains(NamedZone(identifier: city.zone, label: city.name)), "\(city.name)")
            #expect(cities.zones(named: "\(city.name), \(city.country)").count == 1, "\(city.name), \(city.country)")
        }
    }

    @Test("Every zone has a label, and every identifier is found")
    func wholeZones() {
        for identifier in PhraseZones.shared.identifiers where identifier.contains("/") {
            #expect(cities.zones(named: identifier).map(\.identifier) == [identifier])
            #expect(!Cities.label(of: identifier).isEmpty)
        }
    }

    @Test(
        "Zones are called by their city",
        arguments: [
            ("America/New_York", "New York"), ("UTC", "UTC"), ("Etc/UTC", "UTC"), ("Africa/Sao_Tome", "São Tomé"),
            ("America/Argentina/Buenos_Aires", "Buenos Aires"), ("America/Port_of_Spain", "Port of Spain"), ("", ""),
            ("/", "/"),
        ])
    func labels(identifier: String, label: String) {
        #expect(Cities.label(of: identifier) == label)
    }

    @Test("A city whose zone the data lacks is left out")
    func oldData() {
        let old = Cities(identifiers: ["Europe/Kiev", "UTC"])
        #expect(old.find("Kiev") == .one(NamedZone(identifier: "Europe/Kiev", label: "Kiev")))
        #expect(old.find("Geneva") == .none(suggestions: []))
    }

    @Test(
        "Folding leaves what is compared",
        arguments: [
            ("Rédaction – Genève", "redaction - geneve"), ("ROK–Japan  DG talks ", "rok-japan dg talks"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"), ("Ærø", "aero"), ("İstanbul", "istanbul"), ("Łódź", "lodz"), ("Nguyễn", "nguyen"),
            ("it’s", "it's"), ("“quoted”", "\"quoted\""), ("e\u{301}", "e"), ("ΑΘΉΝΑ", "αθηνα"), ("Ёлка", "елка"),
            ("東京", "東京"),
            ("\u{2003}a\u{00A0}b\n", "a b"), ("", ""),
        ])
    func folding(text: String, folded: String) {
        #expect(Folding.fold(text) == folded)
        #expect(Folding.fold(folded) == folded)
    }

    @Test("Both encodings of Hangul fold to the same")
    func hangul() {
        let composed = "서울 회담"
        let decomposed = "\u{1109}\u{1165}\u{110B}\u{116E}\u{11AF} \u{1112}\u{116C}\u{1103}\u{1161}\u{11B7}"
        #expect(Array(Folding.fold(composed).unicodeScalars) == Array(decomposed.unicodeScalars))
        #expect(Folding.fold(decomposed) == Folding.fold(composed))
    }
}
