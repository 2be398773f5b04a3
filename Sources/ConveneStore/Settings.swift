import GRDB

/// Single values of the database.
enum Settings {
    /// The random id of the database.
    static func databaseID(_ db: Database, makingIt new: String) throws -> String {
        if let id = try get("id", db) { return id }
        try set("id", new, db)
        return new
    }

    static func get(_ name: String, _ db: Database) throws -> String? {
        try db.row("SELECT value FROM setting WHERE name = ?", [name])?[0]
    }

    static func set(_ name: String, _ value: String, _ db: Database) throws {
        try db.run(
            "INSERT INTO setting(name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [name, value])
    }
}
