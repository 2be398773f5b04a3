import PlainText

/// How a piece of a line stands out where there are colours.
enum Style: Hashable {
    case plain
    /// What the eye looks for first.
    case strong
    /// What can be passed over: clocks here, remarks.
    case faint
    /// Worth a second look.
    case warning
    /// What went wrong.
    case wrong

    /// The parameters of SGR (ECMA-48, 8.3.117), or `nil` for text as it is.
    fileprivate var parameters: String? {
        switch self {
        case .plain: nil
        case .strong: "1"
        case .faint: "2"
        case .warning: "33"
        case .wrong: "1;31"
        }
    }
}

/// One line of output: harmless text whose pieces may stand out.
///
/// Everything passes through `append`, so that nothing reaches a terminal unchecked.
struct Line: Hashable, ExpressibleByStringInterpolation {
    private(set) var pieces: [Piece] = []

    struct Piece: Hashable {
        let text: String
        let style: Style
    }

    init() {}

    init(_ text: String, _ style: Style = .plain) {
        append(text, style)
    }

    init(stringLiteral text: String) {
        self.init(text)
    }

    mutating func append(_ text: String, _ style: Style = .plain) {
        if !text.isEmpty { pieces.append(Piece(text: text.harmless, style: style)) }
    }

    /// Fills up with spaces to a column.
    mutating func pad(to column: Int) {
        append(String(repeating: " ", count: max(0, column - columns)))
    }

    /// The text without colours and without spaces at its end.
    var text: String {
        var text = pieces.map(\.text).joined()
        while text.last == " " { text.removeLast() }
        return text
    }

    var columns: Int {
        pieces.reduce(0) { $0 + $1.text.columns }
    }

    /// The text with SGR sequences around what stands out.
    var colouredText: String {
        pieces.map { piece in
            guard let parameters = piece.style.parameters else { return piece.text }
            return "\u{1B}[\(parameters)m\(piece.text)\u{1B}[m"
        }.joined()
    }
}

extension [Line] {
    /// The lines, each ended by a newline.
    func text(coloured: Bool) -> String {
        map { (coloured ? $0.colouredText : $0.text) + "\n" }.joined()
    }
}
