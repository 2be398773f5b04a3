/// Which summaries may have been meant by a reference that names none.
public enum SummarySuggestions {
    /// At most three summaries of which the whole, or a word, is a slip or two away.
    public static func nearest(to typed: String, among summaries: [String]) -> [String] {
        let folded = Folding.fold(typed)
        let whole = Spelling.nearest(to: folded, among: summaries, by: { Folding.fold($0) })
        if !whole.isEmpty { return whole }
        var words: [(word: String, summary: String)] = []
        for summary in summaries {
            for word in Folding.fold(summary).split(separator: " ") { words.append((String(word), summary)) }
        }
        var found: [String] = []
        for match in Spelling.nearest(to: folded, among: words, by: { $0.word }) where !found.contains(match.summary) {
            found.append(match.summary)
        }
        return found
    }
}
