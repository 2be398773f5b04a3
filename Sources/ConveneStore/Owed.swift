public import ConveneCore
import GRDB
public import ZonedTime

/// One row of the queue that is due, with its meeting; or one that stands behind such a row in its series.
public struct OwedReminder: Hashable, Sendable {
    public let identity: String
    public let meeting: Meeting
    public let alarm: QueuedAlarm
    public let whenLate: WhenLate

    /// Whether it is late, and not to be said then.
    public func isDropped(at now: Instant) -> Bool {
        whenLate == .drop && now.seconds(since: alarm.due) >= WhenLate.grace
    }
}

/// What is owed to the journal by now.
public struct Owed: Hashable, Sendable {
    public var reminders: [OwedReminder] = []
    public var outbox: [OutboxEntry] = []
    /// More was due in the last minute than was asked for.
    public var hasMore = false
    /// More is late than was asked for.
    public var hasMoreLate = false
    /// When something is due after now, also what stands behind what is under way, and in no table yet.
    public var next: Instant?
}

extension MeetingStore {
    /// Owed by now, at most `limit` of each kind, of those that are late at most `late` in all, without what `isUnderWay`
    /// names.
    ///
    /// What is due just now goes before what is late: a backlog holds nobody up. The day's sheets are too few to wait.
    ///
    /// - Parameter pastUnderWay: what is under way cannot be recorded now, so that its series stand still: what is due
    ///   behind it is looked for, too.
    public func owed(
        by now: Instant, limit: Int, late: Int? = nil, pastUnderWay: Bool = false,
        isUnderWay: @escaping @Sendable (String) -> Bool, countUnderWay: Int
    ) async throws -> Owed {
        let context = context
        return try await fetch { db in
            var gathering = Gathering(now: now, isUnderWay: isUnderWay, context: context)
            // What is under way stands in its table until it was seen, so it is read past.
            let lately = now.advanced(bySeconds: -WhenLate.grace)
            var room = limit
            try gathering.takeReminders(after: lately, by: now, reach: limit + countUnderWay, room: room, db)
            try gathering.takeOutbox(after: lately, by: now, reach: limit + countUnderWay, room: room, db)
            if pastUnderWay {
                try gathering.takePastUnderWay(after: lately, reach: limit + countUnderWay, room: room, db)
            }
            try gathering.takeSheets(by: now, reach: limit + countUnderWay, room: room, db)
            gathering.owed.hasMore = gathering.isCut
            gathering.isCut = false
            room = min(late ?? limit, limit)
            // Both kinds of what is late share the room: together they are said at once.
            let others = gathering.owed.outbox.count
            try gathering.takeOutbox(
                after: .distantPast, by: lately, reach: room + countUnderWay, room: max(0, min(room, limit - others)),
                db)
            room -= gathering.owed.outbox.count - others
            try gathering.takeReminders(
                after: .distantPast, by: lately, reach: room + countUnderWay,
                room: min(room, limit - gathering.owed.reminders.count), db)
            gathering.owed.hasMoreLate = gathering.isCut
            gathering.owed.reminders.sort { $0.alarm.due < $1.alarm.due }
            // In the same snapshot: what is due waits for no second one.
            let next = try ScheduleView(db, context).nextDue(after: now)
            gathering.owed.next = [gathering.owed.next, next].compactMap { $0 }.min()
            return gathering.owed
        }
    }
}

extension MeetingStore {
    /// The reminders that will be due at an instant to come, as the schedule stands now, at most `limit`; `hasMore` where
    /// anything else will be owed by then, and `next` after it.
    public func coming(
        at due: Instant, limit: Int, isUnderWay: @escaping @Sendable (String) -> Bool, countUnderWay: Int
    ) async throws -> Owed {
        let context = context
        return try await fetch { db in
            var gathering = Gathering(now: due, isUnderWay: isUnderWay, context: context)
            let before = due.advanced(bySeconds: -1)
            try gathering.takeReminders(after: before, by: due, reach: limit + countUnderWay, room: limit, db)
            gathering.owed.hasMore = try gathering.isCut || OutboxRows.nextDue(after: before, db) == due
            gathering.owed.next = try ScheduleView(db, context).nextDue(after: due)
            return gathering.owed
        }
    }
}

