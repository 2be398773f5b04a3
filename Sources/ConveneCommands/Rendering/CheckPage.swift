import ConveneAPI
import PlainText

/// What a check of the database has found.
struct CheckPage {
    private static let labelColumns = 13

    let columns: Int
    /// Whether what could be was written anew.
    let hasRebuilt: Bool

    func lines(_ reply: Check.Reply) -> [Line] {
        guard reply.countFaults > 0 else {
            return [
                Line("\(meetings(reply.meetings)): what is derived agrees with what was written; the file is whole")
            ]
        }
        let further = reply.countFaults - reply.faults.count
        return reply.faults.flatMap(row) + (further > 0 ? [Line(" … and \(further) more")] : [])
    }

    /// Why all is not well, and what to do; `nil` where it is.
    func problem(_ reply: Check.Reply) -> CommandError? {
        guard reply.countFaults > 0 else { return nil }
        let count = reply.countFaults == 1 ? "1 fault" : "\(reply.countFaults) faults"
        if let wait = reply.faults.first(where: { $0.place == "zones" }) {
            return .failed("not checked: \(wait.what.harmless)", hint: nil)
        }
        let isMendable = reply.faults.allSatisfy(\.rebuildable)
        if isMendable, hasRebuilt {
            return .failed(
                "\(count) in \(meetings(reply.meetings)); \(meetings(reply.rebuilt)) written anew",
                hint: "Look once more: convene check")
        }
        if isMendable {
            return .failed(
                "\(count) in \(meetings(reply.meetings)): what is derived is not what was written",
                hint: "To write it anew from what people wrote: convene check --rebuild")
        }
        return .failed(
            "\(count) in \(meetings(reply.meetings)): the database is damaged",
            hint: "Stop the daemon, keep a copy of its database, and bring back a backup, or what can be read: "
                + "sqlite3 convene.db .recover | sqlite3 recovered.db")
    }

    private func meetings(_ count: Int) -> String { count == 1 ? "1 meeting" : "\(count) meetings" }

    private func row(_ fault: Fault) -> [Line] {
        let meeting = fault.number.map { "\($0) \(fault.summary ?? ""): " } ?? ""
        return (meeting + fault.what).harmless.wrapped(to: columns - 3 - CheckPage.labelColumns).enumerated().map {
            var line = Line($0 == 0 ? " ! " : "   ", .warning)
            line.append(($0 == 0 ? fault.place.harmless : "").padded(to: CheckPage.labelColumns) + $1)
            return line
        }
    }
}
