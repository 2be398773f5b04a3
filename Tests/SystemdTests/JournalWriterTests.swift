import ConveneTestSupport
import Systemd
import Testing

@Suite("Writing to journald", .ownThread)
struct JournalWriterTests {
    let hello: JournalEntry

    init() throws {
        hello = try JournalEntry(["MESSAGE": "hello"])
    }

    @Test("Without a socket an entry is refused")
    func noSocket() {
        let writer = JournalWriter(socketPath: "/nonexistent/socket")
        #expect(writer.send(hello) == .refused(.noSocket))
    }

    @Test(
        "A path that is no socket address is refused",
        arguments: ["", "a\0b", "/" + String(repeating: "a", count: 107)])
    func invalidPath(path: String) {
        #expect(JournalWriter(socketPath: path).send(hello) == .refused(.invalidPath))
    }

    @Test("A journald that reads nothing fills its queue, then entries are refused, and nothing blocks")
    func queueFull() throws {
        // Given a journald that was stopped in its tracks
        let journald = try PrivateJournald()
        let writer = JournalWriter(socketPath: journald.socketPath)
        journald.pause()

        // When more is sent than its queue holds
        let outcomes = try (1...1_000).map { writer.send(try JournalEntry(["NUMBER": "\($0)"])) }

        // Then the first entries wait there, and all others are refused
        let queued = outcomes.prefix { $0 == .sent }.count
        #expect(queued > 0)
        #expect(outcomes.dropFirst(queued).allSatisfy { $0 == .refused(.queueFull) })
        #expect(!writer.waitUntilWritable(timeout: .milliseconds(1)))

        // And when it goes on, there is room again, and exactly the sent ones arrive, in their order
        journald.resume()
        #expect(writer.waitUntilWritable(timeout: .seconds(30)))
        try journald.synchronize()
        let reader = try JournalReader(directory: journald.directory)
        #expect(try reader.rest("NUMBER") == (1...queued).map(String.init))
    }

    @Test("A large entry, too, is refused where journald's queue is full")
    func largeQueueFull() throws {
        let journald = try PrivateJournald()
        let writer = JournalWriter(socketPath: journald.socketPath)
        journald.pause()
        defer { journald.resume() }
        let large = try JournalEntry(["MESSAGE": String(repeating: "x", count: 1 << 20)])
        let outcomes = (1...1_000).lazy.map { _ in writer.send(large) }
        #expect(outcomes.first { $0 != .sent } == .refused(.queueFull))
    }

    @Test("A dead journald refuses, and its successor is found by the same writer")
    func restart() throws {
        let journald = try PrivateJournald()
        let writer = JournalWriter(socketPath: journald.socketPath)
        #expect(writer.send(try JournalEntry(["NUMBER": "1"])) == .sent)
        try journald.synchronize()

        journald.kill()
        #expect(writer.send(hello) == .refused(.nobodyListening))
        // Waiting is of no use then, and says so at once.
        #expect(writer.waitUntilWritable(timeout: .seconds(3_600)))

        try journald.start()
        #expect(writer.send(try JournalEntry(["NUMBER": "2"])) == .sent)
        try journald.synchronize()
        let reader = try JournalReader(directory: journald.directory)
        #expect(try reader.rest("NUMBER") == ["1", "2"])
    }

    @Test("A restart between two entries goes unnoticed")
    func restartUnnoticed() throws {
        let journald = try PrivateJournald()
        let writer = JournalWriter(socketPath: journald.socketPath)
        #expect(writer.send(hello) == .sent)
        try journald.synchronize()
        journald.stop()
        try journald.start()
        #expect(writer.send(hello) == .sent)
    }
}
