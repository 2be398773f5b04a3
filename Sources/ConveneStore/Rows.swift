import ConveneCore
import GRDB
import GRDBSQLite
import Recurrence
import ZonedTime

// How values of the domain stand in columns: as the text that their standard gives them.

/// The columns of a row where SQLite holds them: no row is made of them, and no names are looked up, which is most of the
/// cost of a small one.
struct Columns {
    fileprivate let statement: SQLiteStatement

    /// A column by its place in the SELECT; what cannot be read is an error, never a default.
    subscript<Value: StatementColumnConvertible>(column: Int) -> Value {
        get throws {
            guard let value = Value.fromStatement(statement, atUncheckedIndex: CInt(column)) else {
                throw StoreError.unreadable(table: "", column: "\(column)", value: "no \(Value.self)")
            }
            return value
        }
    }

    /// A column that cannot be NULL, read with `parse`.
    func value<Value>(_ column: Int, _ name: StaticString, _ parse: (String) throws -> Value?) throws -> Value {
        let text: String? = try self[column]
        guard let text, let value = try parse(text) else {
            throw StoreError.unreadable(table: "", column: "\(name)", value: text ?? "NULL")
        }
        return value
    }

    func optional<Value>(_ column: Int, _ name: StaticString, _ parse: (String) throws -> Value?) throws -> Value? {
        guard let text: String = try self[column] else { return nil }
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

    func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    /// What `read` makes of each row, where SQLite holds it. It must not run the same statement again.
    func rows<Value>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(), _ read: (Columns) throws -> Value
    ) throws -> [Value] {
        let cursor = try ColumnsCursor(cachedStatement(sql: sql), arguments)
        var values: [Value] = []
        while let columns = try cursor.next() { values.append(try read(columns)) }
        return values
    }

    /// What `read` makes of the first row.
    func row<Value>(
        _ sql: String, _ arguments: StatementArguments, _ read: (Columns) throws -> Value
    ) throws -> Value? {
        let cursor = try ColumnsCursor(cachedStatement(sql: sql), arguments)
        // The columns are there as long as the cursor is.
        return try withExtendedLifetime(cursor) { try cursor.next().map(read) }
    }

    /// Whether there is such a row.
    func has(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
        try ColumnsCursor(cachedStatement(sql: sql), arguments).next() != nil
    }
}

/// Goes through the rows of a statement, and makes none of them.
private final class ColumnsCursor: DatabaseCursor {
    typealias Element = Columns
    let _statement: Statement
    var _isDone = false

    init(_ statement: Statement, _ arguments: StatementArguments) throws {
        _statement = statement
        try statement.setArguments(arguments)
    }

    // A statement that was not reset keeps its snapshot.
    deinit { sqlite3_reset(_statement.sqliteStatement) }

    func _element(sqliteStatement: SQLiteStatement) -> Columns { Columns(statement: sqliteStatement) }
}
