import GRDB
import Glibc

/// Opens the SQLite file, and refuses one that is not ours, newer, or damaged as far as opening shows it.
enum DatabaseFile {
    static func open(_ path: String) throws -> DatabasePool {
        do {
            try inspect(path)
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL for WAL files after its own configuration hook; an acknowledged write has to be
            // on disk.
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // What a burst of records touches before its commit: with less, SQLite writes pages that it reads
                // again, and writes once more. In KiB where negative (pragma.html#pragma_cache_size).
                try db.execute(sql: "PRAGMA cache_size = -8000")
                try prepare(db, path: path)
            }
            return pool
        } catch {
            throw StoreError.translating(error, path: path)
        }
    }

    /// The path with every symbolic link followed; as it is where there is no file yet.
    static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "convene"
        configuration.maximumReaderCount = 4
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.observesSuspensionNotifications = false
        return configuration
    }

    /// Looks without the right to write, so that what is refused stays as it is: the pool's first act is to set
    /// WAL mode, in whatever file it is given.
    private static func inspect(_ path: String) throws {
        var file = stat()
        guard stat(path, &file) == 0 else { return }
        // Under a second name SQLite would look for another log of writes (sqlite.org/howtocorrupt.html, 2.5).
        guard file.st_nlink == 1 else {
            throw StoreError.cannotOpen(
                path: path, reason: "the file has a second name, a hard link: remove one of them")
        }
        guard file.st_size > 0 else { return }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: readOnlyName(of: path), configuration: configuration)
        try queue.read { db in
            if try version(of: db, path: path) == Schema.version { try checkTables(db, path: path) }
        }
        try queue.close()
    }

    /// A name under which SQLite reads a file that nobody writes, and leaves nothing beside it (uri.html).
    ///
    /// Where there is a log of writes, it belongs to the file, and has to be read too.
    private static func readOnlyName(of path: String) -> String {
        var log = stat()
        if stat(path + "-wal", &log) == 0, log.st_size > 0 { return path }
        var name = "file:"
        for character in path {
            switch character {
            case "%": name += "%25"
            case "?": name += "%3f"
            case "#": name += "%23"
            default: name.append(character)
            }
        }
        return name + "?immutable=1"
    }

    private static func prepare(_ db: Database, path: String) throws {
        try migrate(db, from: try version(of: db, path: path))
        try checkTables(db, path: path)
    }

    /// The schema's version: 0 where there is nothing yet.
    private static func version(of db: Database, path: String) throws -> Int {
        let applicationID = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if applicationID == 0, version == 0 {
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            guard tables == 0 else { throw StoreError.notOurs(path: path) }
        } else {
            guard applicationID == Schema.applicationID else { throw StoreError.notOurs(path: path) }
            guard version <= Schema.version else {
                throw StoreError.newer(path: path, found: version, known: Schema.version)
            }
        }
        return version
    }

    /// Each migration is a transaction of its own, version number included.
    private static func migrate(_ db: Database, from version: Int) throws {
        db.add(function: NameRows.wordStarts)
        defer { db.remove(function: NameRows.wordStarts) }
        for (index, migration) in Schema.migrations.enumerated().dropFirst(version) {
            try db.inTransaction(.immediate) {
                try db.execute(sql: migration)
                try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
                try db.execute(sql: "PRAGMA user_version = \(index + 1)")
                return .commit
            }
        }
    }

    /// A page that is damaged near the root of a table shows itself here.
    private static func checkTables(_ db: Database, path: String) throws {
        let tables = [
            "setting", "meeting", "segment", "override", "alarm", "dated", "track", "summary_word",
            "queue", "outbox", "log",
        ]
        for table in tables {
            do {
                _ = try Row.fetchOne(db, sql: "SELECT * FROM \(table) LIMIT 1")
            } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
                throw StoreError.damaged(path: path, reason: "the table '\(table)' is missing or not what it was")
            }
        }
    }

    /// Copies a database that may be in use, and makes the copy one of its own.
    static func copy(_ source: String, to target: String, newID: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let from = try DatabaseQueue(path: source, configuration: configuration)
        let to = try DatabaseQueue(path: target)
        try from.backup(to: to)
        try to.write { db in
            guard let oldID = try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'id'") else {
                return
            }
            try db.execute(sql: "UPDATE setting SET value = ? WHERE name = 'id'", arguments: [newID])
            try db.execute(sql: "DELETE FROM setting WHERE name IN ('cursor', 'boot')")
            // What the other one said stands in the journal under the other's name.
            try db.execute(
                sql: "INSERT OR REPLACE INTO setting SELECT 'settled', coalesce(max(position), 0) FROM notification")
            for table in ["queue", "outbox", "notification"] {
                try db.execute(
                    sql: "UPDATE \(table) SET identity = ?1 || substr(identity, length(?2) + 1)",
                    arguments: [newID, oldID])
            }
        }
    }
}
