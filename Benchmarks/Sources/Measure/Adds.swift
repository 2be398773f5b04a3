import Foundation

/// Adds, one client after the other and 32 at once, each reply after its commit; beside fdatasync on the same disk.
func measureAdds(_ programs: Programs) throws {
    try withTemporaryDirectory { directory in
        let daemon = try Daemon(programs, in: directory)
        defer { daemon.stop() }
        let syncs = try syncTimes(200, in: directory)
        let alone = try addTimes(daemon, count: 200)
        let many = 32
        let each = 50
        let elapsed = try Clock.measure {
            _ = try onThreads(many) { _ in try addTimes(daemon, count: each) }
        }
        Table.row("fdatasync of 4 KiB", "\((syncs.median * 1_000).digits(2)) ms")
        Table.row(
            "add, one client",
            "\((alone.median * 1_000).digits(2)) ms: \((alone.median / syncs.median).digits(2)) times the floor")
        let perAdd = elapsed / Double(many * each)
        Table.row(
            "add, \(many) clients",
            "\((1 / perAdd).digits(0)) a second: \((alone.median / perAdd).digits(1)) times as many as one client")
    }
}

@Sendable private func addTimes(_ daemon: Daemon, count: Int) throws -> [Double] {
    let connection = try Connection(path: daemon.socketPath)
    let call =
        #"{"method":"org.convene.Schedule.Add","parameters":{"meeting":{"summary":"Talks","#
        + #""when":"2030-09-20 11:00 Tokyo","duration":"90m"}}}"#
    return try (0..<count).map { _ in
        try Clock.measure {
            guard try connection.call([call]) == 0 else { throw Failure("an add was refused") }
        }
    }
}

/// How long the disk takes for a page, written and synchronized.
private func syncTimes(_ count: Int, in directory: String) throws -> [Double] {
    let file = open("\(directory)/floor", O_RDWR | O_CREAT, 0o600)
    guard file >= 0 else { throw Failure("open: errno \(errno)") }
    defer { close(file) }
    let page = [UInt8](repeating: 1, count: 4_096)
    return (0..<count).map { index in
        Clock.measure {
            _ = pwrite(file, page, page.count, off_t(index * page.count))
            fdatasync(file)
        }
    }
}
