import ConveneTestSupport
import Glibc
import Logging
import Testing

@testable import Systemd

@Suite("Diagnostic lines on standard error", .ownThread)
struct StandardErrorLogHandlerTests {
    private func line(_ level: Logger.Level, _ message: Logger.Message) -> LogLine {
        let event = LogEvent(
            level: level, message: message, metadata: ["b": "2", "a": "event"], source: nil, file: "F", function: "f",
            line: 1)
        return LogLine(event, metadata: ["a": "handler", "c": "3"], provider: nil)
    }

    @Test("The service manager gets a priority before each line, people a word")
    func formats() {
        let line = line(.error, "one\ntwo")
        #expect(
            StandardErrorLogHandler(format: .forServiceManager).render(line) == "<3>one\n<3>two a=event b=2 c=3\n")
        #expect(StandardErrorLogHandler(format: .forPeople).render(line) == "error: one\ntwo a=event b=2 c=3\n")
    }

    @Test(
        "Each level has a syslog priority",
        arguments: [
            (Logger.Level.trace, 7), (.debug, 7), (.info, 6), (.notice, 5), (.warning, 4), (.error, 3), (.critical, 2),
        ])
    func priorities(level: Logger.Level, priority: Int) {
        #expect(line(level, "x").priority.rawValue == priority)
    }

    @Test("U+0000 is replaced, lest journald take the message for binary")
    func null() {
        #expect(line(.info, "a\0b").text.hasPrefix("a\u{FFFD}b"))
    }

    @Test("A pipe or socket that nobody reads is never waited for")
    func nobodyReads() {
        let much = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        var pipeEnds: [Int32] = [0, 0]
        #expect(pipe(&pipeEnds) == 0)
        StandardErrorLogHandler.write(much, to: pipeEnds[1])
        var socketEnds: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &socketEnds) == 0)
        StandardErrorLogHandler.write(much, to: socketEnds[1])
        // It came back, which is what matters; and what there was room for is there.
        for end in [pipeEnds[0], socketEnds[0]] {
            var byte: UInt8 = 0
            #expect(read(end, &byte, 1) == 1)
        }
        for end in pipeEnds + socketEnds { close(end) }
    }
}
