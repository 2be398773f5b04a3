import ZonedTime

// What to say where the grammar does not go on.
extension PhraseReader {
    func notUnderstood(_ when: TypedWhen, _ cities: Cities) -> PhraseError {
        guard let token = peek() else { return error(nextRange, "something is missing at its end") }
        switch token.kind {
        case .number: return strayNumber(token)
        case .word: return strayWord(token, when, cities)
        case .mark: return error(token.range, "\(quoted(token.range)) is not understood here")
        }
    }

    private func strayNumber(_ token: PhraseToken) -> PhraseError {
        let digits = Array(token.text)
        let isNumericDate = isMark("-", 1) && isMark("-", 3) && (1...4).allSatisfy { isAdjacent($0) }
        if isMark("/", 1) || isMark(".", 1) || isNumericDate, let other = peek(2), other.kind == .number {
            return numericDate(token, other)
        }
        if isWord(Set(DurationUnit.names.keys), 1), let unit = peek(1), isWord(["from"], 2) || peek(2) == nil {
            let range = token.range.lowerBound..<unit.range.upperBound
            return error(range, "\(quoted(range)) is a length, and it does not say from when", ["in \(typed(range))"])
        }
        if (3...4).contains(digits.count), !isAdjacent(1), let number = token.number,
            let time = CivilTime(hour: number / 100, minute: number % 100)
        {
            return error(token.range, "\(quoted(token.range)) is no time of day as it stands", [time.words])
        }
        if digits.count == 8 {
            let date = "\(token.text.prefix(4))-\(token.text.dropFirst(4).prefix(2))-\(token.text.suffix(2))"
            if CivilDate(iso8601: date) != nil {
                return error(token.range, "\(quoted(token.range)) is no date as it stands", [date])
            }
        }
        if isMark("-", 1) || isWord(["to", "until"], 1), let last = peek(2), let start = token.number,
            let end = last.number, let from = CivilTime(hour: start, minute: 0),
            let to = CivilTime(hour: end, minute: 0)
        {
            let range = token.range.lowerBound..<last.range.upperBound
            let suggestion = "\(from.words)–\(to.words)"
            return error(range, "\(quoted(range)) alone may be days or hours", [suggestion])
        }
        if let hour = token.number, digits.count <= 2, let time = CivilTime(hour: hour, minute: 0) {
            return error(token.range, "\(quoted(token.range)) alone may be a day or an hour", [time.words])
        }
        return error(nextRange, "\(quoted(nextRange)) is neither a day nor an hour")
    }

    /// `3/12`, `3.12.2026`: days and months change places between countries. `10.30` is an hour.
    private func numericDate(_ first: PhraseToken, _ second: PhraseToken) -> PhraseError {
        let year = [3, 4].allSatisfy { isAdjacent($0) } && isMark(peek(1)?.text ?? "", 3) ? peek(4) : nil
        let range = first.range.lowerBound..<(year ?? second).range.upperBound
        guard let left = first.number, let right = second.number else {
            return error(range, "\(quoted(range)) is neither a day nor an hour")
        }
        if isMark(".", 1), year == nil, let time = CivilTime(hour: left, minute: right), right > 12 {
            return error(range, "hours and minutes have a colon between them", [time.words])
        }
        let days = [(left, right), (right, left)].compactMap { day, month in
            CivilDate(year: year?.text.utf8.count == 4 ? year?.number ?? 2000 : 2000, month: month, day: day)
        }
        let typed = days.map { $0.asTyped(withYear: year?.text.utf8.count == 4) }
        let meanings = left == right ? [typed.first].compactMap(\.self) : typed
        let reason =
            meanings.count > 1
            ? "\(quoted(range)) means different days in different countries" : "a date has its month in letters"
        return error(range, reason + ", or is written as 2026-12-03", meanings)
    }

    private func strayWord(_ token: PhraseToken, _ when: TypedWhen, _ cities: Cities) -> PhraseError {
        if token.text == "for", let next = peek(1), next.kind == .number {
            return error(token.range, "how long it takes is said apart from when it is")
        }
        if position + 1 == tokens.count, isWord(PhraseReader.connectives) {
            return error(token.range, "something is missing behind \(quoted(token.range))")
        }
        // A misspelled name may have several words; the longest that is like one is meant.
        let words = tokens.dropFirst(position).prefix(4).prefix { $0.kind == .word }
        for count in stride(from: words.count, through: 2, by: -1) {
            let range = token.range.lowerBound..<tokens[position + count - 1].range.upperBound
            let nearest = cities.namesLike(typed(range))
            if !nearest.isEmpty { return unknownPlace(range, nearest) }
        }
        let isZoneName = isMark("/", 1) && isAdjacent(1)
        let range = isZoneName ? nextRange : token.range
        let known = isZoneName ? [] : CalendarWords.vocabulary
        if let hours = PhraseReader.vagueHours[token.text] {
            return error(range, "\(quoted(range)) is no hour", hours)
        }
        // A word that is known stands in the wrong place; to name it again would help nobody.
        if known.contains(token.text) || PhraseReader.smallWords.contains(token.text) {
            return error(range, "\(quoted(range)) is not understood here")
        }
        let word = Spelling.nearest(to: token.text, among: known, by: { $0 })
        let places = cities.namesLike(typed(range))
        let slips = word.first.map { Spelling.slips(from: token.text, to: $0) } ?? .max
        let placeSlips = places.first.map { Spelling.slips(from: Cities.key(typed(range)), to: Cities.key($0)) } ?? .max
        if slips <= placeSlips, !word.isEmpty {
            return error(range, "\(quoted(range)) is not understood", word)
        }
        if when.isEmpty, places.isEmpty {
            return error(range, "\(quoted(range)) is not a day, an hour or a city")
        }
        return unknownPlace(range, places)
    }

    private static let smallWords: Set<String> = [
        "a", "after", "before", "between", "by", "for", "from", "in", "of", "on", "the", "till", "to", "with",
    ]

    /// What people say where they mean to agree on the hour later; it is no hour yet.
    private static let vagueHours = [
        "morning": ["09:00", "10:00"], "afternoon": ["14:00", "15:00"], "evening": ["18:00", "19:00"],
        "night": ["21:00", "22:00"], "lunch": ["12:00", "12:30"], "lunchtime": ["12:00", "12:30"],
    ]

    private func unknownPlace(_ range: Range<Int>, _ names: [String]) -> PhraseError {
        error(range, "no city or zone \(quoted(range)) is known", names, subject: .unknownPlace)
    }
}
