/// What may have been meant by a word that is not known.
enum Spelling {
    /// The candidates that are the fewest slips away, in their own order; none where all are too far.
    ///
    /// A slip is a letter too many, too few, another or swapped with its neighbour. A word of four letters may have
    /// one, a longer one two; the words are compared as they are, so both sides want folding first.
    ///
    /// - Parameter letters: how a candidate is spelled.
    static func nearest<Word>(
        to typed: String, among candidates: some Sequence<Word>, letters: (Word) -> [Unicode.Scalar],
        atMost count: Int = 3
    ) -> [Word] {
        let word = Array(typed.unicodeScalars)
        // Longer than every name there is: not worth a comparison.
        guard (3...40).contains(word.count) else { return [] }
        var best = word.count <= 4 ? 1 : 2
        var nearest: [Word] = []
        for candidate in candidates {
            let name = letters(candidate)
            guard abs(name.count - word.count) <= best, name.count >= 3 else { continue }
            let distance = slips(from: word, to: name)
            if distance < best { nearest = [] }
            if distance <= best {
                best = distance
                if nearest.count < count { nearest.append(candidate) }
            }
        }
        return nearest
    }

    /// The same, where a candidate is spelled as a key of it says.
    static func nearest<Word>(
        to typed: String, among candidates: some Sequence<Word>, by key: (Word) -> String, atMost count: Int = 3
    ) -> [Word] {
        nearest(to: typed, among: candidates, letters: { Array(key($0).unicodeScalars) }, atMost: count)
    }

    /// How many slips are between two words.
    static func slips(from word: String, to name: String) -> Int {
        slips(from: Array(word.unicodeScalars), to: Array(name.unicodeScalars))
    }

    /// The optimal string alignment distance.
    private static func slips(from word: [Unicode.Scalar], to name: [Unicode.Scalar]) -> Int {
        var beforeLast = [Int](repeating: 0, count: name.count + 1)
        var last = Array(0...name.count)
        for (row, letter) in word.enumerated() {
            var current = [row + 1]
            for (column, other) in name.enumerated() {
                var slips = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == name[column - 1], word[row - 1] == other {
                    slips = min(slips, beforeLast[column - 1] + 1)
                }
                current.append(slips)
            }
            beforeLast = last
            last = current
        }
        return last[name.count]
    }
}
