import Systemd
import Testing

@Suite("Journal entries")
struct JournalEntryTests {
    @Test("A line of text is written as NAME=value")
    func singleLine() throws {
        let entry = try JournalEntry(["MESSAGE": "ROK–Japan DG talks", "PRIORITY": "5"])
        #expect(entry.encoded == Array("MESSAGE=ROK–Japan DG talks\nPRIORITY=5\n".utf8))
    }

    @Test("Several lines are written with their length, least significant byte first")
    func severalLines() throws {
        let entry = try JournalEntry(["MESSAGE": "one\ntwo"])
        #expect(entry.encoded == Array("MESSAGE\n".utf8) + [7, 0, 0, 0, 0, 0, 0, 0] + Array("one\ntwo\n".utf8))
    }

    @Test("An empty value is a value")
    func emptyValue() throws {
        #expect(try JournalEntry(["MESSAGE": ""]).encoded == Array("MESSAGE=\n".utf8))
    }

    @Test("Fields keep their order, and a name may come again")
    func repeatedFields() throws {
        var entry = try JournalEntry(["ID": "b", "MESSAGE": "m"])
        try entry.append("ID", "a")
        #expect(entry.fields.map(\.name) == ["ID", "MESSAGE", "ID"])
        #expect(entry.fields.map(\.value) == ["b", "m", "a"])
    }

    @Test(
        "A name that journald would drop is refused",
        arguments: [
            "", "_UID", "message", "Message", "1ST", "A-B", "A B", "A=B", "ÄB", "A\n", "\0",
            String(repeating: "A", count: 65),
        ])
    func invalidNames(name: String) {
        #expect(throws: JournalFieldError.invalidName(name)) { try JournalField(name, "value") }
    }

    @Test(
        "A name that journald keeps is taken",
        arguments: ["A", "A_1", "CODE_LINE", String(repeating: "A", count: 64)])
    func validNames(name: String) throws {
        #expect(try JournalField(name, "value").name == name)
    }

    @Test("U+0000 is refused: journald would not show such a value as text")
    func nullInValue() {
        #expect(throws: JournalFieldError.nullInValue(name: "A")) { try JournalField("A", "x\0y") }
    }

    @Test("The field that would make journald ignore the whole entry is refused")
    func tooManyFields() throws {
        var entry = JournalEntry()
        for number in 1...JournalEntry.maximumFieldCount {
            try entry.append("ID", "\(number)")
        }
        #expect(throws: JournalFieldError.tooManyFields(limit: 1_024)) { try entry.append("ID", "one more") }
    }
}
