import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

extension MeetingBook {
    /// So many are shown on the page for the morning.
    private static let overdueShown = 5
    /// Up to so many are counted; beyond there are just more.
    private static let overdueCounted = 25
    private static let overdueDays: Int64 = 31

    /// Ended within the last 31 days and never marked as held: the first five, and how many there are in all.
    func overdue(
        _ view: ScheduleView, _ facts: WireFacts, _ desk: Desk
    ) throws -> (shown: [WireOccurrence], count: Int?) {
        let since = desk.now.advanced(bySeconds: -MeetingBook.overdueDays * 86_400)
        let found = try view.ended(
            in: since...desk.now, statuses: [.proposed, .possible, .confirmed], limit: MeetingBook.overdueCounted + 1)
        var shown: [WireOccurrence] = []
        var passedOver = 0
        for reference in found {
            if shown.count == MeetingBook.overdueShown { break }
            guard let meeting = try view.meeting(reference.meeting),
                let occurrence = try meeting.occurrence(of: reference.recurrenceID, in: zones),
                // A round that found no date is postponed or skipped, not held.
                meeting.rounds != nil ? occurrence.timing.form != .window : !meeting.isSeries
            else {
                passedOver += 1
                continue
            }
            shown.append(try facts.occurrence(occurrence, of: meeting))
        }
        return (shown, found.count > MeetingBook.overdueCounted ? nil : found.count - passedOver)
    }
}
