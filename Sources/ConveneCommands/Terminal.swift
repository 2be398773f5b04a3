import Glibc

/// What is known of where output goes.
struct Terminal: Hashable {
    /// How many columns lines may have.
    let columns: Int
    let coloured: Bool

    /// A page is no easier to read when its statuses stand far off at the right.
    private static let widest = 120
    private static let narrowest = 40
    private static let usual = 80

    /// Looks at a file descriptor and the environment: `COLUMNS` decides, then the terminal, then 80.
    static func at(_ descriptor: CInt, color: ColorChoice, environment: (String) -> String?) -> Terminal {
        let isTerminal = isatty(descriptor) == 1
        return Terminal(
            isTerminal: isTerminal, width: isTerminal ? width(descriptor) : nil, color: color,
            environment: environment)
    }

    init(columns: Int, coloured: Bool) {
        self.columns = columns
        self.coloured = coloured
    }

    init(isTerminal: Bool, width: Int?, color: ColorChoice, environment: (String) -> String?) {
        let asked = environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        columns = max(asked ?? min(width ?? Terminal.usual, Terminal.widest), Terminal.narrowest)
        coloured =
            switch color {
            case .always: true
            case .never: false
            // https://no-color.org: set to anything but the empty text.
            case .auto:
                isTerminal && environment("NO_COLOR")?.isEmpty != false && environment("TERM") != "dumb"
            }
    }

    private static func width(_ descriptor: CInt) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
