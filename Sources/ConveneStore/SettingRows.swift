public import ConveneCore
import GRDB
import ZonedTime

/// A decision for the schedule as a whole, by the name under which it is kept.
public enum SettingName: String, CaseIterable, Sendable {
    case alarms = "default-alarms"
    case digest
    case changePause = "change-pause"
    case night
}

/// What was decided for the schedule as a whole.
enum SettingRows {
    static func fetch(_ db: Database) throws -> ScheduleSettings {
        var settings = ScheduleSettings()
        settings.alarms = try alarms(db)
        settings.digest = try digest(db)
        settings.changePause = try changePause(db)
        if let text = try Settings.get(SettingName.night.rawValue, db) {
            settings.night = text == "off" ? nil : try value(.night, db) { Night(text: $0) }
        }
        return settings
    }

    static func alarms(_ db: Database) throws -> StandardAlarms? { try value(.alarms, db) { StandardAlarms(text: $0) } }

    static func digest(_ db: Database) throws -> Digest? { try value(.digest, db) { Digest(text: $0) } }

    static func changePause(_ db: Database) throws -> Int64 {
        try value(.changePause, db) { Int64($0) } ?? ScheduleSettings.usualChangePause
    }

    private static func value<Value>(_ name: SettingName, _ db: Database, _ parse: (String) -> Value?) throws -> Value?
    {
        guard let text = try Settings.get(name.rawValue, db) else { return nil }
        guard let value = parse(text) else {
            throw StoreError.unreadable(table: "setting", column: name.rawValue, value: text)
        }
        return value
    }

    /// Sets one, or with `nil` takes it away; what follows from it is brought in line.
    ///
    /// - Parameter moment: what was due by then is not said.
    /// - Returns: of the day's sheet, when the first one was due that was owed until then, in seconds since 1970.
    @discardableResult
    static func set(
        _ name: String, _ value: String?, owedSince moment: Instant, at now: Instant, _ context: Context, _ db: Database
    ) throws -> Int64? {
        if let value {
            try Settings.set(name, value, db)
        } else {
            try db.run("DELETE FROM setting WHERE name = ?", [name])
        }
        guard name == SettingName.digest.rawValue else { return nil }
        let owed = try OutboxRows.sheets(by: now, limit: 100, db).first { try DigestRows.isNext($0, db) }?.due
        try DigestRows.replace(after: moment, context, db)
        return owed?.secondsSinceEpoch
    }
}

extension ScheduleView {
    public func settings() throws -> ScheduleSettings { try SettingRows.fetch(db) }

    /// What a new meeting is reminded of, where nothing was said about it.
    public func defaultAlarms() throws -> Alarms { try SettingRows.alarms(db).map { .adopted($0) } ?? .standard }
}

extension ScheduleTransaction {
    /// Decides something for the schedule as a whole; the log keeps what was.
    ///
    /// - Returns: whether it was otherwise before.
    @discardableResult
    public func set(_ name: SettingName, _ value: String?, title: String, _ change: Change) throws -> Bool {
        let old = try Settings.get(name.rawValue, db)
        guard old != value else { return false }
        let owed = try SettingRows.set(name.rawValue, value, owedSince: now, at: now, context, db)
        learned.changes.append(
            RegisterRows.Before(table: "setting", key: [name.rawValue, value ?? ""], old: old.map { [$0] }, owed: owed))
        try logRegister(name: title, change)
        return true
    }
}
