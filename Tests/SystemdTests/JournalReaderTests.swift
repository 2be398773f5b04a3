import ConveneTestSupport
import Glibc
import Systemd
import Testing

@Suite("Reading the journal", .ownThread)
struct JournalReaderTests {
    let journald: PrivateJournald
    let writer: JournalWriter

    init() throws {
        journald = try PrivateJournald()
        writer = JournalWriter(socketPath: journald.socketPath)
    }

    private func write(_ entries: KeyValuePairs<String, String>...) throws {
        for fields in entries {
            #expect(writer.send(try JournalEntry(fields)) == .sent)
        }
        try journald.synchronize()
    }

    @Test("Values of one field are alternatives, and different fields must all match")
    func matches() throws {
        try write(
            ["NUMBER": "1", "COLOR": "red", "SIZE": "s"], ["NUMBER": "2", "COLOR": "blue", "SIZE": "s"],
            ["NUMBER": "3", "COLOR": "red", "SIZE": "l"], ["NUMBER": "4", "COLOR": "green", "SIZE": "s"])
        let reader = try JournalReader(directory: journald.directory)

        try reader.setMatches([JournalMatch("COLOR", "red"), JournalMatch("COLOR", "blue"), JournalMatch("SIZE", "s")])
        try reader.seek(.head)
        #expect(try reader.rest("NUMBER") == ["1", "2"])

        try reader.setMatches(anyOf: [
            [JournalMatch("COLOR", "red"), JournalMatch("SIZE", "l")], [JournalMatch("COLOR", "green")],
        ])
        try reader.seek(.head)
        #expect(try reader.rest("NUMBER") == ["3", "4"])

        try reader.setMatches([])
        try reader.seek(.head)
        #expect(try reader.rest("NUMBER") == ["1", "2", "3", "4"])
    }

    @Test("Each value of a repeated field is found, whole values only")
    func repeatedFieldMatches() throws {
        try write(["ID": "one", "MESSAGE": "first", "ID": "two\nlines"], ["ID": "three", "MESSAGE": "second"])
        let reader = try JournalReader(directory: journald.directory)
        for (id, messages) in [("one", ["first"]), ("two\nlines", ["first"]), ("three", ["second"]), ("tw", [])] {
            try reader.setMatches([JournalMatch("ID", id)])
            try reader.seek(.head)
            #expect(try reader.rest("MESSAGE") == messages, "\(id)")
        }
    }

    @Test("Of an entry only the fields are read that begin as wished")
    func fieldsByBeginning() throws {
        try write(["OURS_A": "1", "MESSAGE": "first", "MESSAGE_ID": "0f", "OTHER_OURS_B": "2", "OURS_C": "3"])
        let reader = try JournalReader(directory: journald.directory)
        try reader.setMatches([JournalMatch("OURS_A", "1")])
        try reader.seek(.head)
        #expect(try reader.next())
        let wished = try reader.fields(beginningWith: ["OURS_", "MESSAGE="])
        #expect(wished.map { "\($0.name) \($0.value)" }.sorted() == ["MESSAGE first", "OURS_A 1", "OURS_C 3"])
        let all = try reader.fields()
        #expect(all.contains { $0.name == "_UID" } && all.contains { $0.name == "OTHER_OURS_B" })
    }

    @Test("A match on something that is no field is refused")
    func invalidMatch() throws {
        let reader = try JournalReader(directory: journald.directory)
        #expect(throws: JournalReadError.self) { try reader.setMatches([JournalMatch("lower case", "x")]) }
    }

    @Test("At the end a reader finds what was added since, and only that")
    func growingJournal() throws {
        let reader = try JournalReader(directory: journald.directory)
        try write(["NUMBER": "1"])
        #expect(try reader.rest("NUMBER") == ["1"])
        #expect(try reader.rest("NUMBER") == [])
        try write(["NUMBER": "2"])
        #expect(try reader.rest("NUMBER") == ["2"])

        let late = try JournalReader(directory: journald.directory)
        try late.seek(.tail)
        #expect(try late.rest("NUMBER") == [])
        try write(["NUMBER": "3"])
        #expect(try late.rest("NUMBER") == ["3"])
        #expect(try reader.rest("NUMBER") == ["3"])
    }

