import ConveneCore
import Testing
import ZonedTime

@Suite("What cannot be understood")
struct PhrasesErrorTests {
    /// The phrase with the part that the reason is about in brackets.
    private func marked(_ error: PhraseError) -> String {
        var scalars = Array(error.text.unicodeScalars)
        scalars.insert("]", at: error.range.upperBound)
        scalars.insert("[", at: error.range.lowerBound)
        return String(String.UnicodeScalarView(scalars))
    }

    @Test(
        "The error says where it is, why, and what may have been meant",
        arguments: [
            ("31 sep", "[31 sep]", "there is no 31 September", ["30 sep", "1 oct"]),
            ("fri 31 sep 10:00", "[fri 31 sep] 10:00", "there is no 31 September", ["30 sep", "1 oct"]),
            ("30 feb 2027", "[30 feb 2027]", "there is no 30 February", ["28 feb 2027", "1 mar 2027"]),
            ("2027-02-30", "[2027-02-30]", "there is no 30 February", ["2027-02-28", "2027-03-01"]),
            ("29 feb 2027", "[29 feb 2027]", "there is no 29 February 2027", ["28 feb 2027", "1 mar 2027"]),
            ("2027-13-01", "[2027-13-01]", "there is no month 13", []),
            ("28–31 sep", "28–[31 sep]", "there is no 31 September", ["30 sep", "1 oct"]),
            (
                "thu 20 sep", "[thu 20 sep]", "20 September 2019 is a Friday, not a Thursday",
                ["fri 20 sep", "thu 19 sep"]
            ),
            (
                "mon 20 sep 2019", "[mon 20 sep 2019]", "20 September 2019 is a Friday, not a Monday",
                ["fri 20 sep 2019", "mon 23 sep 2019"]
            ),
            ("30–24 sep", "[30–24 sep]", "it ends before it begins", []),
            (
                "3 oct 2019 – 28 sep 2019", "[3 oct 2019 – 28 sep 2019]", "it ends before it begins",
                ["28 sep 2019 – 3 oct 2019"]
            ),
            ("11:00–10:00", "[11:00–10:00]", "it ends before it begins", []),
            (
                "2026-12-01 24:00", "[2026-12-01 24:00]", "no day has 24:00; it is 00:00 of the day after",
                ["2026-12-02 00:00"]
            ),
            ("24:00", "[24:00]", "no day has 24:00; it is 00:00 of the day after", ["00:00"]),
            ("fri 25:00", "fri [25:00]", "there is no hour 25; a day has them from 0 to 23", []),
            ("fri 10:60", "fri [10:60]", "there is no minute 60", []),
            ("fri 15pm", "fri [15pm]", "am and pm count hours from 1 to 12", ["15:00"]),
            ("fri 10:5", "fri [10:5]", "minutes have two digits", []),
            (
                "3/12", "[3/12]", "'3/12' means different days in different countries, or is written as 2026-12-03",
                ["3 dec", "12 mar"]
            ),
            (
                "24/12/2026", "[24/12/2026]", "a date has its month in letters, or is written as 2026-12-03",
                ["24 dec 2026"]
            ),
            (
                "3.12. 10:00", "[3.12]. 10:00",
                "'3.12' means different days in different countries, or is written as 2026-12-03",
                ["3 dec", "12 mar"]
            ),
            ("fri 10.30", "fri [10.30]", "hours and minutes have a colon between them", ["10:30"]),
            ("fri 1530", "fri [1530]", "'1530' is no time of day as it stands", ["15:30"]),
            ("3 dec 1530", "[3 dec 1530]", "the year 1530 is too long ago", ["3 dec 15:30"]),
            ("20261203", "[20261203]", "'20261203' is no date as it stands", ["2026-12-03"]),
            ("fri 10", "fri [10]", "'10' alone may be a day or an hour", ["10:00"]),
            ("tomorow", "[tomorow]", "'tomorow' is not understood", ["tomorrow"]),
            ("fridy 10:00", "[fridy] 10:00", "'fridy' is not understood", ["friday"]),
            ("fri 14:00 Tokio", "fri 14:00 [Tokio]", "no city or zone 'Tokio' is known", ["Tokyo"]),
            ("fri 14:00 New Yrok", "fri 14:00 [New Yrok]", "no city or zone 'New Yrok' is known", ["New York"]),
            ("fri 14:00 Asia/Tokio", "fri 14:00 [Asia/Tokio]", "no city or zone 'Asia/Tokio' is known", ["Asia/Tokyo"]),
            ("fri 14:00 KST", "fri 14:00 [KST]", "no city or zone 'KST' is known", ["Seoul"]),
            (
                "fri 14:00 Victoria", "fri 14:00 [Victoria]", "there is more than one Victoria",
                ["Indian/Mahe", "America/Vancouver"]
            ),
            ("fri 14:00 Tokyo Seoul", "fri 14:00 Tokyo [Seoul]", "there is a place before it already", []),
            ("5th friday of october", "[5th friday of october]", "October 2019 has four Fridays", []),
            ("tomorrow 10-12", "tomorrow [10-12]", "'10-12' alone may be days or hours", ["10:00–12:00"]),
            ("tomorrow morning", "tomorrow [morning]", "'morning' is no hour", ["09:00", "10:00"]),
            ("3 days", "[3 days]", "'3 days' is a length, and it does not say from when", ["in 3 days"]),
            ("week 38", "[week] 38", "'week' is not understood here", []),
            ("every friday until lunch", "every friday until [lunch]", "'lunch' is no last day", []),
            ("blah", "[blah]", "'blah' is not a day, an hour or a city", []),
            ("", "[]", "nothing was said", ["fri 14:00", "24–30 sep", "every friday 10:00"]),
            ("Tokyo", "[Tokyo]", "it names no day and no hour", []),
            ("fri mon", "fri [mon]", "there is a day before it already", []),
            ("fri 10:00 11:00", "fri 10:00 [11:00]", "there is an hour before it already", []),
            ("october 10:00", "october [10:00]", "an hour needs one day, not several", []),
            ("some day 24–30 sep 10:00", "some day 24–30 sep [10:00]", "an hour needs its day", []),
            ("some day", "[some day]", "it does not say between which days", ["some day next week"]),
            ("fri at", "fri [at]", "something is missing behind 'at'", []),
            ("easter monday 10:00", "[easter] monday 10:00", "'easter' is not a day, an hour or a city", nil),
            ("fri 14:00 for 90m", "fri 14:00 [for] 90m", "how long it takes is said apart from when it is", []),
            (
                "2019-09-20T14:00+09:00", "2019-09-20T14:00[+09:00]",
                "an offset says no place, and a meeting needs the clock of one; name a city instead", []
            ),
            ("end of 2027", "[end of 2027]", "it may be weeks or months", ["december 2027", "second half of 2027"]),
            (
                "monthly on friday", "monthly on [friday]", "a month has more than one Friday",
                ["the first friday", "the last friday"]
            ),
            ("every frday", "every [frday]", "'frday' does not say how often", ["friday"]),
        ] as [(String, String, String, [String]?)])
    func explained(text: String, place: String, reason: String, suggestions: [String]?) throws {
        let error = try #require(throws: PhraseError.self) { try WhenPhrase.parse(text, in: .seoul) }
        #expect(marked(error) == place)
        guard let suggestions else { return }
        #expect(error.reason == reason)
        #expect(error.suggestions == suggestions)
    }