/// Gathers what is owed.
private struct Gathering {
    let now: Instant
    let context: Context
    private let isNamedUnderWay: (String) -> Bool
    var owed = Owed()
    /// The reminders and sheets among it: one that stands behind another may have a row, too.
    var taken: Set<String> = []
    /// There may be more than there was room for.
    var isCut = false

    init(now: Instant, isUnderWay: @escaping (String) -> Bool, context: Context) {
        self.now = now
        self.context = context
        isNamedUnderWay = isUnderWay
    }

    /// Also where it is on its way under the name that its date had as a meeting of its own, or of a series.
    private func isUnderWay(_ identity: String) -> Bool {
        isNamedUnderWay(identity) || NotificationIdentity.otherName(ofReminder: identity).map(isNamedUnderWay) ?? false
    }

    mutating func takeReminders(
        after earlier: Instant, by later: Instant, reach: Int, room: Int, _ db: Database
    ) throws {
        var room = room
        for row in try QueueRows.owed(after: earlier, by: later, limit: reach, db, where: { !isUnderWay($0) }) {
            guard room > 0 else { break }
            guard let meeting = try MeetingRows.fetch(row.meeting, db) else { continue }
            room -= take(row.alarm, row.identity, of: meeting)
            room -= try takeBehind(row, of: meeting, room: room, db)
        }
        if room <= 0 { isCut = true }
    }

    /// What is due just now of a series whose row is under way, as if that were recorded; what is late waits.
    mutating func takePastUnderWay(after earlier: Instant, reach: Int, room: Int, _ db: Database) throws {
        var room = room
        for held in try QueueRows.owed(after: .distantPast, by: now, limit: reach, db, where: isUnderWay)
        where !held.alarm.isOwn {
            guard let meeting = try MeetingRows.fetch(held.meeting, db) else { continue }
            var row = held.alarm
            while room > 0, let said = row.recurrenceID,
                let next = try meeting.queue(following: said, of: row.alarm, dueAfter: earlier, in: context.zones),
                next.isBefore(held.endsBefore)
            {
                guard next.due <= now else {
                    owed.next = min(owed.next ?? next.due, next.due)
                    break
                }
                row = next
                let identity = row.identity(database: context.databaseID, meeting: meeting.uid)
                guard try !isUnderWay(identity) && !NotificationRows.isSaid(identity, db) else { continue }
                room -= take(row, identity, of: meeting)
            }
        }
    }

    private mutating func take(_ row: QueuedAlarm, _ identity: String, of meeting: Meeting) -> Int {
        guard taken.insert(identity).inserted else { return 0 }
        owed.reminders.append(
            OwedReminder(
                identity: identity, meeting: meeting, alarm: row,
                whenLate: context.standardAlarms.whenLate(row, of: meeting)))
        return 1
    }

    /// Of a series that was missed, what was missed behind it: else a month of silence were told date by date.
    private mutating func takeBehind(
        _ head: QueueRows.OwedRow, of meeting: Meeting, room: Int, _ db: Database
    ) throws -> Int {
        var count = 0
        var row = head.alarm
        while !row.isOwn, count < room, let said = row.recurrenceID, try isMissed(row, of: meeting),
            let next = try meeting.queue(following: said, of: row.alarm, in: context.zones),
            next.isBefore(head.endsBefore), try isMissed(next, of: meeting)
        {
            row = next
            let identity = row.identity(database: context.databaseID, meeting: meeting.uid)
            guard try !isUnderWay(identity) && !NotificationRows.isSaid(identity, db) else { continue }
            count += take(row, identity, of: meeting)
        }
        return count
    }

    private func isMissed(_ row: QueuedAlarm, of meeting: Meeting) throws -> Bool {
        guard row.due <= now, let occurrence = try meeting.occurrence(of: row.recurrenceID, in: context.zones) else {
            return false
        }
        return Reminder(row.alarm, of: occurrence, due: row.due).usefulUntil <= now
    }

    mutating func takeOutbox(after earlier: Instant, by later: Instant, reach: Int, room: Int, _ db: Database) throws {
        let rows = try OutboxRows.owed(after: earlier, by: later, limit: reach, db).filter { !isUnderWay($0.identity) }
        var room = room
        for row in rows.prefix(room) { owed.outbox.append(row) }
        room -= rows.count
        if room <= 0 { isCut = true }
    }

