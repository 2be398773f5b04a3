import Foundation

/// A schedule of so many live alarms: after 30 days in which no daemon ran, and then as every day.
///
/// It is planned in a rehearsal whose clock stands 30 days back; the daemon that is measured lives on the real clock.
func measureAlarms(_ programs: Programs, count: Int) throws {
    try withTemporaryDirectory { directory in
        let home = "\(directory)/many"
        mkdir(home, 0o755)
        let took = try Clock.measure { try plan(programs, count: count, in: home) }
        Table.row("\(count) meetings with an alarm each", "planned in \(took.digits(0)) s")
        try measureBacklog(programs, count: count, in: home)
        try measureEveryday(programs, in: home, beside: directory)
    }
}

/// Plans them in a rehearsal, and takes its database away before the rehearsal does.
private func plan(_ programs: Programs, count: Int, in home: String) throws {
    let past = utc(Int(Clock.realtime()) - 30 * 86_400).replacingOccurrences(of: " ", with: "T") + "Z"
    let socket = "\(home)/rehearsal"
    let rehearsal = try Child([programs.convened, "--rehearse", past, "--socket", socket])
    let end = Clock.seconds() + 30
    while access(socket, F_OK) != 0 {
        guard Clock.seconds() < end else { throw Failure("the rehearsal did not start") }
        usleep(10_000)
    }
    let added = try Child([
        "sh", "-c",
        "'\(programs.sampleSchedule)' \(count) 1 alarms | '\(programs.convene)' --socket '\(socket)' add --batch --chunk 5000",
    ]).status()
    guard added == 0 else { throw Failure("the meetings could not be planned") }
    let status = try Connection(path: socket).answer(#"{"method":"org.convene.Schedule.GetStatus"}"#)
    guard let path = status.components(separatedBy: #""database":""#).last?.components(separatedBy: "\"").first else {
        throw Failure("the rehearsal does not say where its database is")
    }
    // Nobody writes while it is stopped.
    kill(rehearsal.pid, SIGSTOP)
    for suffix in ["", "-wal"] {
        guard try Child(["cp", path + suffix, "\(home)/schedule.db\(suffix)"]).status() == 0 else {
            throw Failure("\(path)\(suffix) could not be copied")
        }
    }
    kill(rehearsal.pid, SIGKILL)
    rehearsal.status()
    try Child(["rm", "-rf", (path as NSString).deletingLastPathComponent]).status()
    // Its log of writes is worked in once, as any daemon that ends in order does.
    let daemon = try Daemon(programs, in: home)
    daemon.stop()
}

/// Thirty days of reminders are owed at the start.
private func measureBacklog(_ programs: Programs, count: Int, in home: String) throws {
    let journal = try Journal(in: home)
    defer { journal.stop() }
    let daemon = try Daemon(programs, in: home, journal: journal)
    defer { daemon.stop() }
    let start = Clock.seconds()
    let connection = try Connection(path: daemon.socketPath)
    let owed = try number("pending", in: connection.answer(#"{"method":"org.convene.Schedule.GetStatus"}"#))
    var lists: [Double] = []
    var pending = owed
    while pending > 0 {
        guard Clock.seconds() - start < 600 else { throw Failure("\(pending) of \(owed) are still owed after 10 min") }
        lists.append(
            try Clock.measure {
                try connection.call([#"{"method":"org.convene.Schedule.List","parameters":{"limit":20}}"#])
            })
        pending = try number("pending", in: connection.answer(#"{"method":"org.convene.Schedule.GetStatus"}"#))
        usleep(5_000)
    }
    let took = Clock.seconds() - start
    let status = try connection.answer(#"{"method":"org.convene.Schedule.GetStatus"}"#)
    Table.row("  30 days down: \(owed) owed", "READY after \(daemon.readyAfter.digits(0)) ms")
    Table.row("  all told and recorded", "\(try number("delivered", in: status)) in \(took.digits(1)) s")
    Table.row("  a list of 20 meanwhile", milliseconds(lists))
    Table.row("  peak memory (VmHWM)", "\((Double(daemon.child.peakMemory) / 1_024).digits(1)) MB")
}

/// With nothing owed: the start, and what a change costs beside a schedule of a thousand.
private func measureEveryday(_ programs: Programs, in home: String, beside directory: String) throws {
    let small = "\(directory)/few"
    mkdir(small, 0o755)
    let few = try Daemon(programs, in: small)
    defer { few.stop() }
    guard
        try Child([
            "sh", "-c",
            "'\(programs.sampleSchedule)' 1000 1 alarms | '\(programs.convene)' --socket '\(few.socketPath)' add --batch",
        ]).status() == 0
    else { throw Failure("the thousand could not be planned") }
    // The first start reads the file from the disk; a start after that is what a restart costs.
    let many = try Daemon(programs, in: home)
    defer { many.stop() }
    var ready: [Double] = []
    for _ in 0..<10 {
        try many.restart()
        ready.append(many.readyAfter / 1_000)
    }
    Table.row("  nothing owed", "READY after \(milliseconds(ready))")
    let connections = try [few, many].map { try Connection(path: $0.socketPath) }
    for (name, call) in [("add", addCall), ("move", moveCall)] {
        var times: [[Double]] = [[], []]
        for run in 0..<300 {
            for (index, connection) in connections.enumerated() {
                let took = try Clock.measure {
                    guard try connection.call([call(run)]) == 0 else { throw Failure("\(name) was refused") }
                }
                if run >= 20 { times[index].append(took) }
            }
        }
        Table.row(
            "  \(name), beside the same among 1000",
            "\(milliseconds(times[1])), \(milliseconds(times[0])): \((times[1].median / times[0].median).digits(2)) times"
        )
    }
    Table.row("  peak memory (VmHWM)", "\((Double(many.child.peakMemory) / 1_024).digits(1)) MB")
    try measureCheck(programs, many, connections[1])
}

/// 'convene check', and what an add costs while it is at it.
private func measureCheck(_ programs: Programs, _ daemon: Daemon, _ connection: Connection) throws {
    let start = Clock.seconds()
    let check = try Child([programs.convene, "--socket", daemon.socketPath, "check"])
    var adds: [Double] = []
    var run = 1_000
    while check.isRunning {
        adds.append(try Clock.measure { try connection.call([addCall(run)]) })
        run += 1
        usleep(20_000)
    }
    guard check.ending == 0 else { throw Failure("convene check found faults") }
    Table.row("  convene check", "\((Clock.seconds() - start).digits(1)) s; an add meanwhile \(milliseconds(adds))")
    Table.row("  peak memory (VmHWM) after it", "\((Double(daemon.child.peakMemory) / 1_024).digits(1)) MB")
}

private func addCall(_ run: Int) -> String {
    #"{"method":"org.convene.Schedule.Add","parameters":{"meeting":{"summary":"Talks","when":"2030-09-20 11:00 Tokyo"}}}"#
}

private func moveCall(_ run: Int) -> String {
    #"{"method":"org.convene.Schedule.Move","parameters":{"reference":"\#(run + 100)","#
        + #""when":"2031-\#(run % 12 + 1 < 10 ? "0" : "")\#(run % 12 + 1)-11 10:\#(10 + run / 12 % 50)"}}"#
}

func number(_ field: String, in reply: String) throws -> Int {
    guard let text = reply.components(separatedBy: "\"\(field)\":").dropFirst().first,
        let number = Int(text.prefix { $0.isNumber })
    else { throw Failure("no '\(field)' in \(reply.prefix(200))") }
    return number
}
