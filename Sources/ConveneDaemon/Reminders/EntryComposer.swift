package import ConveneCore
import ConveneStore
package import ZonedTime

/// Makes the entry that says what is owed, in words for people and fields for programs.
package struct EntryComposer: Sendable {
    let origin: EntryOrigin
    let zones: any TimeZoneSource
    private let machineZone: @Sendable () -> TimeZone

    /// - Parameter here: the zone of the machine, which can be another after a while: where the journal is read.
    package init(origin: EntryOrigin, zones: any TimeZoneSource, here: @escaping @Sendable () -> TimeZone) {
        self.origin = origin
        self.zones = zones
        machineZone = here
    }

    var here: TimeZone { machineZone() }

    /// The entry for a row of the queue, or `nil` where the schedule does not say it, or not for then, any more.
    func entry(for owed: OwedReminder, at now: Instant) throws -> ComposedEntry? {
        let meeting = owed.meeting
        guard let occurrence = try meeting.occurrence(of: owed.alarm.recurrenceID, in: zones) else { return nil }
        let zone = try zones.zone(named: occurrence.timing.zone)
        let reminder = Reminder(
            owed.alarm.alarm, of: occurrence, due: owed.alarm.alarm.trigger.due(for: occurrence, in: zone))
        guard reminder.due == owed.alarm.due else { return nil }
        let lateness = now.seconds(since: owed.alarm.due)
        let message = NotificationMessage(occurrence, at: now, in: zone, here: here)
        let isInTime = now < reminder.usefulUntil
        let kind: NotificationKind = !isInTime ? .missed : occurrence.timing.form == .window ? .open : .reminder
        var fields = fields(of: meeting, occurrence, in: zone)
        fields[EntryField.due] = owed.alarm.due.rfc3339(at: zone.offset(at: owed.alarm.due))
        fields[EntryField.late] = "\(max(0, lateness))"
        return ComposedEntry(
            kind, owed.identity,
            message: try open(owed, occurrence, message, at: now)
                ?? (isInTime ? message.reminder(lateness: lateness) : message.missed),
            due: owed.alarm.due, fields: fields)
    }

    /// What is said of a window, or an open round, that has no date; `nil` for any other reminder.
    private func open(
        _ owed: OwedReminder, _ occurrence: Occurrence, _ message: NotificationMessage, at now: Instant
    ) throws -> String? {
        let trigger = owed.alarm.alarm.trigger
        guard trigger == .windowEnds || trigger == .lastCall, occurrence.endsAt > now else { return nil }
        return try noDate(owed.meeting, occurrence, message, isLastCall: trigger == .lastCall, at: now)
    }

    private func noDate(
        _ meeting: Meeting, _ occurrence: Occurrence, _ message: NotificationMessage, isLastCall: Bool, at now: Instant
    ) throws -> String {
        let round = try occurrence.recurrenceID.flatMap { try RoundPlan(meeting, at: now, in: zones)?.round($0) }
        return message.open(
            round.map { $0.name.words(knowing: here.reading(at: now).date.year) },
            host: round?.host.map { $0.city ?? $0.name }, isLastCall: isLastCall)
    }

    /// The entry for what is said once, or `nil` where nothing is left to say.
    func entry(for owed: OutboxEntry, meeting: Meeting?, at now: Instant) throws -> ComposedEntry? {
        switch owed.kind {
        case .test:
            return ComposedEntry(
                .test, owed.identity, message: "This is a test of convene's reminders.", due: owed.due,
                fields: due(owed, at: now))
        case .change:
            return try change(owed, meeting: meeting, at: now)
        case .decision:
            return try decision(owed, meeting: meeting, at: now)
        case .reminder, .missed, .open, .digest, .fence:
            // Reminders stand in the queue, and a sheet is made of more than a meeting.
            return nil
        }
    }

    /// Whether its row was derived from other zone data, by which the clock for which it was asked shows its hour at
    /// another instant.
    func isSheetMoved(_ owed: OutboxEntry) -> Bool {
        guard let named = NotificationIdentity.sheet(owed.identity, database: origin.databaseID),
            let zone = zones.timeZone(named.zone)
        else { return false }
        return zone.instant(of: named.reading) != owed.due
    }

    /// The sheet of the day on which it is due, on the clock for which it was asked.
    func sheet(_ owed: OutboxEntry, _ view: ScheduleView, at now: Instant) throws -> ComposedEntry {
        let zone = owed.fields?[EntryField.zone].flatMap { zones.timeZone($0) } ?? here
        let date = zone.reading(at: owed.due).date
        var fields = due(owed, at: now)
        fields[EntryField.zone] = zone.identifier
        guard !owed.isMissed(at: now) else {
            return ComposedEntry(
                .missed, owed.identity, message: NotificationMessage.missedSheet(of: date), due: owed.due,
                fields: fields)
        }
        let sheet = DaySheet(date, in: zone, try view.sheet(of: date, in: zone))
        return ComposedEntry(.digest, owed.identity, message: sheet.message, due: owed.due, fields: fields)
    }

    // MARK: Decisions

    /// What is now to be decided, since it is known whether what a meeting depends on takes place.
    private func decision(_ owed: OutboxEntry, meeting: Meeting?, at now: Instant) throws -> ComposedEntry? {
        guard let meeting, meeting.status == .possible,
            let occurrence = try meeting.isSeries
                ? meeting.occurrences(endingAfter: now, limit: 1, in: zones).first
                : meeting.occurrence(of: owed.recurrenceID, in: zones)
        else { return nil }
        var fields = due(owed, at: now)
        let zone = try zones.zone(named: occurrence.timing.zone)
        fields.merge(self.fields(of: meeting, occurrence, in: zone)) { _, new in new }
        let message =
            owed.lostMessage
            ?? NotificationMessage.fit(
                prefix: owed.fields?[OutboxEntry.again] == nil ? "Decide: " : "Still to decide: ",
                summary: owed.summary,
                suffix: owed.fields?[EntryField.message].map { ", \($0)" } ?? "")
        return ComposedEntry(.decision, owed.identity, message: message, due: owed.due, fields: fields)
    }

    // MARK: Changes

    private func change(_ owed: OutboxEntry, meeting: Meeting?, at now: Instant) throws -> ComposedEntry? {
        if let office = owed.fields?[EntryField.office] { return holder(owed, office, meeting, at: now) }
        if owed.takesBackDecision { return takenBack(owed, meeting, at: now) }
        var fields = due(owed, at: now)
        let found = try meeting?.occurrence(of: owed.recurrenceID, in: zones)
        if found?.status.reminds != true, try meeting?.takesPlace(at: owed.told, in: zones) ?? false { return nil }
        guard let meeting, let occurrence = found else {
            for (name, value) in owed.fields ?? [:] where EntryComposer.kept.contains(name) { fields[name] = value }
            (fields[EntryField.start], fields[EntryField.zone]) = (nil, nil)
            if let meeting { fields.merge(self.fields(of: meeting)) { _, new in new } }
            fields[EntryField.occurrence] = owed.recurrenceID?.iso8601
            // On the day that people were told, which is not the one of its name where it was moved.
            let zone = owed.fields?[EntryField.zone].flatMap { zones.timeZone($0) } ?? here
            let told = owed.told.map { zone.reading(at: $0) }
            let date = try owed.recurrenceID.map { name in
                let start = told ?? name
                let hour =
                    try owed.isOfSharedDay || meeting.map { try hasOther(than: name, on: start.date, of: $0) } ?? false
                let today = zone.reading(at: now).date
                return ": " + NotificationMessage.day(start, seenFrom: today, withHour: hour)
            }
            let message = NotificationMessage.fit(
                prefix: "", summary: owed.summary, suffix: " does not take place\(date ?? "")")
            return ComposedEntry(.change, owed.identity, message: message, due: owed.due, fields: fields)
        }
        let startsAt = occurrence.agreedStart
        let toldZone = owed.fields?[EntryField.zone] ?? occurrence.timing.zone
        // It was changed back meanwhile: nobody needs to hear of it.
        guard owed.known.differs(from: occurrence) else { return nil }
        let zone = try zones.zone(named: occurrence.timing.zone)
        let words = NotificationMessage(occurrence, at: now, in: zone, here: here)
        let message: String
        if startsAt != nil {
            message = words.moved(from: owed.told, in: zones.timeZone(toldZone) ?? zone)
        } else if occurrence.status.reminds {
            message = try noDate(meeting, occurrence, words, isLastCall: false, at: now)
        } else {
            let isOfSeries = meeting.isSeries && meeting.rounds == nil
            // On the day that people were told.
            let start = owed.told.map { (zones.timeZone(toldZone) ?? zone).reading(at: $0) } ?? occurrence.timing.start
            message = words.calledOff(
                start, ofSeries: isOfSeries,
                withHour: try isOfSeries
                    && hasOther(than: occurrence.recurrenceID, on: start.date, of: meeting))
        }
        fields.merge(self.fields(of: meeting, occurrence, in: zone)) { _, new in new }
        if startsAt == nil { fields[EntryField.start] = nil }
        return ComposedEntry(.change, owed.identity, message: message, due: owed.due, fields: fields)
    }

    /// Whether a series has another date on a day, called off or not: then an hour tells which one is meant.
    private func hasOther(than name: CivilDateTime?, on date: CivilDate, of meeting: Meeting) throws -> Bool {
        let begin = try zones.zone(named: meeting.timing.zone).firstInstant(of: date)
        return try meeting.occurrences(endingAfter: begin, limit: 4, in: zones).contains {
            $0.recurrenceID != name && $0.timing.start.date == date && $0.timing.isTimed
        }
    }

    /// A meeting of which it was said that it is to be decided waits again, as before.
    private func takenBack(_ owed: OutboxEntry, _ meeting: Meeting?, at now: Instant) -> ComposedEntry {
        var fields = due(owed, at: now)
        for (name, value) in owed.fields ?? [:] where EntryComposer.kept.contains(name) { fields[name] = value }
        if let meeting { fields.merge(self.fields(of: meeting)) { _, new in new } }
        let message =
            owed.lostMessage
            ?? NotificationMessage.fit(
                prefix: "No longer to decide: ", summary: meeting?.summary ?? owed.summary, suffix: "")
        return ComposedEntry(.change, owed.identity, message: message, due: owed.due, fields: fields)
    }

    /// An office has another holder, `Japan FM now Toshimitsu Motegi: ROK–Japan FM meeting`, or will have one:
    /// `Japan DG from 1 Nov: Akihiro Tanaka: DG talks`.
    private func holder(_ owed: OutboxEntry, _ office: String, _ meeting: Meeting?, at now: Instant) -> ComposedEntry {
        var fields = due(owed, at: now)
        fields[EntryField.office] = office
        if let meeting { fields.merge(self.fields(of: meeting)) { _, new in new } }
        let person = owed.fields?[EntryField.message] ?? ""
        let today = here.reading(at: now).date
        let since = owed.fields?[OutboxEntry.since].flatMap { CivilDate(iso8601: $0) }.flatMap { $0 > today ? $0 : nil }
        let term = since.map { day in
            "from \(NotificationMessage.days(day, day))\(day.year == today.year ? "" : " \(day.year)"):"
        }
        let message =
            owed.lostMessage
            ?? NotificationMessage.fit(
                prefix: "\(office) \(term ?? "now") \(person): ", summary: meeting?.summary ?? owed.summary, suffix: "")
        return ComposedEntry(.change, owed.identity, message: message, due: owed.due, fields: fields)
    }

    private static let kept: Set = [
        EntryField.meeting, EntryField.number, EntryField.summary, EntryField.location,
    ]

    // MARK: Fields

    private func due(_ owed: OutboxEntry, at now: Instant) -> [String: String] {
        [
            EntryField.due: owed.due.rfc3339(at: .utc),
            EntryField.late: "\(max(0, now.seconds(since: owed.due)))",
        ]
    }

    private func fields(of meeting: Meeting) -> [String: String] {
        [
            EntryField.meeting: meeting.uid, EntryField.number: "\(meeting.number)",
            EntryField.revision: "\(meeting.revision)", EntryField.summary: meeting.summary,
        ]
    }

    private func fields(of meeting: Meeting, _ occurrence: Occurrence, in zone: TimeZone) -> [String: String] {
        var fields = fields(of: meeting)
        fields[EntryField.summary] = occurrence.summary
        fields[EntryField.location] = [occurrence.place, occurrence.timing.city].compactMap { $0 }.joined(
            separator: ", ")
        if fields[EntryField.location]?.isEmpty ?? true { fields[EntryField.location] = nil }
        fields[EntryField.status] = occurrence.status.rawValue
        fields[EntryField.occurrence] = occurrence.recurrenceID?.iso8601
        fields[EntryField.start] = occurrence.startsAt.rfc3339(at: zone.offset(at: occurrence.startsAt))
        fields[EntryField.end] = occurrence.endsAt.rfc3339(at: zone.offset(at: occurrence.endsAt))
        fields[EntryField.zone] = occurrence.timing.zone
        return fields
    }
}
