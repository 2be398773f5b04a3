/// Text as it is compared, not as it is shown: without case and accents, and with one kind of dash, quote and space.
///
/// Names, summaries and cities are kept as people typed them; only look-ups go through here. What this does not
/// know (scripts without case, marks that are letters of their own) stays as it is.
public enum Folding {
    /// The folded text: `Rédaction – Genève` and `redaction - GENEVE` give the same.
    ///
    /// Runs of white space become one space, and none is left at either end. Hangul syllables are taken apart, so
    /// that both ways of encoding them match. Folding twice changes nothing.
    public static func fold(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        var spaceOwed = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                spaceOwed = !folded.isEmpty
                continue
            }
            // An accent folds to nothing, and then no space is due before it.
            let letters = letters(of: scalar)
            if letters.isEmpty { continue }
            if spaceOwed { folded.append(" ") }
            spaceOwed = false
            for letter in letters { folded.append(letter) }
        }
        return String(folded)
    }

    /// A folded text from each of its words on; the first is the whole, whatever it begins with.
    public static func wordStarts(in folded: String) -> [String] {
        var starts = [folded]
        var isInWord = true
        var index = folded.startIndex
        while index < folded.endIndex {
            let isOfWord = folded[index].isLetter || folded[index].isNumber
            if isOfWord, !isInWord { starts.append(String(folded[index...])) }
            isInWord = isOfWord
            index = folded.index(after: index)
        }
        return starts
    }

    private static func letters(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        if scalar.isASCII { return [("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar] }
        if let mark = marks[scalar] { return [mark] }
        if let ascii = fullWidth(scalar) { return letters(of: ascii) }
        if let parts = hangulParts(scalar) { return parts }
        return scalar.properties.lowercaseMapping.unicodeScalars.filter { !isAccent($0) }
            .flatMap { plainLetters[$0] ?? [$0] }
    }

    /// Accents that stand on the letter before them, as in decomposed text.
    private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
        (0x0300...0x036F).contains(scalar.value)
    }

    /// `Ａ` to `A`: East Asian keyboards type ASCII in full width.
    private static func fullWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value - 0xFF01 + 0x21)) : nil
    }

    /// A precomposed syllable's consonants and vowel (Unicode, section 3.12).
    private static func hangulParts(_ scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        guard (0xAC00...0xD7A3).contains(scalar.value) else { return nil }
        let index = scalar.value - 0xAC00
        let tail = index % 28
        let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28] + (tail > 0 ? [0x11A7 + tail] : [])
        return parts.compactMap(Unicode.Scalar.init)
    }

    private static let marks: [Unicode.Scalar: Unicode.Scalar] = spelledOut([
        "-": "‐‑‒–—―−﹘﹣－", "'": "‘’‚‛ʻʼ′＇´", "\"": "“”„‟″«»＂", ",": "，、", ":": "：",
    ]).mapValues { $0[0] }

    private static let plainLetters: [Unicode.Scalar: [Unicode.Scalar]] = spelledOut([
        "a": "àáâãäåāăąǎǟǡǻȁȃȧạảấầẩẫậắằẳẵặ", "ae": "æǣǽ", "b": "ḃḅ", "c": "çćĉċč", "d": "ďđðḋḍḏ",
        "e": "èéêëēĕėęěȅȇȩẹẻẽếềểễệ", "f": "ḟ", "g": "ĝğġģǥǧǵḡ", "h": "ĥħȟḣḥḧḫ", "i": "ìíîïĩīĭįıǐȉȋỉị", "j": "ĵǰ",
        "k": "ķĸǩḱḳ", "l": "ĺļľŀłḷḻ", "m": "ḿṁṃ", "n": "ñńņňŉŋǹṅṇṉ", "o": "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱọỏốồổỗộớờởỡợ",
        "oe": "œ", "p": "ṕṗ", "r": "ŕŗřȑȓṙṛṟ", "s": "śŝşšșſṡṣ", "ss": "ß", "t": "ţťŧțṫṭṯẗ", "th": "þ",
        "u": "ùúûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữự", "v": "ṽṿ", "w": "ŵẁẃẅẇẉẘ", "x": "ẋẍ", "y": "ýÿŷȳẏẙỳỵỷỹ", "z": "źżžẑẓẕ",
        "α": "ά", "ε": "έ", "η": "ή", "ι": "ίϊΐ", "ο": "ό", "υ": "ύϋΰ", "ω": "ώ", "σ": "ς", "е": "ёѐ", "и": "ѝ",
    ])

    private static func spelledOut(_ table: [String: String]) -> [Unicode.Scalar: [Unicode.Scalar]] {
        var plain: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        for (letters, variants) in table {
            for variant in variants.unicodeScalars { plain[variant] = Array(letters.unicodeScalars) }
        }
        return plain
    }
}
