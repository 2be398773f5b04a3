import ConveneCore
import GRDB
import Recurrence
import ZonedTime

// How values of the domain stand in columns: as the text that their standard gives them.

extension Row {
    /// A column that cannot be NULL, read with `parse`; what cannot be read is an error, never a default.
    func value<Value>(_ column: Int, _ name: StaticString, _ parse: (String) throws -> Value?) throws -> Value {
        let text: String? = self[column]
        guard let text, let value = try parse(text) else {
            throw StoreError.unreadable(table: "", column: "\(name)", value: text ?? "NULL")
        }
        return value
    }

    func optional<Value>(_ column: Int, _ name: StaticString, _ parse: (String) throws -> Value?) throws -> Value? {
        guard let text: String = self[column] else { return nil }
        guard let value = try parse(text) else {
            throw StoreError.unreadable(table: "", column: "\(name)", value: text)
        }
        return value
    }
}

/// A list of civil starts in one column, in the notation of RDATE: separated by commas.
enum CivilList {
    static func text(_ starts: [CivilDateTime]) -> String? {
        starts.isEmpty ? nil : starts.map(\.iso8601).joined(separator: ",")
    }

    static func parse(_ text: String) -> [CivilDateTime]? {
        var starts: [CivilDateTime] = []
        for part in text.split(separator: ",") {
            guard let start = CivilDateTime(iso8601: part) else { return nil }
            starts.append(start)
        }
        return starts
    }
}

extension Database {
    /// Runs a statement that is prepared once and kept.
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    func rows(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The same, each row read where SQLite holds it: no row is copied, which is most of the cost of a small one.
    ///
    /// `read` must not run the same statement again.
    func rows<Value>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(), _ read: (Row) throws -> Value
    ) throws -> [Value] {
        let cursor = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        var values: [Value] = []
        while let row = try cursor.next() { values.append(try read(row)) }
        return values
    }

    /// Whether there is such a row; what is selected is a number.
    func has(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
        try Int.fetchCursor(cachedStatement(sql: sql), arguments: arguments).next() != nil
    }

    func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }
}