    @Test("What an error suggests fits in the place that it marks")
    func suggestionsFit() throws {
        for text in [
            "31 sep 10:00", "thu 20 sep 10:00", "fri 1530", "fridy", "fri 10:00 Tokio", "2026-12-01 24:00",
            "3 dec 1530",
            "fri 14:00 Victoria", "monthly on friday", "every frday", "3/12 10:00",
        ] {
            let error = try #require(throws: PhraseError.self) { try WhenPhrase.parse(text, in: .seoul) }
            #expect(!error.suggestions.isEmpty, "\(text)")
            for suggestion in error.suggestions {
                var scalars = Array(text.unicodeScalars)
                scalars.replaceSubrange(error.range, with: suggestion.unicodeScalars)
                let mended = String(String.UnicodeScalarView(scalars))
                #expect(throws: Never.self, "\(mended)") { try WhenPhrase.parse(mended, in: .seoul) }
            }
        }
    }

    @Test("A phrase is at most 500 characters long")
    func tooLong() throws {
        let error = try #require(throws: PhraseError.self) {
            try WhenPhrase.parse(String(repeating: "fri ", count: 1_000_000), in: .seoul)
        }
        #expect(error.text.unicodeScalars.count == 500)
        #expect(error.range == 0..<500)
    }

    @Test("Characters that steer a terminal do not come back in the reason")
    func controlCharacters() throws {
        let error = try #require(throws: PhraseError.self) { try WhenPhrase.parse("fri \u{1B}[31m", in: .seoul) }
        #expect(error.reason.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    @Test("Nothing that is typed stops the program", arguments: [UInt64(1), 2, 3])
    func hostile(seed: UInt64) {
        var random = PhraseNoise(state: seed)
        for _ in 0..<400 {
            let text = random.phrase()
            check { try WhenPhrase.parse(text, in: .seoul) }
            check { try WhenPhrase.parse(text, in: .seoul, for: .lookUp) }
            check { try InstantPhrase.parse(text, in: .seoul) }
            check { try AlarmPhrase.parse(text, in: .seoul) }
            check { try DurationPhrase.parse(text) }
            check { try RecurrencePhrase.parse(text, in: .seoul) }
            #expect(Folding.fold(Folding.fold(text)) == Folding.fold(text))
        }
    }

    /// Either it is understood, or the error marks a part of the text.
    private func check<Value>(_ parse: () throws -> Value) {
        do {
            _ = try parse()
        } catch {
            guard let error = error as? PhraseError else {
                Issue.record(error)
                return
            }
            #expect(
                error.range.lowerBound >= 0 && error.range.upperBound <= error.text.unicodeScalars.count, "\(error)")
            #expect(!error.reason.isEmpty)
        }
    }
}

