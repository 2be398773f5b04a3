import Glibc

/// Measures the programs that were built, side by side with the floor under each figure, in one run.
///
///     measure BUILT SAMPLE-SCHEDULE [SIZE…]
///     measure BUILT SAMPLE-SCHEDULE reminders           only a reminder's way, one at a time
///     measure BUILT SAMPLE-SCHEDULE burst [TIMES]       only ten thousand of them in one second, that often
///     measure BUILT SAMPLE-SCHEDULE delivery [SIZE]     only what many reminders, alarms and entries cost; 1,000 at least
///     measure BUILT SAMPLE-SCHEDULE talks [SERIES]     only the talks in rounds
///
/// BUILT is the folder of `convene` and `convened`, SAMPLE-SCHEDULE the program beside this one; the sizes are
/// 1,000 and 1,000,000 meetings where none is given. Where reminders are due, a private journald takes them.
@main
enum Measure {
    static func main() async {
        do {
            try await measure()
        } catch {
            print("not measured: \(error)")
            exit(1)
        }
    }

    private static func measure() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 2 else {
            print("usage: measure BUILT SAMPLE-SCHEDULE [SIZE...]")
            exit(2)
        }
        let sizes = arguments.dropFirst(2).compactMap { Int($0) }
        let programs = Programs(built: arguments[0], sampleSchedule: arguments[1])

        switch arguments.dropFirst(2).first {
        case "reminders":
            Table.title(remindersTitle)
            return try measureReminders(programs)
        case "burst":
            Table.title(burstTitle)
            for _ in 0..<(sizes.max() ?? 1) { try measureBurst(programs, count: 10_000) }
            return
        case "delivery": return try measureDelivery(programs, alarms: sizes.max() ?? 1_000_000)
        case "talks": return try measureTalks(programs, series: sizes.max() ?? 10_000)
        default: break
        }
        Table.title("Lists, beside the start of the program (paired runs)")
        for size in sizes.isEmpty ? [1_000, 1_000_000] : sizes {
            try measureLists(programs, size: size)
        }
        Table.title("Talks in rounds, beside the start of the program (paired runs)")
        try measureTalks(programs, series: 10_000)
        Table.title("Adding a meeting, each answered after its commit, beside a bare fdatasync")
        try measureAdds(programs)
        Table.title(remindersTitle)
        try measureReminders(programs)
        try measureDelivery(programs, alarms: sizes.max() ?? 1_000_000)
        Table.title("A call and its reply, beside a bare NIO echo")
        try await measureRoundTrips(programs)
    }

    private static let burstTitle = "Many reminders due in one second"
    private static let remindersTitle = "A reminder's way, beside a bare timer and send (takes a minute)"

    /// What is asked of the way to the journal when there is much of everything.
    private static func measureDelivery(_ programs: Programs, alarms: Int) throws {
        Table.title(burstTitle)
        try measureBurst(programs, count: 10_000)
        try measureLimitedBursts(programs, count: 10_000)
        Table.title("A journal of \(alarms) entries")
        try measureReadBack(programs, entries: alarms)
        Table.title("\(alarms) live alarms")
        try measureAlarms(programs, count: alarms)
    }
}
