// What each later version changed.
extension Schema {
    /// The weekdays in a track's mask; to begin with all of them, until the instants are derived again.
    static let version2 = """
        UPDATE track SET day_mask = day_mask | (254 << 32);
        DELETE FROM setting WHERE name = 'zones';
        """

    /// Rounds, who meets, answers, relations and notes; `parts` says which of them a meeting has, so that a plain one
    /// costs no look-ups. `log.cause` names the record whose change brought another with it.
    static let version3 = """
        ALTER TABLE meeting ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE rounds(
            meeting INTEGER PRIMARY KEY NOT NULL REFERENCES meeting ON DELETE CASCADE,
            cadence TEXT NOT NULL
                CHECK (cadence IN ('weekly', 'fortnightly', 'monthly', 'quarterly', 'halfYearly', 'yearly', 'custom')),
            first_number INTEGER NOT NULL CHECK (first_number >= 1)
        ) STRICT;

        CREATE TABLE host(
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            name TEXT NOT NULL CHECK (name <> ''),
            city TEXT,
            zone TEXT,
            PRIMARY KEY (meeting, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE round(
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            period TEXT NOT NULL CHECK (period GLOB '????-??-??T??:??:??'),
            number INTEGER CHECK (number >= 1),
            host TEXT,
            ending TEXT CHECK (ending = 'skipped' OR ending GLOB 'merged ????-??-??T??:??:??'),
            reason TEXT,
            PRIMARY KEY (meeting, period),
            UNIQUE (meeting, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE side(
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            party TEXT,
            city TEXT,
            zone TEXT,
            office TEXT,
            person TEXT,
            office_key TEXT,
            person_key TEXT,
            PRIMARY KEY (meeting, position),
            CHECK (party IS NOT NULL OR person IS NOT NULL)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX side_by_office ON side(office_key) WHERE office_key IS NOT NULL;
        CREATE INDEX side_by_person ON side(person_key) WHERE person_key IS NOT NULL;

        CREATE TABLE answer(
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            recurrence_id TEXT,
            party TEXT NOT NULL,
            is_yes INTEGER NOT NULL CHECK (is_yes IN (0, 1)),
            reason TEXT,
            form TEXT NOT NULL,
            start TEXT NOT NULL,
            duration TEXT NOT NULL,
            zone TEXT NOT NULL,
            city TEXT,
            PRIMARY KEY (meeting, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE relation(
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            kind TEXT NOT NULL CHECK (kind IN ('partOf', 'sidelines', 'after', 'dependsOn')),
            target INTEGER NOT NULL,
            recurrence_id TEXT,
            PRIMARY KEY (meeting, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX relation_by_target ON relation(target, meeting);
        CREATE INDEX relation_by_dependency ON relation(meeting) WHERE kind = 'dependsOn';

        CREATE TABLE note(
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            date TEXT NOT NULL,
            text TEXT NOT NULL CHECK (text <> ''),
            recurrence_id TEXT,
            PRIMARY KEY (meeting, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE party(
            key TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL CHECK (name <> ''),
            city TEXT,
            zone TEXT
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE office(
            key TEXT PRIMARY KEY NOT NULL,
            party TEXT NOT NULL CHECK (party <> ''),
            title TEXT NOT NULL CHECK (title <> '')
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE person(
            key TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL CHECK (name <> '')
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE tenure(
            office TEXT NOT NULL REFERENCES office ON DELETE CASCADE,
            person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
            since TEXT NOT NULL DEFAULT '',
            until TEXT,
            PRIMARY KEY (office, since, person)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tenure_by_person ON tenure(person);

        ALTER TABLE log ADD COLUMN cause TEXT;
        ALTER TABLE log ADD COLUMN register TEXT;
        CREATE INDEX log_by_cause ON log(cause) WHERE cause IS NOT NULL;
        """

    /// What was said belongs to a UID: a short number is another meeting's where a backup was restored. And each record
    /// has the seconds since its boot, which nobody can set.
    static let version4 = """
        ALTER TABLE notification ADD COLUMN uid TEXT;
        ALTER TABLE notification ADD COLUMN uptime INTEGER NOT NULL DEFAULT 0;
        UPDATE notification SET uid = json_extract(fields, '$.CONVENE_MEETING');
        DROP INDEX notification_by_meeting;
        DROP INDEX notification_by_time;
        CREATE INDEX notification_by_meeting ON notification(uid, recurrence_id);
        CREATE INDEX notification_by_boot ON notification(boot, uptime);

        ALTER TABLE outbox ADD COLUMN uid TEXT;
        UPDATE outbox SET uid = coalesce(
            (SELECT uid FROM meeting WHERE number = outbox.meeting), json_extract(fields, '$.CONVENE_MEETING'));
        DROP INDEX outbox_by_meeting;
        CREATE INDEX outbox_by_meeting ON outbox(uid, recurrence_id);
        """

