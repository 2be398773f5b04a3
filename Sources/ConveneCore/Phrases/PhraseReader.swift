/// A word, a number or a mark of a phrase.
struct PhraseToken {
    enum Kind {
        /// Letters, with the apostrophes and points in them: `o'clock`, `p.m.`, `New_York`.
        case word
        /// ASCII digits.
        case number
        /// Any other character but white space.
        case mark
    }

    let kind: Kind
    /// Folded; of a word without its apostrophes and points.
    let text: String
    /// Where it stands, in Unicode scalars.
    let range: Range<Int>

    /// The value of a number of at most nine digits.
    var number: Int? { kind == .number && text.utf8.count <= 9 ? Int(text) : nil }
}

/// Reads a phrase from the front, one token at a time; what does not match is left where it is.
struct PhraseReader {
    /// No phrase that people type is longer.
    static let limit = 500

    let text: String
    let tokens: [PhraseToken]
    /// The token that is next.
    var position = 0
    private let scalars: [Unicode.Scalar]

    init(_ typed: String) throws(PhraseError) {
        let scalars = Array(typed.unicodeScalars.prefix(PhraseReader.limit + 1))
        guard scalars.count <= PhraseReader.limit else {
            let start = String(String.UnicodeScalarView(scalars.dropLast()))
            let reason = "it is longer than \(PhraseReader.limit) characters"
            throw PhraseError(text: start, range: 0..<PhraseReader.limit, reason: reason)
        }
        text = typed
        self.scalars = scalars
        tokens = PhraseReader.tokens(of: scalars)
    }

    var isAtEnd: Bool { position >= tokens.count }

    /// The token so many places ahead, or behind where negative.
    func peek(_ places: Int = 0) -> PhraseToken? {
        let index = position + places
        return tokens.indices.contains(index) ? tokens[index] : nil
    }

    /// Whether no space is left before the token so many places ahead.
    func isAdjacent(_ places: Int = 0) -> Bool {
        guard let token = peek(places), let before = peek(places - 1) else { return false }
        return before.range.upperBound == token.range.lowerBound
    }

    func isMark(_ mark: String, _ places: Int = 0) -> Bool {
        guard let token = peek(places) else { return false }
        return token.kind == .mark && token.text == mark
    }

    func isWord(_ words: Set<String>, _ places: Int = 0) -> Bool {
        guard let token = peek(places) else { return false }
        return token.kind == .word && words.contains(token.text)
    }

    /// Takes the mark if it is next.
    mutating func take(mark: String) -> Bool {
        guard isMark(mark) else { return false }
        position += 1
        return true
    }

    /// Takes one of the words if it is next.
    mutating func take(_ words: String...) -> Bool {
        guard isWord(Set(words)) else { return false }
        position += 1
        return true
    }

    /// Takes these words if all of them come next, in this order.
    mutating func take(all words: String...) -> Bool {
        for (place, word) in words.enumerated() where !isWord([word], place) { return false }
        position += words.count
        return true
    }

    /// Takes what the table has for the word that is next.
    mutating func take<Value>(_ table: [String: Value]) -> Value? {
        guard let token = peek(), token.kind == .word, let value = table[token.text] else { return nil }
        position += 1
        return value
    }

    /// Takes a number of so many digits.
    mutating func takeNumber(digits: ClosedRange<Int>) -> Int? {
        guard let token = peek(), digits.contains(token.text.utf8.count), let number = token.number else { return nil }
        position += 1
        return number
    }

    /// Takes `-` (any dash) or `to`, as between the ends of a range.
    mutating func takeDash() -> Bool {
        take(mark: "-") || take("to", "until", "till", "through")
    }
}

// Where things stand, and what is wrong with them.
extension PhraseReader {
    /// The scalars from a token to the one before the next, without the space around.
    func range(from first: Int) -> Range<Int> {
        guard first < position, position <= tokens.count else { return end }
        return tokens[first].range.lowerBound..<tokens[position - 1].range.upperBound
    }

    /// The scalars of the next token and, up to a space or comma, of those behind it.
    var nextRange: Range<Int> {
        guard let token = peek() else { return end }
        var upper = token.range.upperBound
        for next in tokens.dropFirst(position + 1) {
            guard next.range.lowerBound == upper, next.text != "," else { break }
            upper = next.range.upperBound
        }
        return token.range.lowerBound..<upper
    }

    /// The end of the last token: the place where something is missing.
    private var end: Range<Int> {
        let end = tokens.last?.range.upperBound ?? 0
        return end..<end
    }

    func typed(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }

    /// A part of the phrase in quotes, fit for a sentence: short, and without characters that steer a terminal.
    func quoted(_ range: Range<Int>) -> String {
        let shown = scalars[range].prefix(40).map { $0.properties.generalCategory.isPrintable ? $0 : "\u{FFFD}" }
        return "'\(String(String.UnicodeScalarView(shown)))\(range.count > 40 ? "…" : "")'"
    }

    func error(
        _ range: Range<Int>, _ reason: String, _ suggestions: [String] = [],
        subject: PhraseError.Subject = .phrase
    ) -> PhraseError {
        PhraseError(text: text, range: range, reason: reason, suggestions: suggestions, subject: subject)
    }
}

// From scalars to tokens.
extension PhraseReader {
    private static func tokens(of scalars: [Unicode.Scalar]) -> [PhraseToken] {
        var tokens: [PhraseToken] = []
        var start = 0
        while start < scalars.count {
            let first = scalars[start]
            if first.properties.isWhitespace {
                start += 1
                continue
            }
            let kind: PhraseToken.Kind = first.isDigit ? .number : first.isLetter ? .word : .mark
            var end = start + 1
            while end < scalars.count, kind.continues(with: scalars[end], after: scalars[end - 1]) { end += 1 }
            let typed = String(String.UnicodeScalarView(scalars[start..<end]))
            var text = Folding.fold(typed)
            if kind == .word { text.unicodeScalars.removeAll { $0 == "." || $0 == "'" } }
            tokens.append(PhraseToken(kind: kind, text: text, range: start..<end))
            start = end
        }
        return tokens
    }
}

extension PhraseToken.Kind {
    fileprivate func continues(with next: Unicode.Scalar, after last: Unicode.Scalar) -> Bool {
        switch self {
        case .number: next.isDigit
        case .word: next.isLetter || (last.isLetter && (next == "." || next == "'" || next == "’"))
        case .mark: false
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }

    fileprivate var isLetter: Bool {
        self == "_" || properties.isAlphabetic || properties.generalCategory == .nonspacingMark
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isPrintable: Bool {
        switch self {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
