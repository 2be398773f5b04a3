import Foundation

/// The morning page, a list and a track record among so many series of talks, beside the start of the program.
func measureTalks(_ programs: Programs, series: Int) throws {
    try withTemporaryDirectory { directory in
        let daemon = try Daemon(programs, in: directory)
        defer { daemon.stop() }
        let added = try Child([
            "sh", "-c",
            "'\(programs.sampleSchedule)' \(series) 1 talks | '\(programs.convene)' --socket '\(daemon.socketPath)' add --batch --chunk 5000",
        ]).status()
        guard added == 0 else { throw Failure("the sample talks could not be added") }
        let fixed = try holdRounds(daemon, programs, series: series)
        let meetings = series * 5 + fixed
        guard meetings == series * 10 else { throw Failure("\(meetings) meetings are not ten a series") }
        try daemon.restart()
        Table.row("\(series) series, \(meetings) meetings", "READY after \(daemon.readyAfter.digits(0)) ms")
        let number = "\(series / 2 / 5 * 25 + 1)"
        let pages = [
            ("convene", [String]()), ("list", ["list"]), ("list -n 20", ["list", "-n", "20"]),
            ("list --status proposed", ["list", "--status", "proposed"]),
            ("list, a week", ["list", "--until", "2026-12-01", "-n", "50"]),
            ("rounds \(number)", ["rounds", number]), ("rounds 'talks \(series)'", ["rounds", "talks \(series)"]),
            ("show \(number)", ["show", number]),
        ]
        for (name, words) in pages {
            let pairs = try (0..<60).map { _ in
                (
                    version: try time([programs.convene, "--version"]),
                    page: try time([programs.convene, "--socket", daemon.socketPath] + words)
                )
            }.dropFirst(10)
            Table.row(
                "  \(name)",
                "\((pairs.map(\.page).median * 1_000).digits(1)) ms, --version "
                    + "\((pairs.map(\.version).median * 1_000).digits(1)) ms: "
                    + "\(pairs.map { $0.page / $0.version }.median.digits(2)) times")
        }
        Table.row("  peak memory (VmHWM)", "\((Double(daemon.child.peakMemory) / 1_024).digits(1)) MB")
    }
}

/// Fixes rounds and marks those that are over as held, through 32 connections; returns how many have a date then.
private func holdRounds(_ daemon: Daemon, _ programs: Programs, series: Int) throws -> Int {
    let path = "\(daemon.directory)/acts"
    try Child([programs.sampleSchedule, "\(series)", "1", "acts"], output: path).status()
    let calls = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    // What is said of one round goes over one connection, in order.
    var acts: [[String]] = []
    for call in calls {
        if call.contains(".Fix\"") { acts.append([call]) } else { acts[acts.count - 1].append(call) }
    }
    let rounds = acts
    let refused = try onThreads(32) { index in
        let connection = try Connection(path: daemon.socketPath)
        var refused = 0
        for position in stride(from: index, to: rounds.count, by: 32) {
            for call in rounds[position] { refused += try connection.call([call]) }
        }
        return refused
    }.reduce(0, +)
    guard refused == 0 else { throw Failure("\(refused) of \(calls.count) calls were refused") }
    return rounds.count
}
