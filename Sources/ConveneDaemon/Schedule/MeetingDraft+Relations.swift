import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

/// The meetings that a new one hangs on.
struct DraftLinks {
    var relations: [Relation] = []
    /// What it is a part of, or on whose sidelines it is.
    var whole: CoreOccurrence?
    var isSideline = false
    /// What it comes after.
    var before: CoreOccurrence?
    /// Which date of a series was meant, where none was named.
    var remarks: [String] = []

    /// The place and clock of what it belongs to.
    var place: NamedZone? {
        (whole ?? before).map { other in
            NamedZone(identifier: other.timing.zone, label: other.timing.city ?? Cities.label(of: other.timing.zone))
        }
    }
}

// What was typed about other meetings.
extension MeetingDraft {
    func links(_ view: ScheduleView?) throws -> DraftLinks {
        var links = DraftLinks()
        if let text = typed.partOf { links.whole = try other(text, "partOf", .partOf, view, &links) }
        if let text = typed.sidelines {
            links.whole = try other(text, "sidelines", .sidelines, view, &links)
            links.isSideline = true
        }
        if let text = typed.dependsOn { _ = try other(text, "dependsOn", .dependsOn, view, &links) }
        if let text = typed.after {
            let before = try other(text, "after", .after, view, &links)
            guard before.timing.isTimed else {
                throw ScheduleError.notUnderstood(
                    field: "after", text: text, reason: "that has no hour yet, so nothing can come after it",
                    suggestions: [])
            }
            guard typed.when == nil, typed.repeat == nil else {
                throw ScheduleError.notUnderstood(
                    field: "after", text: text, reason: "it begins when the other ends, so it has no time of its own",
                    suggestions: [])
            }
            links.before = before
        }
        return links
    }

    private func other(
        _ text: String, _ field: String, _ kind: Relation.Kind, _ view: ScheduleView?, _ links: inout DraftLinks
    ) throws -> CoreOccurrence {
        guard let view else { throw ScheduleError.noSuchMeeting(reference: text, suggestions: []) }
        let (meeting, occurrence) = try Reference(text: text, desk: desk, view: view).findOne()
        if meeting.rounds == nil, meeting.isSeries, !text.contains("@") {
            let day = NotificationMessage.day(occurrence.timing.start.date)
            links.remarks.append(
                "Of \(meeting.number) \(meeting.summary) that of \(day) is meant; another: \(meeting.number)@DATE")
        }
        links.relations.append(Relation(kind, target: meeting.number, recurrenceID: occurrence.recurrenceID))
        return occurrence
    }

    /// The timing that follows from what it hangs on; `nil` where the time was typed.
    func timing(from links: DraftLinks) throws -> Timing? {
        let length = try typed.duration.map { text in try reading("duration") { try DurationPhrase.parse(text) } }
        if let before = links.before {
            return Timing(
                start: before.resolved.endReading, duration: length ?? .seconds(3_600), zone: before.timing.zone,
                city: before.timing.city)
        }
        guard typed.when == nil, typed.repeat == nil, let whole = links.whole, let place = links.place else {
            return nil
        }
        let last = whole.timing.isTimed ? whole.resolved.endReading.date : whole.timing.lastDay
        return Timing(
            .window, first: whole.timing.start.date, last: last, zone: place.identifier, city: place.label)
    }
}

extension Reference {
    /// One occurrence: the one named, of rounds the one with a date or owed next, of a series the next.
    func findOne() throws -> (meeting: CoreMeeting, occurrence: CoreOccurrence) {
        let found = try find()
        var recurrenceID = found.recurrenceID
        if !found.namesDate, let plan = try RoundPlan(found.meeting, at: desk.now, in: desk.zones) {
            let owed = try plan.owed(limit: 24)
            recurrenceID = (owed.first { $0.hasDate } ?? owed.first)?.period
        } else if recurrenceID == nil, found.meeting.isSeries {
            recurrenceID = try found.meeting.occurrences(endingAfter: desk.now, limit: 1, in: desk.zones).first?
                .recurrenceID
        }
        guard let occurrence = try found.meeting.occurrence(of: recurrenceID, in: desk.zones) else {
            throw ScheduleError.occurrenceRequired(reference: text, nearest: [])
        }
        return (found.meeting, occurrence)
    }
}
