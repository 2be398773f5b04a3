import ConveneAPI
import ConveneTestSupport
import Testing
import Varlink
import VarlinkClient

extension RunningDaemon {
    /// A connection of its own.
    func connect() throws -> UnixSocketClient { try UnixSocketClient(path: socketPath) }

    /// Calls a method on a connection of its own.
    @discardableResult
    func call<Method: VarlinkMethod>(
        _ method: Method.Type, _ parameters: Method.Parameters
    ) throws -> Method.Reply {
        try connect().call(method, parameters)
    }

    /// Plans a meeting whose only reminder is a second before its start. Times without a zone are in UTC.
    @discardableResult
    func add(
        _ summary: String, at start: Int, for duration: String = "1h", alarms: [String] = ["1s"]
    ) throws -> Change {
        let meeting = NewMeeting(summary: summary, when: typed(start), duration: duration, alarms: alarms)
        return try call(Add.self, Add.Parameters(meeting: meeting)).change
    }

    /// The summaries of all meetings.
    func summaries() throws -> [String] {
        var summaries: [String] = []
        let asked = List.Parameters(from: "2019-01-01", statuses: Status.allCases)
        try connect().stream(List.self, asked) { reply in
            summaries += reply.occurrences.map(\.summary)
            return true
        }
        return summaries
    }

    func status() throws -> GetStatus.Reply {
        try call(GetStatus.self, GetStatus.Parameters())
    }

    /// Sends an entry through the journal; when it was seen, everything that was sent before has arrived.
    func flush() throws {
        let reply = try call(TestNotification.self, TestNotification.Parameters())
        if !reply.seen { throw ClientError.badReply(reason: "\(reply.steps)") }
    }

    /// One on which the lines were run, from Tuesday 9 March 2027, 8:00 in Seoul.
    static func played(_ lines: [[String]]) async throws -> RunningDaemon {
        let daemon = try await started(rehearsal: "2027-03-09 08:00 Seoul")
        for line in lines {
            let went = try await daemon.run(line)
            #expect(went.status == 0, "\(line): \(went.errors)")
        }
        return daemon
    }

    /// What the journal holds once the lines were run.
    static func said(_ lines: [[String]]) async throws -> [String] { try await played(lines).said() }

    /// What its journal holds.
    func said() async throws -> [String] {
        try await journal.entries("-t", "convened").map { $0["MESSAGE"] ?? "" }
    }
}
