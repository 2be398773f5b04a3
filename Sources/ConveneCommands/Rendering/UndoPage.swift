import ConveneAPI
import ZonedTime

/// What is as it was before.
struct UndoPage {
    let columns: Int

    func lines(_ reply: Undo.Reply) -> [Line] {
        let undone = reply.undone
        let name = undone.number == 0 ? "" : "\(MeetingName.number(undone.number, tag: undone.round)) "
        let outcome = outcome(reply)
        let told = outcome == nil ? "" : reply.told == false ? "; nobody was told." : "."
        let what = outcome.map { " \($0)" } ?? ": \(undone.what.isEmpty ? undone.verb : undone.what)"
        let heading = Line("Undone: \(name)\(undone.summary)\(what)\(told)").wrapped(to: columns)
        guard var change = reply.change else { return heading }
        change.before = nil
        return heading + ChangePage(columns: columns).lines(change)
    }

    /// What people could have been told: when it is again, or that it is planned at all.
    private func outcome(_ reply: Undo.Reply) -> String? {
        guard let change = reply.change else { return reply.undone.verb == "add" ? "is planned no more" : nil }
        if reply.undone.verb == "delete", reply.undone.round == nil { return "is planned again" }
        guard let before = change.before, let occurrence = change.occurrence,
            let was = ClockSpan(before.there), let now = ClockSpan(occurrence.there), occurrence.form == .timed
        else { return nil }
        guard now.days.count == 1, let hours = now.hours else { return "is on \(now.phrase(.timed)) again" }
        let isSameDay = before.form == .timed && was.days == now.days
        return isSameDay ? "is at \(hours) again" : "is on \(now.start.date.short), \(hours) again"
    }
}