    mutating func takeSheets(by now: Instant, reach: Int, room: Int, _ db: Database) throws {
        var room = room
        for row in try OutboxRows.sheets(by: now, limit: reach, db) where !isUnderWay(row.identity) && room > 0 {
            guard taken.insert(row.identity).inserted else { continue }
            owed.outbox.append(row)
            room -= 1
            room -= try takeBehind(row, room: room, db)
        }
        if room <= 0 { isCut = true }
    }

    /// Of the day's sheets that were missed, those behind the one that waits.
    private mutating func takeBehind(_ head: OutboxEntry, room: Int, _ db: Database) throws -> Int {
        guard head.isMissed(at: now), try DigestRows.isNext(head, db) else { return 0 }
        var count = 0
        var row = head
        while count < room, let next = try DigestRows.following(row, context, db), next.isMissed(at: now) {
            row = next
            guard try !isUnderWay(row.identity) && !NotificationRows.exists(row.identity, db),
                taken.insert(row.identity).inserted
            else { continue }
            owed.outbox.append(row)
            count += 1
        }
        return count
    }
}

extension SeenEntry {
    /// What an entry that stands for several says of one of them: of which meeting, when that was due, and in its words.
    func part(
        _ identity: String, _ queued: (alarm: QueuedAlarm, meeting: Int)?, _ outbox: OutboxEntry?, _ context: Context,
        _ db: Database
    ) throws -> SeenEntry {
        guard let part = try part(identity, queued, outbox, context, db), let meeting = part.meeting else {
            return sheet(identity, context) ?? self
        }
        let occurrence = try meeting.occurrence(of: part.recurrenceID, in: context.zones)
        let due = try part.due ?? occurrence.flatMap { try part.alarm?.due(of: $0, in: context.zones) } ?? self.due
        let words = try occurrence.map { occurrence in
            let zone = try context.zones.zone(named: occurrence.timing.zone)
            return NotificationMessage(occurrence, at: due, in: zone, here: zone).missed
        }
        return SeenEntry(
            identities: identities, kind: kind, message: kind == .missed ? words ?? message : message,
            uid: meeting.uid, meeting: meeting.number, recurrenceID: part.recurrenceID,
            startsAt: self.meeting == nil ? occurrence?.startsAt : startsAt, due: due,
            late: late + Int(self.due.seconds(since: due)), fields: fields)
    }

    /// One of the day's sheets that were missed: its row is gone, or it never had one, but its identity names its hour.
    private func sheet(_ identity: String, _ context: Context) -> SeenEntry? {
        guard kind == .missed,
            let named = NotificationIdentity.sheet(identity, database: context.databaseID),
            let zone = context.zones.timeZone(named.zone)
        else { return nil }
        let due = zone.instant(of: named.reading)
        return SeenEntry(
            identities: identities, kind: kind, message: NotificationMessage.missedSheet(of: named.reading.date),
            uid: nil, meeting: nil, recurrenceID: nil, startsAt: nil, due: due,
            late: late + Int(self.due.seconds(since: due)), fields: fields)
    }

    private struct Part {
        let meeting: Meeting?
        let recurrenceID: CivilDateTime?
        var due: Instant?
        var alarm: Alarm?
    }

    /// By its row, or where that is not there (any more), by what its identity names.
    private func part(
        _ identity: String, _ queued: (alarm: QueuedAlarm, meeting: Int)?, _ outbox: OutboxEntry?, _ context: Context,
        _ db: Database
    ) throws -> Part? {
        if let queued {
            return Part(
                meeting: try MeetingRows.fetch(queued.meeting, db), recurrenceID: queued.alarm.recurrenceID,
                due: queued.alarm.due)
        }
        if let outbox, let uid = outbox.uid {
            return Part(
                meeting: try MeetingRows.fetch(uid: uid, db), recurrenceID: outbox.recurrenceID, due: outbox.due)
        }
        guard let named = NotificationIdentity.parts(ofReminder: identity, database: context.databaseID),
            let meeting = try MeetingRows.fetch(uid: named.uid, db)
        else { return nil }
        return Part(
            meeting: meeting, recurrenceID: named.recurrenceID,
            alarm: context.standardAlarms.everyAlarm(of: meeting).first { $0.id == named.alarm })
    }
}

extension Alarm {
    fileprivate func due(of occurrence: Occurrence, in zones: any TimeZoneSource) throws -> Instant {
        trigger.due(for: occurrence, in: try zones.zone(named: occurrence.timing.zone))
    }
}