    @Test("The tail of a journal without a match is before the first match to come")
    func tailWithoutMatch() throws {
        try write(["NUMBER": "1"])
        let reader = try JournalReader(directory: journald.directory)
        try reader.setMatches([JournalMatch("COLOR", "red")])
        try reader.seek(.tail)
        #expect(try reader.rest("NUMBER") == [])
        try write(["NUMBER": "2", "COLOR": "red"])
        #expect(try reader.rest("NUMBER") == ["2"])
    }

    @Test("Reading goes on behind a cursor, and from a time")
    func seek() throws {
        try write(["NUMBER": "1"], ["NUMBER": "2"], ["NUMBER": "3"])
        let reader = try JournalReader(directory: journald.directory)
        try reader.setMatches((1...3).map { JournalMatch("NUMBER", "\($0)") })
        try reader.seek(.head)
        #expect(try reader.next() && reader.next())
        let (cursor, time) = (try reader.cursor, try reader.realtimeMicroseconds)

        let other = try JournalReader(directory: journald.directory)
        #expect(try other.seek(past: cursor))
        #expect(try other.testCursor(cursor))
        #expect(try other.rest("NUMBER") == ["3"])
        try other.seek(.cursor(cursor))
        #expect(try other.rest("NUMBER") == ["2", "3"])
        try other.seek(.realtime(time))
        #expect(try other.rest("NUMBER").suffix(2) == ["2", "3"])
    }

    @Test("What is no cursor is refused")
    func invalidCursor() throws {
        let reader = try JournalReader(directory: journald.directory)
        #expect(throws: JournalReadError.self) { try reader.seek(.cursor("nonsense")) }
    }

    @Test("A reader that stands on no entry says so")
    func noEntry() throws {
        let reader = try JournalReader(directory: journald.directory)
        #expect(throws: JournalReadError.self) { try reader.field("MESSAGE") }
        #expect(throws: JournalReadError.self) { _ = try reader.cursor }
    }

    @Test("A cursor outlasts a journald that was killed and the renaming of its file, for an open reader and a new one")
    func rotation() throws {
        // Given a reader that stands on the first of two entries
        try write(["NUMBER": "1"], ["NUMBER": "2"])
        let open = try JournalReader(directory: journald.directory)
        try open.setMatches(["1", "2", "3"].map { JournalMatch("NUMBER", $0) })
        try open.seek(.head)
        #expect(try open.next())
        let cursor = try open.cursor

        // When journald is killed, and its successor sets the file aside and begins another
        journald.kill()
        try journald.start()
        try write(["NUMBER": "3"])

        // Then both find the two later entries
        #expect(try open.rest("NUMBER") == ["2", "3"])
        let new = try JournalReader(directory: journald.directory)
        #expect(try new.seek(past: cursor))
        #expect(try new.rest("NUMBER").filter { "123".contains($0) } == ["2", "3"])
    }

    @Test("A cursor whose file is gone is told from one that is there")
    func goneCursor() throws {
        try write(["NUMBER": "1"])
        let reader = try JournalReader(directory: journald.directory)
        try reader.setMatches([JournalMatch("NUMBER", "1"), JournalMatch("NUMBER", "2")])
        try reader.seek(.head)
        #expect(try reader.next())
        let cursor = try reader.cursor

        journald.kill()
        #expect(unlink("\(journald.directory)/system.journal") == 0)
        try journald.start()
        try write(["NUMBER": "2"])

        let new = try JournalReader(directory: journald.directory)
        try new.setMatches([JournalMatch("NUMBER", "1"), JournalMatch("NUMBER", "2")])
        #expect(try !new.seek(past: cursor))
        try new.seek(.head)
        #expect(try new.rest("NUMBER") == ["2"])
    }
}
