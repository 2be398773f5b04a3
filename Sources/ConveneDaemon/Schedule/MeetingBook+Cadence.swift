import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

extension MeetingBook {
    /// Lets talks be held more or less often from the next period on that nothing was said of.
    func edit(
        cadence text: String, _ request: Edit.Parameters, _ meeting: inout CoreMeeting, _ outcome: inout Outcome,
        _ what: inout [String], _ view: ScheduleView, _ desk: Desk
    ) throws {
        guard let old = meeting.rounds else { throw MeetingProblem.noRounds }
        let zone = try zones.zone(named: meeting.timing.zone)
        let today = zone.reading(at: desk.now).date
        let typed = try request.from.map { text in
            try reading("from") { try WhenPhrase.parse(text, in: desk.context(in: zone)) }.form.days?.lowerBound
        }
        let named = try view.numbers(relatedTo: meeting.number, limit: MeetingBook.followers)
            .compactMap { try view.meeting($0) }.flatMap(\.relations)
            .filter { $0.target == meeting.number }.compactMap(\.recurrenceID)
        // A round that is named says from when on.
        let from = (typed ?? nil) ?? outcome.recurrenceID?.date
        outcome.recurrenceID = nil
        let earliest = try meeting.earliestChange(from: from, today: today, keeping: named)
        let draft = MeetingDraft(typed: NewMeeting(summary: meeting.summary), desk: desk, newID: newID)
        let (cadence, segment) = try draft.periods(text, around: earliest.date, zone, city: meeting.timing.city)
        let last = meeting.segments[meeting.segments.count - 1]
        guard segment.rule != last.rule || last.timing.start > earliest else { return }
        let first = try meeting.holdRounds(cadence, as: segment, from: earliest, today: today)
        let words = PeriodName(cadence, first.date).words(knowing: today.year)
        let begin = cadence == .custom ? words : "from \(words)"
        outcome.nextRounds = 3
        what.append("\(old.cadence.words) → \(cadence.words) rounds \(begin) on")
        if first.date > today {
            outcome.remarks.append(
                "\(begin.prefix(1).uppercased() + begin.dropFirst()) on. What was said of a round before stays, and so does its period."
            )
        }
    }
}
