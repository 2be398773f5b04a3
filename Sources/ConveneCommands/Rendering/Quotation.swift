import PlainText

/// A typed text with carets under the part that is meant.
struct Quotation {
    let text: String
    /// In Unicode scalars.
    let position: Int
    /// In Unicode scalars; of none, one caret stands at the position.
    let length: Int

    /// The text, the carets beneath it, and behind them a remark where there is room for it.
    func lines(indent: String, columns: Int, remark: String?) -> [Line] {
        let scalars = Array(text.harmless.unicodeScalars)
        let start = min(max(position, 0), scalars.count)
        let end = min(start + max(length, 0), scalars.count)
        let room = max(columns - indent.columns, 8)
        let (first, last) = window(scalars, start, end, room: room)
        let shown = (first > 0 ? "…" : "") + string(scalars[first..<last]) + (last < scalars.count ? "…" : "")
        let before = (first > 0 ? 1 : 0) + string(scalars[first..<max(first, start)]).columns
        let marked = max(string(scalars[max(first, start)..<max(first, min(end, last), start)]).columns, 1)

        var carets = Line(indent + String(repeating: " ", count: before))
        carets.append(String(repeating: "^", count: max(1, min(marked, room - before))), .wrong)
        var lines = [Line(indent + shown)]
        guard let remark else { return lines + [carets] }
        if carets.columns + 2 + remark.columns <= columns {
            carets.append("  " + remark)
            return lines + [carets]
        }
        lines.append(carets)
        return lines + remark.harmless.wrapped(to: room).map { Line(indent + $0) }
    }

    /// The part of a long text that holds what is meant, and something around it.
    private func window(_ scalars: [Unicode.Scalar], _ start: Int, _ end: Int, room: Int) -> (Int, Int) {
        if string(scalars[...]).columns <= room { return (0, scalars.count) }
        var first = start
        while first > 0, string(scalars[(first - 1)..<start]).columns <= room / 3 { first -= 1 }
        var last = first
        while last < scalars.count, string(scalars[first...last]).columns <= room - 2 { last += 1 }
        return (first, last)
    }

    private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
