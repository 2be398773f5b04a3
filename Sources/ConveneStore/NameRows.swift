import ConveneCore
import FoundationEssentials
import GRDB

/// By what a meeting can be called: its folded summary from each of its words on, so that whoever types the beginning
/// of a word finds it without a look at the others.
enum NameRows {
    static func insert(_ meeting: Meeting, _ db: Database) throws {
        for (word, rest) in Folding.wordStarts(in: Folding.fold(meeting.summary)).enumerated() {
            try db.run(
                "INSERT INTO summary_word(rest, word, meeting) VALUES (?, ?, ?)", [rest, word, meeting.number])
        }
    }

    static func replace(_ meeting: Meeting, _ db: Database) throws {
        try db.run("DELETE FROM summary_word WHERE meeting = ?", [meeting.number])
        try insert(meeting, db)
    }

    static func numbers(calledExactly folded: String, limit: Int, _ db: Database) throws -> [Int] {
        try db.rows(
            "SELECT meeting FROM summary_word WHERE rest = ? AND word = 0 ORDER BY meeting DESC LIMIT ?",
            [folded, limit]
        ) { try $0[0] }
    }

    /// As `ScheduleView.numbers(called:limit:)`.
    static func numbers(called folded: String, limit: Int, _ db: Database) throws -> [Int] {
        let whole = try numbers(calledExactly: folded, limit: limit, db)
        if !whole.isEmpty { return whole }
        let words: [Int] = try db.rows(
            """
            SELECT DISTINCT meeting FROM summary_word WHERE rest >= ?1 AND rest < ?1 || char(0x10FFFF)
            ORDER BY meeting DESC LIMIT ?2
            """, [folded, limit]
        ) { try $0[0] }
        if !words.isEmpty { return words }
        return try db.rows(
            "SELECT number FROM meeting WHERE instr(folded, ?) > 0 ORDER BY number DESC LIMIT ?", [folded, limit]
        ) { try $0[0] }
    }

    /// What a migration writes the rows with: a folded summary's word starts as a JSON array.
    static let wordStarts = DatabaseFunction("word_starts", argumentCount: 1, pure: true) { values in
        guard let folded = String.fromDatabaseValue(values[0]) else { return nil }
        return String(decoding: try JSONEncoder().encode(Folding.wordStarts(in: folded)), as: UTF8.self)
    }
}
