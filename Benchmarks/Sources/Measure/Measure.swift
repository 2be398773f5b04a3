import Glibc

/// Measures the programs that were built, side by side with the floor under each figure, in one run.
///
///     measure BUILT SAMPLE-SCHEDULE [SIZE…]
///
/// BUILT is the folder of `convene` and `convened`, SAMPLE-SCHEDULE the program beside this one; the sizes are
/// 1,000 and 1,000,000 meetings where none is given. Where reminders are due, a private journald takes them.
@main
enum Measure {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 2 else {
            print("usage: measure BUILT SAMPLE-SCHEDULE [SIZE...]")
            exit(2)
        }
        let sizes = arguments.dropFirst(2).compactMap { Int($0) }
        let programs = Programs(built: arguments[0], sampleSchedule: arguments[1])

        Table.title("Lists, beside the start of the program (paired runs)")
        for size in sizes.isEmpty ? [1_000, 1_000_000] : sizes {
            try measureLists(programs, size: size)
        }
        Table.title("Adding a meeting, each answered after its commit, beside a bare fdatasync")
        try measureAdds(programs)
        Table.title("A reminder, from due to received by journald, beside a bare timer and send (takes a minute)")
        try measureReminders(programs)
        Table.title("A call and its reply, beside a bare NIO echo")
        try await measureRoundTrips(programs)
    }
}