/// Phrases made of pieces that belong together in no order, and of random scalars; the seed tells them again.
private struct PhraseNoise {
    var state: UInt64

    private static let pieces = [
        "fri", "friday", "24", "30", "–", "-", "to", "sep", "october", "2019", "2019-09-20", "T", "10:00", "9", "am",
        "pm", ":",
        "noon", "24:00", "next", "week", "of", "the", "in", "every", "3rd", "last", "weekday", "until", "times", "10",
        "Tokyo",
        "New", "York", "Europe/", "Berlin", "UTC", "+9", "+09:00", "Z", "FREQ=", "RRULE:", ";", "BYDAY=FR", "some",
        "day", "all",
        "end", "half", "1h30", "90m", "before", "after", "start", "99999999999999999999", "0", "00", "32", "0001-01-01",
        "9999-12-31",
        "999", "days", "weeks", "months", "years", "ago", "now", "and", ",", ".", "/", "'", "\u{0}", "\u{301}", "🗓",
        "金曜日", "１２", "ß",
        "every 2 weeks", "monthly on", "1.5", "h", "mid", "here", "for", "from",
    ]

    mutating func next(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    mutating func phrase() -> String {
        var text = ""
        for _ in 0...next(below: 9) {
            if next(below: 20) == 0, let scalar = Unicode.Scalar(UInt32(next(below: 0x11_0000))) {
                text.unicodeScalars.append(scalar)
            } else {
                text += PhraseNoise.pieces[next(below: PhraseNoise.pieces.count)]
            }
            if next(below: 4) > 0 { text += " " }
        }
        return text
    }
}
