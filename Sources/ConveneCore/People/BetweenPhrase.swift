import ZonedTime

/// One side as it was said, and since when its head is in office.
public struct SaidSide: Hashable, Sendable {
    public let side: Side
    public let since: PartialDate?

    public init(side: Side, since: PartialDate? = nil) {
        self.side = side
        self.since = since
    }
}

/// Who meets, as people type it: `Kim Jung-han (ROK DG), Shigeki Takizaki (Japan DG since sep)`.
///
/// A side is a person, with the office in brackets or alone; an office (`Japan DG`); or a party (`Japan`). The
/// party of an office is the longest beginning that names one, else its first word. Names stay as typed.
public enum BetweenPhrase {
    /// At most so many sides.
    public static let limit = 20

    /// - Parameter isParty: whether a name is that of a party: one that is known, or a country.
    public static func parse(
        _ text: String, in context: PhraseContext, isParty: (String) -> Bool
    ) throws(PhraseError) -> [SaidSide] {
        var sides: [SaidSide] = []
        for range in split(text) {
            let part = BetweenPhrase.text(text, range)
            let trimmed = part.trimmed
            guard !trimmed.isEmpty else {
                throw PhraseError(text: text, range: range, reason: "a name is missing there")
            }
            sides.append(try side(trimmed, text, range, context, isParty))
        }
        guard sides.count <= limit else {
            throw PhraseError(
                text: text, range: 0..<text.unicodeScalars.count, reason: "there are more than \(limit) sides")
        }
        return sides
    }

    /// An office as it is typed: `Japan DG`.
    public static func office(_ text: String, isParty: (String) -> Bool) -> Office? {
        let words = text.split(separator: " ").map(String.init)
        guard words.count >= 2 else { return nil }
        let known = (1..<words.count).reversed().first { isParty(words[..<$0].joined(separator: " ")) }
        let count = known ?? 1
        return Office(
            party: words[..<count].joined(separator: " "), title: words[count...].joined(separator: " "))
    }

    /// A day, month or year: `11 sep`, `sep`, `september 2018`, `2018`.
    public static func date(_ text: String, in context: PhraseContext) throws(PhraseError) -> PartialDate {
        if let date = PartialDate(text: text.trimmed) { return date }
        let when = try WhenPhrase.parse(text, in: context, for: .lookUp)
        switch when.form {
        case .hourOpen(let date): return .day(date)
        case .window(let first, let last) where first.day == 1 && last.days(since: first) < 31:
            return .month(first)
        case .window(let first, _) where first.day == 1 && first.month == 1: return .year(first)
        default:
            throw PhraseError(
                text: text, range: 0..<text.unicodeScalars.count, reason: "a day, a month or a year is wanted",
                suggestions: ["11 sep", "september 2019", "2019"])
        }
    }

    private static func side(
        _ part: String, _ text: String, _ range: Range<Int>, _ context: PhraseContext, _ isParty: (String) -> Bool
    ) throws(PhraseError) -> SaidSide {
        guard let open = part.firstIndex(of: "(") else {
            if isParty(part) { return SaidSide(side: Side(party: Party(name: part))) }
            if let office = office(part, isParty: isParty), isParty(office.party) {
                return SaidSide(side: Side(party: Party(name: office.party), office: office.title))
            }
            return SaidSide(side: Side(person: part))
        }
        guard part.last == ")" else {
            throw PhraseError(text: text, range: range, reason: "a bracket is not closed")
        }
        let name = String(part[..<open]).trimmed
        var inside = String(part[part.index(after: open)...].dropLast()).trimmed
        var since: PartialDate?
        if let found = inside.range(ofWord: "since") {
            do {
                since = try date(String(inside[found.upperBound...]).trimmed, in: context)
            } catch {
                throw PhraseError(text: text, range: range, reason: error.reason, suggestions: error.suggestions)
            }
            inside = String(inside[..<found.lowerBound]).trimmed
        }
        guard !name.isEmpty, !inside.isEmpty else {
            throw PhraseError(
                text: text, range: range, reason: "it wants a name, and the office in brackets",
                suggestions: ["Kim Jung-han (ROK DG)"])
        }
        guard let office = office(inside, isParty: isParty) else {
            return SaidSide(side: Side(party: Party(name: inside), person: name), since: since)
        }
        return SaidSide(side: Side(party: Party(name: office.party), office: office.title, person: name), since: since)
    }

    /// The parts between commas outside brackets, as positions in scalars.
    private static func split(_ text: String) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var depth = 0
        var start = 0
        for (position, scalar) in text.unicodeScalars.enumerated() {
            switch scalar {
            case "(": depth += 1
            case ")": depth -= 1
            case ",", ";":
                guard depth == 0 else { continue }
                ranges.append(start..<position)
                start = position + 1
            default: continue
            }
        }
        ranges.append(start..<text.unicodeScalars.count)
        return ranges
    }

    private static func text(_ text: String, _ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(range.lowerBound).prefix(range.count)))
    }
}

extension String {
    /// Without white space at either end.
    fileprivate var trimmed: String {
        var part = self[...]
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }

    /// Where a word stands by itself.
    fileprivate func range(ofWord word: String) -> Range<String.Index>? {
        var index = startIndex
        while index < endIndex {
            let end = self.index(index, offsetBy: word.count, limitedBy: endIndex)
            guard let end else { return nil }
            let isBegin = index == startIndex || self[self.index(before: index)].isWhitespace
            let isEnd = end == endIndex || self[end].isWhitespace
            if isBegin, isEnd, self[index..<end].lowercased() == word { return index..<end }
            index = self.index(after: index)
        }
        return nil
    }
}
