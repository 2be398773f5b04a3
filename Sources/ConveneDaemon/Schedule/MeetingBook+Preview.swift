import ConveneAPI
import ConveneCore
import Recurrence
import ZonedTime

extension MeetingBook {
    static let previewLimit = 1_000

    /// What a rule, a phrase or a date means.
    func preview(_ request: Preview.Parameters, _ desk: Desk) throws -> Preview.Reply {
        let count = min(max(1, request.count ?? 5), MeetingBook.previewLimit)
        let start = try request.start.map { text in
            try reading("start") { try WhenPhrase.parse(text, in: desk.context(), for: .newMeeting) }
        }
        let draft = NewMeeting(summary: "preview", when: request.start, repeat: request.text)
        let alone = NewMeeting(summary: "preview", when: request.text)
        let (meeting, remarks): (CoreMeeting, [String])
        if start != nil {
            (meeting, _, remarks) = try MeetingDraft(typed: draft, desk: desk, newID: newID).meeting(in: nil)
        } else {
            let series = try? RecurrencePhrase.parse(request.text, in: desk.context())
            let typed = series == nil ? alone : NewMeeting(summary: "preview", repeat: request.text)
            (meeting, _, remarks) = try MeetingDraft(typed: typed, desk: desk, newID: newID).meeting(in: nil)
        }
        return try reply(meeting, count, remarks, desk)
    }

    private func reply(_ meeting: CoreMeeting, _ count: Int, _ remarks: [String], _ desk: Desk) throws -> Preview.Reply
    {
        let segment = meeting.segments[0]
        let zone = try zones.zone(named: segment.timing.zone)
        let found = try meeting.occurrences(
            endingAfter: zone.instant(of: segment.timing.start), limit: count + 1, in: zones)
        let dates = found.prefix(count).map { occurrence in
            PreviewDate(
                civil: segment.timing.isTimed
                    ? occurrence.timing.start.iso8601 : occurrence.timing.start.date.iso8601,
                zone: zone.identifier, instant: occurrence.startsAt.rfc3339(at: zone.offset(at: occurrence.startsAt)),
                clockChange: ClockChange(occurrence.resolved.resolution))
        }
        let sentence = segment.sentence ?? "once"
        var remarks = remarks
        if let last = found.prefix(count).last {
            let skipped = segment.skippedMonths(until: last.timing.start.date, limit: 12)
            let months = skipped.map { "\(NotificationMessage.month($0)) \($0.year)" }
            if !months.isEmpty { remarks.append("Skipped among these: \(months.joined(separator: ", ")).") }
        }
        return Preview.Reply(
            sentence: sentence, rule: segment.rule?.text, dates: Array(dates), complete: found.count <= count,
            remarks: remarks)
    }
}
