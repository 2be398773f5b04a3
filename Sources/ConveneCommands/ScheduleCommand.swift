import ArgumentParser

/// A verb: options that the parser fills in, and a conversation with the daemon.
protocol ScheduleCommand: ParsableCommand {
    var global: GlobalOptions { get }

    func run(_ session: Session) throws
}

extension ScheduleCommand {
    func run() throws {
        try run(Session(global.values))
    }
}

extension [String] {
    /// Words that were typed without quotes, as one text; `nil` where there are none.
    var phrase: String? {
        isEmpty ? nil : joined(separator: " ")
    }
}

extension Bool {
    /// A wish as the protocol has it: omitted where it was not made.
    var wish: Bool? { self ? true : nil }
}