    /// What becomes of a reminder that is late.
    static let version5 = """
        ALTER TABLE alarm ADD COLUMN when_late TEXT NOT NULL DEFAULT 'keep' CHECK (when_late IN ('keep', 'drop'));
        """

    /// What a meeting adopted as its reminders when it was planned, where the default was another than at first.
    static let version6 = """
        ALTER TABLE meeting ADD COLUMN default_alarms TEXT CHECK (default_alarms GLOB '*|*');
        """

    /// Reminders that were put off, and the record of who took note of what was said.
    static let version7 = """
        CREATE TABLE snooze(
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            id TEXT NOT NULL CHECK (id <> ''),
            recurrence_id TEXT CHECK (recurrence_id GLOB '????-??-??T??:??:??'),
            trigger TEXT NOT NULL CHECK (trigger <> ''),
            PRIMARY KEY (meeting, position)
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE notification ADD COLUMN acknowledged TEXT;
        CREATE INDEX notification_missed ON notification(position) WHERE kind = 'missed' AND acknowledged IS NULL;
        CREATE INDEX notification_acknowledged ON notification(acknowledged) WHERE acknowledged IS NOT NULL;
        """

    /// Up to when reminders of a meeting were late and dropped: they do not come back with a clock that is set back.
    static let version8 = """
        ALTER TABLE meeting ADD COLUMN dropped_until INTEGER;
        """

    /// Stretches of rounds without a date, how each dated occurrence stands, and which meetings are possible and wait
    /// for another; to begin with unknown, until the instants are derived again.
    static let version9 = """
        CREATE TABLE round_pattern(
            id INTEGER PRIMARY KEY,
            zone TEXT NOT NULL,
            rule TEXT NOT NULL,
            start TEXT NOT NULL,
            status TEXT NOT NULL,
            UNIQUE (zone, rule, start, status)
        ) STRICT;

        CREATE TABLE round_run(
            id INTEGER PRIMARY KEY,
            pattern INTEGER NOT NULL REFERENCES round_pattern,
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            first TEXT NOT NULL,
            starts INTEGER NOT NULL,
            ends INTEGER CHECK (ends > starts),
            waits_from INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX round_run_endless ON round_run(pattern, starts, id, meeting, first) WHERE ends IS NULL;
        CREATE INDEX round_run_bounded ON round_run(pattern, ends, id, starts, meeting, first) WHERE ends IS NOT NULL;
        CREATE INDEX round_run_by_start ON round_run(pattern, starts, id, waits_from, meeting, first);
        CREATE INDEX round_run_by_meeting ON round_run(meeting);

        ALTER TABLE dated ADD COLUMN status TEXT NOT NULL DEFAULT '';
        DROP INDEX dated_by_start;
        CREATE INDEX dated_by_start ON dated(span, starts, id, ends, status, meeting, recurrence_id);

        ALTER TABLE meeting ADD COLUMN awaits INTEGER NOT NULL DEFAULT 0 CHECK (awaits IN (0, 1));
        UPDATE meeting SET awaits = 1 WHERE number IN (
            SELECT relation.meeting FROM relation
            JOIN segment ON segment.meeting = relation.meeting AND segment.status = 'possible' AND segment.position = 0
            WHERE relation.kind = 'dependsOn');
        CREATE INDEX meeting_awaiting ON meeting(number) WHERE awaits = 1;
        DROP INDEX relation_by_dependency;

        DELETE FROM setting WHERE name = 'zones';
        """

    /// By which words a meeting can be called (`NameRows`).
    static let version10 = """
        CREATE TABLE summary_word(
            rest TEXT NOT NULL,
            word INTEGER NOT NULL CHECK (word >= 0),
            meeting INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
            PRIMARY KEY (rest, word, meeting)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX summary_word_by_meeting ON summary_word(meeting);
        INSERT INTO summary_word(rest, word, meeting)
            SELECT value, key, number FROM meeting, json_each(word_starts(folded));
        """

    /// Which round of talks a change was about: its cadence and the first day of its period.
    static let version11 = """
        ALTER TABLE log ADD COLUMN round TEXT CHECK (round GLOB '*/????-??-??');
        """

