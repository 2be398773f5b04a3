import GRDB

/// The tables, and how an older file becomes one of today.
///
/// Facts that people wrote stand in `meeting`, `segment`, `override`, `alarm` and `log`; `dated`, `track`,
/// `track_group`, `round_pattern`, `round_run`, `summary_word`, `meeting.awaits` and `queue` are derived from them and
/// can be rebuilt. Civil values are ISO 8601 text beside their zone, instants are seconds since 1970, durations and
/// rules are their RFC 5545 text.
enum Schema {
    /// 'Conv' in ASCII: tells our files from others' (`PRAGMA application_id`).
    static let applicationID: Int32 = 0x436F_6E76

    /// `PRAGMA user_version` of a file of today.
    static let version = migrations.count

    /// Migration n makes version n + 1 of version n.
    static let migrations: [String] = [
        version1, version2, version3, version4, version5, version6, version7, version8,
        version9, version10, version11, version12, version13, version14, version15,
    ]

    private static let version1 = """
        CREATE TABLE setting(
            name TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE meeting(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL UNIQUE CHECK (uid <> ''),
            revision INTEGER NOT NULL CHECK (revision >= 1),
            summary TEXT NOT NULL CHECK (summary <> ''),
            folded TEXT NOT NULL,
            place TEXT CHECK (place <> ''),
            note TEXT CHECK (note <> ''),
            standard_alarms INTEGER NOT NULL CHECK (standard_alarms IN (0, 1))
        ) STRICT;

        CREATE TABLE segment(
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            form TEXT NOT NULL CHECK (form IN ('timed', 'wholeDays', 'hourOpen', 'window')),
            start TEXT NOT NULL CHECK (start GLOB '????-??-??T??:??:??'),
            duration TEXT NOT NULL CHECK (duration GLOB 'P*'),
            zone TEXT NOT NULL CHECK (zone <> ''),
            city TEXT,
            status TEXT NOT NULL
                CHECK (status IN ('proposed', 'possible', 'confirmed', 'postponed', 'cancelled', 'held')),
            rule TEXT CHECK (rule GLOB 'FREQ=*' OR rule GLOB 'RSCALE=*'),
            dates TEXT CHECK (dates <> ''),
            exclusions TEXT CHECK (exclusions <> ''),
            ends_before TEXT CHECK (ends_before GLOB '????-??-??T??:??:??'),
            PRIMARY KEY (meeting, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE override(
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            recurrence_id TEXT NOT NULL CHECK (recurrence_id GLOB '????-??-??T??:??:??'),
            form TEXT CHECK (form IN ('timed', 'wholeDays', 'hourOpen', 'window')),
            start TEXT CHECK (start GLOB '????-??-??T??:??:??'),
            duration TEXT CHECK (duration GLOB 'P*'),
            zone TEXT CHECK (zone <> ''),
            city TEXT,
            status TEXT CHECK (status IN ('proposed', 'possible', 'confirmed', 'postponed', 'cancelled', 'held')),
            summary TEXT CHECK (summary <> ''),
            place TEXT,
            note TEXT,
            PRIMARY KEY (meeting, recurrence_id),
            CHECK ((form IS NULL) = (start IS NULL) AND (form IS NULL) = (duration IS NULL)
                AND (form IS NULL) = (zone IS NULL))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE alarm(
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            id TEXT NOT NULL CHECK (id <> ''),
            trigger TEXT NOT NULL CHECK (trigger <> ''),
            PRIMARY KEY (meeting, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE dated(
            id INTEGER PRIMARY KEY,
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            recurrence_id TEXT,
            span INTEGER NOT NULL,
            starts INTEGER NOT NULL,
            ends INTEGER NOT NULL CHECK (ends >= starts)
        ) STRICT;
        CREATE INDEX dated_by_start ON dated(span, starts, id, ends, meeting, recurrence_id);
        CREATE INDEX dated_by_meeting ON dated(meeting);

        CREATE TABLE track_group(
            id INTEGER PRIMARY KEY,
            zone TEXT NOT NULL,
            span INTEGER NOT NULL,
            cycle INTEGER NOT NULL,
            slot INTEGER NOT NULL,
            endless INTEGER NOT NULL CHECK (endless IN (0, 1)),
            last_day INTEGER,
            UNIQUE (zone, span, cycle, slot, endless)
        ) STRICT;

        CREATE TABLE track(
            id INTEGER PRIMARY KEY,
            track_group INTEGER NOT NULL REFERENCES track_group,
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            segment INTEGER NOT NULL,
            time_of_day INTEGER NOT NULL CHECK (time_of_day BETWEEN 0 AND 86399),
            over INTEGER NOT NULL,
            period INTEGER NOT NULL CHECK (period >= 1),
            residue INTEGER NOT NULL CHECK (residue >= 0 AND residue < period),
            day_mask INTEGER NOT NULL,
            first_day INTEGER NOT NULL,
            last_day INTEGER
        ) STRICT;
        CREATE INDEX track_by_time ON track(
            track_group, time_of_day, id, over, period, residue, day_mask, first_day, last_day, meeting, segment);
        CREATE INDEX track_by_meeting ON track(meeting);

        CREATE TABLE queue(
            id INTEGER PRIMARY KEY,
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            alarm TEXT NOT NULL,
            trigger TEXT NOT NULL,
            recurrence_id TEXT,
            is_own INTEGER NOT NULL CHECK (is_own IN (0, 1)),
            due INTEGER NOT NULL,
            start TEXT NOT NULL,
            zone TEXT NOT NULL,
            identity TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE INDEX queue_by_due ON queue(due, id);
        CREATE INDEX queue_by_meeting ON queue(meeting);

        CREATE TABLE outbox(
            identity TEXT PRIMARY KEY NOT NULL,
            kind TEXT NOT NULL,
            meeting INTEGER,
            recurrence_id TEXT,
            summary TEXT NOT NULL,
            told INTEGER,
            due INTEGER NOT NULL,
            send_after INTEGER NOT NULL,
            fields TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX outbox_by_time ON outbox(send_after);
        CREATE INDEX outbox_by_meeting ON outbox(meeting, recurrence_id);

        CREATE TABLE notification(
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            identity TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            message TEXT NOT NULL,
            meeting INTEGER,
            recurrence_id TEXT,
            starts INTEGER,
            due INTEGER NOT NULL,
            late INTEGER NOT NULL,
            recorded INTEGER NOT NULL,
            boot TEXT NOT NULL,
            fields TEXT NOT NULL
        ) STRICT;
        CREATE INDEX notification_by_meeting ON notification(meeting, recurrence_id);
        CREATE INDEX notification_by_time ON notification(recorded);

        CREATE TABLE log(
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            at INTEGER NOT NULL,
            by_uid INTEGER NOT NULL,
            by_name TEXT NOT NULL,
            verb TEXT NOT NULL,
            meeting INTEGER NOT NULL,
            summary TEXT NOT NULL,
            what TEXT NOT NULL,
            before TEXT,
            revision INTEGER,
            undoes TEXT,
            undone_by TEXT
        ) STRICT;
        CREATE INDEX log_by_meeting ON log(meeting, position);
        CREATE INDEX log_by_uid ON log(by_uid, position);

        CREATE TABLE own_uid(
            uid INTEGER PRIMARY KEY NOT NULL
        ) STRICT;
        """
}
