import ConveneAPI

/// The pages that people look at most, asked for with few words: the one for the morning, a list, a track record.
///
/// To read a command line takes the parser as long as the daemon takes for its answer; for these there is little to
/// read. Anything that is not exactly one of them is the parser's, and so is whatever is wrong with it.
struct PlainPage {
    enum Kind { case overview, list, rounds }

    private(set) var options = GlobalValues()
    private var verb: Kind?
    private(set) var reference: String?
    private(set) var from: String?
    private(set) var until: String?
    private(set) var count: Int?
    private(set) var status: [StatusOption] = []

    var kind: Kind { verb ?? .overview }

    /// `nil` where the arguments ask for anything else, or for nothing that can be understood.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--json": options.json = true
            case "--socket", "--zone-of-reader", "--color", "--from", "--until", "--status", "-n":
                guard let value = rest.popFirst(), !value.hasPrefix("-"), set(word, value) else { return nil }
            case "list" where verb == nil: verb = .list
            case "rounds" where verb == nil: verb = .rounds
            case "overview" where verb == nil: verb = .overview
            default: guard refer(to: word) else { return nil }
            }
        }
        if verb == .rounds, reference == nil { return nil }
    }

    private mutating func refer(to word: String) -> Bool {
        guard kind != .overview, reference == nil, !word.isEmpty, !word.hasPrefix("-") else { return false }
        reference = word
        return true
    }

    private mutating func set(_ option: String, _ value: String) -> Bool {
        switch option {
        case "--socket": options.socket = value
        case "--zone-of-reader": options.zoneOfReader = value
        case "--from" where verb == .list: from = value
        case "--until" where verb == .list: until = value
        case "--status" where verb == .list:
            guard let option = try? StatusOption.read(value) else { return false }
            status.append(option)
        case "-n" where kind != .overview:
            guard let number = Int(value), number >= 1 else { return false }
            count = number
        default:
            guard option == "--color", let color = ColorChoice(rawValue: value) else { return false }
            options.color = color
        }
        return true
    }

    func show() throws {
        let session = try Session(options)
        switch kind {
        case .list:
            var asked = List.Parameters(
                from: from, until: until, reference: reference, zoneOfReader: session.zoneOfReader)
            asked.want(status)
            try ListCommand.show(asked, count: count, session)
        case .rounds: try RoundsCommand.show(reference ?? "", count: count, session)
        case .overview: try OverviewCommand.show(session)
        }
    }
}
