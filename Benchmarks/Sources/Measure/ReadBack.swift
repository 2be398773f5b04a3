import Foundation

/// Reading back in a journal of so many entries: the start with and without a known place in it, and a reminder's way.
func measureReadBack(_ programs: Programs, entries count: Int) throws {
    try withTemporaryDirectory { directory in
        // A database that has an id and has never read a journal.
        let first = try Daemon(programs, in: directory)
        let id = try text("databaseId", in: Connection(path: first.socketPath).answer(status))
        first.stop()
        let journal = try Journal(in: directory)
        defer { journal.stop() }
        let own = count / 10
        let filled = try Clock.measure { try fill(journal, count, own: own, of: id) }
        Table.row("\(count) entries, \(own) of them its own", "written in \(filled.digits(0)) s")

        let daemon = try Daemon(programs, in: directory, journal: journal)
        defer { daemon.stop() }
        var started = daemon.readyAfter / 1_000 + (try Clock.measure { try settle(daemon, own) })
        Table.row(
            "  a start without a known place",
            "all read and recorded after \(started.digits(1)) s, READY after "
                + "\(daemon.readyAfter.digits(0)) ms")
        try daemon.restart()
        started = daemon.readyAfter / 1_000 + (try Clock.measure { try settle(daemon, own) })
        Table.row("  a start with one", "read up to the present after \((started * 1_000).digits(0)) ms")

        let reminders = 20
        let start = Int(Clock.realtime()) + 3
        let connection = try Connection(path: daemon.socketPath)
        let follower = JournalFollower(directory: journal.directory, isWaiting: false)
        for index in 0..<reminders {
            let call =
                #"{"method":"org.convene.Schedule.Add","parameters":{"meeting":{"summary":"Talks \#(index)","#
                + #""when":"\#(utc(start + index + 3_600)) UTC","alarms":["1h"]}}}"#
            guard try connection.call([call]) == 0 else { throw Failure("an add was refused") }
        }
        while Clock.realtime() < Double(start + reminders + 1) { usleep(50_000) }
        let seen = follower.stop().reminders.filter { $0 < 60 }
        try settle(daemon, own + reminders)
        guard seen.count == reminders, try journal.entries(of: "reminder").count == own + reminders else {
            throw Failure("\(seen.count) reminders of \(reminders) were seen once")
        }
        Table.row("  a reminder, seen by a reader", milliseconds(seen))
        Table.row("  peak memory (VmHWM)", "\((Double(daemon.child.peakMemory) / 1_024).digits(1)) MB")
    }
}

private let status = #"{"method":"org.convene.Schedule.GetStatus"}"#

/// Waits until the start is over and everything of its own is recorded.
private func settle(_ daemon: Daemon, _ count: Int) throws {
    let connection = try Connection(path: daemon.socketPath)
    let test = try connection.answer(#"{"method":"org.convene.Schedule.TestNotification"}"#)
    guard test.contains(#""seen":true"#) else { throw Failure("the journal is not read back: \(test)") }
    let end = Clock.seconds() + 120
    while try number("delivered", in: connection.answer(status)) < count {
        guard Clock.seconds() < end else { throw Failure("not everything was recorded") }
        usleep(2_000)
    }
}

/// Writes entries of others, and in between such as the daemon wrote in its time.
private func fill(_ journal: Journal, _ count: Int, own: Int, of id: String) throws {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    guard withUnixAddress(journal.socketPath, { connect(descriptor, $0, $1) }) == 0 else {
        throw Failure("connect: errno \(errno)")
    }
    for index in 0..<count {
        var entry = "MESSAGE=line \(index)\nSYSLOG_IDENTIFIER=other\nPRIORITY=6\n"
        if index % (count / own) == 0 {
            entry =
                "MESSAGE=Talks \(index)\nSYSLOG_IDENTIFIER=convened\nPRIORITY=5\nCONVENE_KIND=reminder\n"
                + "CONVENE_DATABASE=\(id)\nCONVENE_NOTIFICATION_ID=\(id)/past/\(index)\n"
                + "CONVENE_DUE=2026-01-01T00:00:00Z\nCONVENE_SUMMARY=Talks \(index)\nCONVENE_LATE_SEC=0\n"
        }
        let bytes = Array(entry.utf8)
        guard send(descriptor, bytes, bytes.count, 0) == bytes.count else { throw Failure("send: errno \(errno)") }
    }
}

private func text(_ field: String, in reply: String) throws -> String {
    guard let rest = reply.components(separatedBy: "\"\(field)\":\"").dropFirst().first,
        let text = rest.components(separatedBy: "\"").first
    else { throw Failure("no '\(field)' in \(reply.prefix(200))") }
    return text
}
