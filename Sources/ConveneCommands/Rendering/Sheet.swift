import PlainText

/// The page of one meeting: its number and summary with the status at the right, and below them, indented
/// beneath the summary, what there is to say.
struct Sheet {
    /// What `Reminders   ` takes: labels stand in a column of their own.
    static let labelColumns = 12

    let columns: Int
    let indent: Int
    private(set) var lines: [Line] = []

    init(number: Int, summary: String, status: String, columns: Int) {
        self.init(number: String(number), summary: summary, status: status, columns: columns)
    }

    init(number: String, summary: String, status: String, columns: Int) {
        self.columns = columns
        indent = number.columns + 2
        let room = columns - indent - status.columns - 2
        for (index, part) in summary.harmless.wrapped(to: room).enumerated() {
            var line = Line()
            if index == 0 { line.append(number) }
            line.pad(to: indent)
            line.append(part, .strong)
            if index == 0 {
                line.pad(to: columns - status.columns)
                line.append(status)
            }
            lines.append(line)
        }
    }

    /// A line as it is, wrapped where it is too long.
    mutating func add(_ line: Line) {
        for piece in line.columns <= columns - indent ? [line] : line.wrapped(to: columns - indent) {
            var indented = Line(String(repeating: " ", count: indent))
            for part in piece.pieces { indented.append(part.text, part.style) }
            lines.append(indented)
        }
    }

    mutating func add(_ text: String, _ style: Style = .plain) {
        add(Line(text, style))
    }

    /// Text behind a label, in as many lines as it has or needs.
    mutating func add(label: String, _ text: String) {
        let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { String($0).harmless.wrapped(to: columns - indent - Sheet.labelColumns) }
        add(label: label, rows: rows)
    }

    /// Things behind a label, `·` between them, never broken within one.
    mutating func add(label: String, items: [String]) {
        let room = columns - indent - Sheet.labelColumns
        var rows: [String] = []
        for item in items {
            if let last = rows.last, last.columns + 3 + item.columns <= room {
                rows[rows.count - 1] = "\(last) · \(item)"
            } else {
                rows.append(item)
            }
        }
        add(label: label, rows: rows)
    }

    /// Rows behind a label.
    mutating func add(label: String, rows: [String]) {
        for (index, row) in rows.enumerated() {
            add(Line((index == 0 ? label : "").padded(to: Sheet.labelColumns) + row))
        }
    }

    /// A sentence worth a second look, behind a `!`.
    mutating func warn(_ sentence: String) {
        for (index, part) in sentence.harmless.wrapped(to: columns - indent).enumerated() {
            var line = Line()
            line.pad(to: indent - 2)
            line.append(index == 0 ? "! " : "  ", .warning)
            line.append(part)
            lines.append(line)
        }
    }
}

extension Line {
    /// The line as it is, in several only where it is too long.
    func fitted(to width: Int) -> [Line] { columns <= width ? [self] : wrapped(to: width) }

    /// The line in several, all in the style of its first piece.
    func wrapped(to columns: Int) -> [Line] {
        text.wrapped(to: columns).map { Line($0, pieces.first?.style ?? .plain) }
    }
}
