extension Unicode.Scalar {
    /// How many columns of a terminal it takes by itself: 0, 1 or 2.
    var columns: Int {
        if value < 0x300 { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .format, .lineSeparator, .paragraphSeparator: return 0
        default: break
        }
        // Vowels and final consonants of Hangul join the syllable that an initial consonant began.
        if (0x1160...0x11FF).contains(value) { return 0 }
        return WideCharacters.contains(self) ? 2 : 1
    }
}

extension Character {
    /// U+FE0F asks for the picture of a character that is otherwise text.
    private static let emojiPresentation: Unicode.Scalar = "\u{FE0F}"

    /// How many columns of a terminal it takes.
    ///
    /// A picture made of several scalars (a flag, a family) is one picture, two columns wide.
    var columns: Int {
        var sum = 0
        var isPicture = false
        for scalar in unicodeScalars {
            sum += scalar.columns
            isPicture = isPicture || scalar == Character.emojiPresentation || scalar.properties.isEmojiPresentation
        }
        return isPicture ? min(sum, 2) == 0 ? 0 : 2 : sum
    }
}

extension StringProtocol {
    /// How many columns of a terminal it takes.
    var columns: Int {
        // Most of what is printed is plain ASCII: a column a byte, and no need to look for characters.
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
        return reduce(0) { $0 + $1.columns }
    }

    /// The text, or its beginning and `…` where it takes more columns than `limit`.
    func shortened(to limit: Int) -> String {
        if columns <= limit { return String(self) }
        guard limit > 0 else { return "" }
        var kept = ""
        var sum = 0
        for character in self {
            let columns = character.columns
            if sum + columns > limit - 1 { break }
            sum += columns
            kept.append(character)
        }
        while kept.last == " " { kept.removeLast() }
        return kept + "…"
    }

    /// The text and as many spaces as fill `width` columns.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - columns))
    }

    /// The text with as many spaces before it as fill `width` columns.
    func alignedRight(in width: Int) -> String {
        String(repeating: " ", count: Swift.max(0, width - columns)) + self
    }

    /// The text in lines of at most `width` columns, broken at spaces; a longer word is broken where it must be.
    func wrapped(to width: Int) -> [String] {
        let width = Swift.max(width, 2)
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ", omittingEmptySubsequences: true) {
            if !line.isEmpty, line.columns + 1 + word.columns <= width {
                line += " " + word
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = ""
            for character in word {
                if line.columns + character.columns > width {
                    lines.append(line)
                    line = ""
                }
                line.append(character)
            }
        }
        return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
    }
}
