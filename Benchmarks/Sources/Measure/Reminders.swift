import Foundation

/// From the moment at which a reminder is due until journald has its entry and until a reader sees it, beside a bare timer
/// and send, in one run, half a second apart.
func measureReminders(_ programs: Programs) throws {
    try withTemporaryDirectory { directory in
        let journal = try Journal(in: directory)
        defer { journal.stop() }
        let daemon = try Daemon(programs, in: directory, journal: journal)
        defer { daemon.stop() }
        let count = 60
        let first = Int(Date().timeIntervalSince1970) + 5
        let connection = try Connection(path: daemon.socketPath)
        for index in 0..<count {
            let start = utc(first + index + 3_600)
            let call =
                #"{"method":"org.convene.Schedule.Add","parameters":{"meeting":{"summary":"Talks \#(index)","#
                + #""when":"\#(start) UTC","alarms":["1h"]}}}"#
            guard try connection.call([call]) == 0 else { throw Failure("an add was refused") }
        }
        let followers = [false, true].map { JournalFollower(directory: journal.directory, isWaiting: $0) }
        try sendBareEntries(count, from: first, to: journal)
        let late = try journal.lateness(until: Double(first + count + 2))
        let seen = followers.map { $0.stop() }
        for (name, times) in [
            ("received by journald", late), ("seen by a reader", seen[0]), ("by sd_journal_wait", seen[1]),
        ] {
            guard times.reminders.count == count, times.bare.count == count else {
                throw Failure(
                    "\(times.reminders.count) reminders and \(times.bare.count) bare entries of \(count) were \(name)")
            }
            Table.row("bare timer and send, \(name)", milliseconds(times.bare))
            Table.row(
                "a reminder, \(name)",
                "\(milliseconds(times.reminders)): \((times.reminders.median / times.bare.median).digits(1)) times the floor"
            )
        }
    }
}

/// As the daemon does it, and nothing else: sleep until a moment of the real clock, send one datagram.
private func sendBareEntries(_ count: Int, from first: Int, to journal: Journal) throws {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    guard withUnixAddress(journal.socketPath, { connect(descriptor, $0, $1) }) == 0 else {
        throw Failure("connect: errno \(errno)")
    }
    for index in 0..<count {
        var due = timespec(tv_sec: first + index, tv_nsec: 500_000_000)
        clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &due, nil)
        let entry = Array("MESSAGE=bare\nBARE_DUE=\(first + index).5\n".utf8)
        _ = entry.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT)) }
    }
}

func milliseconds(_ times: [Double]) -> String {
    "\((times.median * 1_000).digits(2)) ms (p99 \((times.quantile(0.99) * 1_000).digits(2)) ms)"
}

func utc(_ moment: Int) -> String {
    var moment = time_t(moment)
    var parts = tm()
    gmtime_r(&moment, &parts)
    var text = [CChar](repeating: 0, count: 32)
    strftime(&text, text.count, "%Y-%m-%d %H:%M:%S", &parts)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// A journald of the measurement's own.
final class Journal {
    let socketPath: String
    let directory: String
    private let child: Child
    /// Such a journald ends after half a minute without one.
    private let stream: Int32

    private let configuration: String?

    /// - Parameter burst: how many entries of a unit it takes in ten seconds, if not the default; a setting that only
    ///   root can make.
    init(in home: String, burst: String? = nil) throws {
        directory = "\(home)/log"
        let name = "bench-\(getpid())"
        configuration = burst.map { _ in "/etc/systemd/journald@\(name).conf" }
        if let configuration, let burst {
            let text = "[Journal]\nRateLimitIntervalSec=10s\nRateLimitBurst=\(burst)\n"
            try text.write(toFile: configuration, atomically: true, encoding: .utf8)
        }
        socketPath = "\(home)/run/socket"
        mkdir(directory, 0o755)
        mkdir("\(home)/run", 0o755)
        child = try Child(
            ["/lib/systemd/systemd-journald", name],
            environment: ["RUNTIME_DIRECTORY": "\(home)/run", "LOGS_DIRECTORY": directory])
        stream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let end = Clock.seconds() + 10
        while withUnixAddress("\(home)/run/stdout", { connect(stream, $0, $1) }) != 0 {
            guard Clock.seconds() < end else { throw Failure("systemd-journald does not listen") }
            usleep(5_000)
        }
    }

    func stop() {
        close(stream)
        kill(child.pid, SIGTERM)
        child.status()
        if let configuration { unlink(configuration) }
    }

    /// The entries of a kind: when journald received each, in seconds since 1970, and its identity.
    func entries(of kind: String) throws -> [(stamp: Double, identity: String)] {
        let output = "\(directory)/../entries"
        try Child(
            [
                "journalctl", "-q", "-D", directory, "-o", "json", "--output-fields=CONVENE_NOTIFICATION_ID",
                "CONVENE_KIND=\(kind)",
            ], output: output
        ).status()
        return try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").compactMap { line in
            guard let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let stamp = (entry["__REALTIME_TIMESTAMP"] as? String).flatMap(Double.init),
                let identity = entry["CONVENE_NOTIFICATION_ID"] as? String
            else { return nil }
            return (stamp / 1e6, identity)
        }
    }

    /// The fields that the sender of the last entry of a kind gave it, as `NAME=value`.
    func fields(ofLast kind: String) throws -> [String] {
        let output = "\(directory)/../entry"
        try Child(
            ["journalctl", "-q", "-D", directory, "-o", "export", "-n", "1", "CONVENE_KIND=\(kind)"], output: output
        )
        .status()
        return try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
            .filter { $0.contains("=") && !$0.hasPrefix("_") }.map(String.init)
    }

    /// How long after its moment each entry arrived, in seconds.
    func lateness(until end: Double) throws -> (reminders: [Double], bare: [Double]) {
        usleep(useconds_t(max(0, end - Date().timeIntervalSince1970) * 1e6))
        let output = "\(directory)/../entries"
        try Child(["journalctl", "-q", "-D", directory, "-o", "json", "--all"], output: output).status()
        let format = ISO8601DateFormatter()
        var found: (reminders: [Double], bare: [Double]) = ([], [])
        for line in try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n") {
            guard let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let stamp = (entry["__REALTIME_TIMESTAMP"] as? String).flatMap(Double.init)
            else { continue }
            if let due = (entry["BARE_DUE"] as? String).flatMap(Double.init) {
                found.bare.append(stamp / 1e6 - due)
            } else if entry["CONVENE_KIND"] as? String == "reminder",
                let due = (entry["CONVENE_DUE"] as? String).flatMap(format.date(from:))
            {
                found.reminders.append(stamp / 1e6 - due.timeIntervalSince1970)
            }
        }
        return found
    }
}
