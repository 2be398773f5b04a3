import ConveneAPI

/// The pages that people look at most, asked for without options of their own: the one for the morning, and a list.
///
/// To read a command line takes the parser as long as the daemon takes for its answer; for these there is nothing to
/// read. Anything that is not exactly one of them is the parser's.
struct PlainPage {
    private enum Page { case overview, list }

    private(set) var options = GlobalValues()
    private var page: Page?

    /// `nil` where the arguments ask for anything else, or for nothing that can be understood.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--json": options.json = true
            case "--socket", "--zone-of-reader", "--color":
                guard let value = rest.popFirst(), !value.hasPrefix("-") else { return nil }
                guard set(word, value) else { return nil }
            case "list" where page == nil: page = .list
            case "overview" where page == nil: page = .overview
            default: return nil
            }
        }
    }

    private mutating func set(_ option: String, _ value: String) -> Bool {
        switch option {
        case "--socket": options.socket = value
        case "--zone-of-reader": options.zoneOfReader = value
        default:
            guard let color = ColorChoice(rawValue: value) else { return false }
            options.color = color
        }
        return true
    }

    func show() throws {
        let session = try Session(options)
        switch page {
        case .list: try ListCommand.show(List.Parameters(zoneOfReader: session.zoneOfReader), session)
        case .overview, nil: try OverviewCommand.show(session)
        }
    }
}
