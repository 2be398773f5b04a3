import Foundation

/// Many reminders due in one second: until all are in the journal, and until all are recorded; beside a program
/// that does nothing but send as many entries of the same fields.
func measureBurst(_ programs: Programs, count: Int) throws {
    try burst(programs, "no rate limit (outside any unit)", count: count, limit: nil)
}

/// The same under limits of journald.
func measureLimitedBursts(_ programs: Programs, count: Int) throws {
    guard ServiceGroup.isAvailable else {
        return Table.row(
            "in a unit, with a rate limit", "not measured: only root can put a process into a unit's group")
    }
    try burst(programs, "in a unit, journald's default limit", count: count, limit: "")
    // A full disk brings the default down to 10,000 in 30 s; this one is reached whatever the disk.
    try burst(programs, "in a unit, 2,000 in 10 s times 1 to 6", count: count, limit: "2000")
}

private func burst(_ programs: Programs, _ name: String, count: Int, limit: String?) throws {
    try withTemporaryDirectory { directory in
        let journal = try Journal(in: directory, burst: limit.flatMap { $0.isEmpty ? nil : $0 })
        defer { journal.stop() }
        let daemon = try Daemon(programs, in: directory, journal: journal)
        defer { daemon.stop() }
        let group = try limit.map { _ in try ServiceGroup(holding: daemon.child.pid) }
        defer { group?.remove() }
        let connection = try Connection(path: daemon.socketPath)
        let due = Int(Clock.realtime()) + 40
        for part in 0..<(count / 1_000) {
            let meetings = (0..<1_000).map {
                #"{"summary":"Talks \#(part * 1_000 + $0)","when":"\#(utc(due + 3_600)) UTC","alarms":["1h"]}"#
            }
            let call =
                #"{"method":"org.convene.Schedule.AddMany","parameters":{"meetings":[\#(meetings.joined(separator: ","))]}}"#
            guard try connection.call([call]) == 0 else { throw Failure("the meetings could not be added") }
        }
        guard Clock.realtime() < Double(due) - 1 else { throw Failure("the machine was too slow to add them in time") }
        let recorded = try waitUntilRecorded(count, due, connection)
        let entries = try journal.entries(of: "reminder")
        guard entries.count == count, Set(entries.map(\.identity)).count == count else {
            throw Failure("\(entries.count) entries, \(Set(entries.map(\.identity)).count) different, of \(count)")
        }
        let last = (entries.map(\.stamp).max() ?? 0) - Double(due)
        var figures =
            "\(count), each once: in the journal after \(last.digits(2)) s, all recorded after \(recorded.digits(2)) s"
        if limit == nil {
            let floor = try bareBurst(count, to: journal)
            figures +=
                "; only sent, after \(floor.digits(2)) s: \((last / floor).digits(1)) and"
                + " \((recorded / floor).digits(1)) times the floor"
        }
        Table.row(name, figures)
    }
}

/// Seconds from the first of so many sends until journald has received the last, each with the fields of a reminder.
private func bareBurst(_ count: Int, to journal: Journal) throws -> Double {
    let lines = try journal.fields(ofLast: "reminder").filter { !$0.hasPrefix("CONVENE_KIND=") }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    guard withUnixAddress(journal.socketPath, { connect(descriptor, $0, $1) }) == 0 else {
        throw Failure("connect: errno \(errno)")
    }
    let start = Clock.realtime()
    for number in 0..<count {
        let fields = lines.map { $0.hasPrefix("CONVENE_NOTIFICATION_ID=") ? "\($0)/\(number)" : $0 }
        let entry = Array((fields + ["CONVENE_KIND=bare", ""]).joined(separator: "\n").utf8)
        guard entry.withUnsafeBytes({ send(descriptor, $0.baseAddress, $0.count, 0) }) == entry.count else {
            throw Failure("send: errno \(errno)")
        }
    }
    let bound = Clock.seconds() + 60
    while Clock.seconds() < bound {
        usleep(500_000)
        let entries = try journal.entries(of: "bare")
        if entries.count == count { return (entries.map(\.stamp).max() ?? 0) - start }
    }
    throw Failure("the bare entries did not arrive")
}

/// Seconds from `due` until so many are recorded and nothing is pending.
private func waitUntilRecorded(_ count: Int, _ due: Int, _ connection: Connection) throws -> Double {
    let bound = Clock.seconds() + 300
    while Clock.seconds() < bound {
        let status = try connection.answer(#"{"method":"org.convene.Schedule.GetStatus"}"#)
        if status.contains(#""delivered":\#(count),"#), status.contains(#""pending":0,"#) {
            return Clock.realtime() - Double(due)
        }
        // Seldom enough to cost the daemon nothing.
        usleep(25_000)
    }
    throw Failure("not all were recorded within five minutes")
}

/// The control group of a unit that nobody started: journald takes what is in it for that unit's, rate limit included.
final class ServiceGroup {
    private static let roots = ["/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup"]
    private let paths: [String]

    static var isAvailable: Bool {
        geteuid() == 0 && roots.contains { access("\($0)/cgroup.procs", W_OK) == 0 }
    }

    init(holding pid: pid_t) throws {
        let name = "system.slice/convene-bench-\(getpid()).service"
        paths = ServiceGroup.roots.filter { access("\($0)/cgroup.procs", W_OK) == 0 }.map { "\($0)/\(name)" }
        for path in paths {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            guard let file = fopen("\(path)/cgroup.procs", "w") else { throw Failure("\(path): errno \(errno)") }
            fputs("\(pid)", file)
            fclose(file)
        }
    }

    /// Once the process has ended.
    func remove() {
        for path in paths { rmdir(path) }
    }
}
