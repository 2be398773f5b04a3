import Foundation

/// `convene list` in a schedule of so many meetings, beside `convene --version`.
func measureLists(_ programs: Programs, size: Int) throws {
    try withTemporaryDirectory { directory in
        let daemon = try Daemon(programs, in: directory)
        defer { daemon.stop() }
        let added = try Child([
            "sh", "-c",
            "'\(programs.sampleSchedule)' \(size) | '\(programs.convene)' --socket '\(daemon.socketPath)' add --batch --chunk 5000",
        ]).status()
        guard added == 0 else { throw Failure("the sample schedule could not be added") }
        let changed = try overrideSome(daemon, programs, size: size)
        try daemon.restart()
        Table.row("\(size) meetings, \(changed) changed dates", "READY after \(daemon.readyAfter.digits(0)) ms")
        for (name, more) in [("list -n 20", [String]()), ("list -n 20, ten years off", ["--from", "2036-11-25"])] {
            var pairs: [(version: Double, list: Double)] = []
            for run in 0..<110 {
                let version = try time([programs.convene, "--version"])
                let list = try time([programs.convene, "--socket", daemon.socketPath, "list", "-n", "20"] + more)
                // The first few find their pages in no cache yet.
                if run >= 10 { pairs.append((version, list)) }
            }
            let ratio = pairs.map { $0.list / $0.version }.median
            Table.row(
                "  \(name)",
                "\((pairs.map(\.list).median * 1_000).digits(1)) ms, --version "
                    + "\((pairs.map(\.version).median * 1_000).digits(1)) ms: \(ratio.digits(2)) times")
        }
        Table.row("  peak memory (VmHWM)", "\((Double(daemon.child.peakMemory) / 1_024).digits(1)) MB")
    }
}

/// Seconds from the start of a program to its end.
func time(_ words: [String]) throws -> Double {
    try Clock.measure {
        guard try Child(words).status() == 0 else { throw Failure("\(words.joined(separator: " ")) failed") }
    }
}

/// Moves one date of one series in twenty, as people do; the writes of 32 connections share commits.
private func overrideSome(_ daemon: Daemon, _ programs: Programs, size: Int) throws -> Int {
    let path = "\(daemon.directory)/moves"
    try Child([programs.sampleSchedule, "\(size)", "1", "moves"], output: path).status()
    let calls = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    let changed = try onThreads(32) { index in
        let connection = try Connection(path: daemon.socketPath)
        var changed = 0
        // A date that its rule does not give is refused, and counts as none.
        for position in stride(from: index, to: calls.count, by: 32) where try connection.call([calls[position]]) == 0 {
            changed += 1
        }
        return changed
    }
    return changed.reduce(0, +)
}
