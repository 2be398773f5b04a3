import ConveneAPI
import ConveneCore
import ConveneStore
import LinuxTime
import Logging
import ZonedTime

/// The domain's verbs: what people can do with the schedule.
///
/// Each verb understands what was typed, asks the pure model for the meeting as it then is, and commits it in one
/// transaction; then it nudges the scheduler and tells those who follow.
struct MeetingBook: Sendable {
    let store: MeetingStore
    let zones: any TimeZoneSource
    let cities: Cities
    let clock: any WallClock
    let newID: @Sendable () -> String
    /// Called after each commit.
    let didChange: @Sendable () -> Void

    var standard: StandardAlarms { store.context.standardAlarms }

    /// Where a request comes from.
    func desk(zoneOfReader name: String?, _ author: Author) throws -> Desk {
        let reader: TimeZone
        if let name {
            guard let zone = zones.timeZone(name) else { throw ScheduleError.unknownZone(name: name, suggestions: []) }
            reader = zone
        } else {
            reader = .utc
        }
        return Desk(now: clock.now(), reader: reader, zones: zones, cities: cities, author: author)
    }

    func facts(_ desk: Desk) -> WireFacts {
        WireFacts(zones: zones, reader: desk.reader, standard: standard, now: desk.now)
    }

    /// Changes the schedule, and lets everyone know that it did.
    func write<Result: Sendable>(
        _ desk: Desk, _ body: @escaping @Sendable (ScheduleTransaction) throws -> Result
    ) async throws -> Result {
        let result = try await store.write(at: desk.now, by: desk.author, body)
        didChange()
        return result
    }

    // MARK: What a write did

    /// The reply to a change: the occurrence that was meant, else the next one, else the last one.
    func change(
        of meeting: CoreMeeting, _ recurrenceID: CivilDateTime?, before: CoreOccurrence? = nil,
        remarks: [String] = [], warnings: [String] = [], rounds: Int = 0, asked: Asked? = nil,
        tellsPassed: Bool = true, in view: ScheduleView, _ desk: Desk
    ) throws -> Change {
        let facts = facts(desk)
        let next = try meeting.occurrences(
            endingAfter: desk.now, limit: meeting.isSeries ? 5 : 1, in: zones)
        let hasDates = meeting.isSeries && meeting.rounds == nil
        var shown = recurrenceID == nil && meeting.isSeries ? nil : try meeting.occurrence(of: recurrenceID, in: zones)
        shown = try shown ?? next.first ?? meeting.latestBegun(by: desk.now, in: zones)
        let reminders = try shown.map {
            try meeting.reminders(of: $0, after: desk.now, standard: standard, in: zones)
                .filter { try recurrenceID == nil || meeting.says($0, after: desk.now, in: zones) }
        }
        var remarks = remarks
        if let shown, tellsPassed { remarks += try passed(meeting, shown, view, desk) }
        var warnings = warnings
        if let shown, let asked { warnings += try self.warnings(meeting, shown, before, asked, view, desk) }
        let isMoved = before.map { $0.timing != shown?.timing } ?? false
        return Change(
            meeting: facts.meeting(meeting, showing: shown),
            occurrence: try shown.map { try facts.occurrence($0, of: meeting) },
            before: isMoved ? try before.map { try facts.occurrence($0, of: meeting) } : nil,
            next: hasDates ? try next.map { try facts.occurrence($0, of: meeting) } : [],
            reminders: try (reminders ?? []).map(facts.reminder), warnings: warnings,
            remarks: remarks, ties: try ties(of: meeting, shown, rounds: rounds, view, desk))
    }

    /// What a change was asked for: the meeting as it was, and what the person called it.
    struct Asked {
        /// `nil` where it is new.
        var old: CoreMeeting?
        var reference: String?
    }

    /// More of them are not read; that people were told otherwise is among them.
    private static let warningLimit = 2

    private func warnings(
        _ meeting: CoreMeeting, _ shown: CoreOccurrence, _ before: CoreOccurrence?, _ asked: Asked,
        _ view: ScheduleView, _ desk: Desk
    ) throws -> [String] {
        // A name that a round or a date was called by is that of its meeting.
        let name = asked.reference?.prefix { $0 != "@" && $0 != "#" }
        let hours = HourWarnings(
            desk: desk, standard: standard, night: try view.settings().night,
            name: name.map(String.init) ?? "\(meeting.number)")
        let old = try asked.old.map { old in
            (meeting: old, occurrence: try before ?? old.occurrence(of: shown.recurrenceID, in: zones))
        }
        var warnings = try hours.warnings(meeting, shown, old: old)
        let start = shown.timing.start.date
        if shown.timing != old?.occurrence?.timing, (331...366).contains(start.days(since: desk.today)) {
            warnings.append(
                "That is \(PartialDate.day(start).words): this year's \(start.day) \(NotificationMessage.month(start)) is over."
            )
        }
        if let whole = try wholeLeft(by: meeting, shown.timing, instead: before?.timing, view) {
            warnings.append("Now outside \(whole), of which it is a part.")
        }
        if let told = try view.changeIsTold(of: meeting.uid, shown.recurrenceID), let before,
            before.startsAt != shown.startsAt
        {
            let here = NotificationMessage.hour(desk.reader.reading(at: told).time)
            let told = "A reminder has named the old hour; the journal says the new one at \(here)."
            return Array(warnings.prefix(MeetingBook.warningLimit - 1)) + [told]
        }
        return Array(warnings.prefix(MeetingBook.warningLimit))
    }

    /// Tells which alarms will not fire any more.
    private func passed(
        _ meeting: CoreMeeting, _ occurrence: CoreOccurrence, _ view: ScheduleView, _ desk: Desk
    ) throws -> [String] {
        if occurrence.endsAt <= desk.now, occurrence.status.reminds {
            return ["It is over already: no reminder will come."]
        }
        let timing = occurrence.timing
        let passed = try meeting.passedAlarms(of: occurrence, at: desk.now, standard: standard, in: zones).filter {
            // It may have been said while this was a meeting of its own, or a date of a series.
            for name in Set([occurrence.recurrenceID, nil, timing.start]) {
                let identity = NotificationIdentity.reminder(
                    database: view.context.databaseID, meeting: meeting.uid, alarm: $0, recurrenceID: name, of: timing)
                if try view.isSaidOrOwed(identity) { return false }
            }
            return true
        }
        guard !passed.isEmpty, timing.form != .window else { return [] }
        let words = passed.map(\.trigger.words).joined(separator: ", ")
        return ["Already past, so not said: \(words)."]
    }
}