    /// A row of the queue may go on up to an occurrence only, behind which another row of the series stands; what waits of
    /// a series, and of the day's sheet, is found whatever else waits; what a change took out of the queue although it was
    /// owed (`OwedRows`).
    static let version12 = """
        ALTER TABLE queue ADD COLUMN ends_before TEXT CHECK (ends_before GLOB '????-??-??T??:??:??');
        CREATE INDEX queue_of_series ON queue(due, id)
            WHERE is_own = 0 AND recurrence_id IS NOT NULL AND ends_before IS NULL;
        CREATE INDEX outbox_sheets ON outbox(send_after) WHERE kind = 'digest';
        ALTER TABLE log ADD COLUMN owed TEXT CHECK (owed <> '');
        """

    /// From where to where a series was moved (`SeriesMoveRows`); how long what is said after its end, or before a window
    /// closes, was agreed to be.
    static let version13 = """
        ALTER TABLE queue ADD COLUMN length TEXT CHECK (length GLOB 'P*');
        CREATE TABLE series_move(
            uid TEXT NOT NULL CHECK (uid <> ''),
            former TEXT NOT NULL CHECK (former GLOB '????-??-??T??:??:??'),
            present TEXT NOT NULL CHECK (present GLOB '????-??-??T??:??:??' AND present <> former),
            PRIMARY KEY (uid, former, present)
        ) STRICT, WITHOUT ROWID;
        """

    /// The moves of a series in their order, also where one of them was made twice, and which record of the log each belongs
    /// to: so an undo is known as a move back. Of those from before the record is not known, nor what was said before them.
    static let version14 = """
        ALTER TABLE series_move RENAME TO series_move_13;
        CREATE TABLE series_move(
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL CHECK (uid <> ''),
            former TEXT NOT NULL CHECK (former GLOB '????-??-??T??:??:??'),
            present TEXT NOT NULL CHECK (present GLOB '????-??-??T??:??:??' AND present <> former),
            record TEXT CHECK (record <> ''),
            said INTEGER NOT NULL
        ) STRICT;
        INSERT INTO series_move(uid, former, present, said) SELECT uid, former, present, 0 FROM series_move_13;
        DROP TABLE series_move_13;
        CREATE INDEX series_move_by_meeting ON series_move(uid, record);
        """

    /// What was said of a date has the name that this has now, so it goes through the moves that came after it; what was said
    /// of a single meeting has none, and what was said of a series has one. A move can make a date a meeting of its own, and
    /// that a date. What a change renamed has its former name back when that is undone.
    static let version15 = """
        ALTER TABLE series_move RENAME TO series_move_14;
        DROP INDEX series_move_by_meeting;
        CREATE TABLE series_move(
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL CHECK (uid <> ''),
            former TEXT CHECK (former GLOB '????-??-??T??:??:??'),
            present TEXT CHECK (present GLOB '????-??-??T??:??:??'),
            record TEXT CHECK (record <> ''),
            CHECK (present IS NOT former)
        ) STRICT;
        CREATE INDEX series_move_by_meeting ON series_move(uid, record);
        CREATE TABLE former_name(
            record TEXT NOT NULL CHECK (record <> ''),
            identity TEXT NOT NULL CHECK (identity <> ''),
            recurrence_id TEXT CHECK (recurrence_id GLOB '????-??-??T??:??:??'),
            PRIMARY KEY (record, identity)
        ) STRICT, WITHOUT ROWID;
        CREATE TEMPORARY TRIGGER carry AFTER INSERT ON series_move BEGIN
            UPDATE notification SET recurrence_id = strftime('%Y-%m-%dT%H:%M:%S', recurrence_id,
                (strftime('%s', NEW.present) - strftime('%s', NEW.former)) || ' seconds')
            WHERE uid = NEW.uid AND recurrence_id >= NEW.former
                AND position <= (SELECT said FROM series_move_14 WHERE id = NEW.id);
        END;
        INSERT INTO series_move(id, uid, former, present, record)
            SELECT id, uid, former, present, record FROM series_move_14 ORDER BY id;
        DROP TRIGGER carry;
        DROP TABLE series_move_14;
        UPDATE notification SET recurrence_id = NULL
            FROM meeting JOIN segment ON segment.meeting = meeting.number AND segment.position = 0
            WHERE notification.uid = meeting.uid AND recurrence_id = start AND rule IS NULL AND dates IS NULL;
        UPDATE notification SET recurrence_id = start
            FROM meeting JOIN segment ON segment.meeting = meeting.number AND segment.position = 0
            WHERE notification.uid = meeting.uid AND recurrence_id IS NULL AND (rule IS NOT NULL OR dates IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM rounds WHERE rounds.meeting = meeting.number);
        """
}
