import ConveneTestSupport
import Logging
import Systemd
import Testing

/// What goes in through the socket comes out of the files.
@Suite("Through a real journald", .ownThread)
struct JournalRoundTripTests {
    let journald: PrivateJournald
    let writer: JournalWriter

    init() throws {
        journald = try PrivateJournald()
        writer = JournalWriter(socketPath: journald.socketPath)
    }

    /// A reader that stands on the first entry with that field.
    private func reader(onEntryWith field: String, valueLimit: Int = 1 << 20) throws -> JournalReader {
        try journald.synchronize()
        let reader = try JournalReader(directory: journald.directory, valueLimit: valueLimit)
        while try reader.next() {
            if try reader.field(field) != nil { return reader }
        }
        throw EntryMissing()
    }

    @Test(
        "A value arrives as it was sent",
        arguments: [
            "", "plain", "김건 – 滝崎成樹", "a=b=c", "one\ntwo\n", "\n", " ends in spaces  ", "tab\tand \u{1B}[31mred",
            String(repeating: "long ", count: 20_000), String(repeating: "line\n", count: 20_000),
        ])
    func value(value: String) throws {
        #expect(writer.send(try JournalEntry(["VALUE": value, "PRIORITY": "5"])) == .sent)
        let reader = try reader(onEntryWith: "VALUE")
        #expect(try reader.field("VALUE") == value)
        #expect(try reader.field("PRIORITY") == "5")
        #expect(try reader.field("ABSENT") == nil)
    }

    @Test("An entry longer than a datagram arrives, too")
    func large() throws {
        let value = String(repeating: "0123456789abcdef", count: 1 << 16)
        #expect(writer.send(try JournalEntry(["VALUE": value])) == .sent)
        let reader = try reader(onEntryWith: "VALUE")
        #expect(try reader.field("VALUE") == value)
        #expect(try reader.fields().first { $0.name == "VALUE" }?.value == value)
    }

    @Test("A reader cuts what is longer than it wants to see", arguments: [100, 100_000])
    func valueLimit(limit: Int) throws {
        let value = String(repeating: "0123456789", count: 50_000)
        #expect(writer.send(try JournalEntry(["VALUE": value, "MARK": "1"])) == .sent)
        let reader = try reader(onEntryWith: "MARK", valueLimit: limit)
        #expect(try reader.field("VALUE") == String(value.prefix(limit)))
    }

    @Test("As many fields as an entry may have arrive, a repeated name with each of its values")
    func manyFields() throws {
        var entry = try JournalEntry(["MARK": "1"])
        for number in 2...JournalEntry.maximumFieldCount {
            try entry.append("ID", "\(number)")
        }
        #expect(writer.send(entry) == .sent)
        let reader = try reader(onEntryWith: "MARK")
        #expect(Set(try reader.values("ID")) == Set((2...JournalEntry.maximumFieldCount).map(String.init)))
    }

    @Test("Journald adds who sent it and when, in which boot")
    func trustedFields() throws {
        #expect(writer.send(try JournalEntry(["MARK": "1"])) == .sent)
        let reader = try reader(onEntryWith: "MARK")
        let boot = try #require(BootID.current())
        #expect(boot.text.count == 32 && boot.text.allSatisfy(\.isHexDigit))
        #expect(try reader.bootID == boot)
        #expect(try reader.field("_BOOT_ID") == boot.text)
        #expect(try reader.field("_UID") != nil)
        #expect(try reader.realtimeMicroseconds > 1_500_000_000_000_000)
    }

    @Test("A program's diagnostic lines become entries with priority, place and label")
    func diagnostics() throws {
        var handler = JournalLogHandler(label: "org.example", identifier: "exampled", writer: writer)
        handler.logLevel = .debug
        handler[metadataKey: "peer"] = "7"
        handler.log(
            event: LogEvent(
                level: .warning, message: "disk full", metadata: ["path": "/x"], source: nil, file: "A/B.swift",
                function: "f()", line: 12))
        let reader = try reader(onEntryWith: "LOGGER")
        let names = ["MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "LOGGER", "CODE_FILE", "CODE_LINE", "CODE_FUNC"]
        #expect(
            try names.map { try reader.field($0) } == [
                "disk full path=/x peer=7", "4", "exampled", "org.example", "A/B.swift", "12", "f()",
            ])
    }
}

struct EntryMissing: Error {}
