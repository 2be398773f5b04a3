import ConveneAPI
import ZonedTime

/// What is as it was before.
struct UndoPage {
    let columns: Int

    func lines(_ reply: Undo.Reply) -> [Line] {
        let undone = reply.undone
        let what = undone.what.isEmpty ? undone.verb : undone.what
        let heading = Line("Undone: \(MeetingName.prefix(undone.number))\(undone.summary): \(what)").wrapped(
            to: columns)
        guard let change = reply.change else {
            return heading + (undone.verb == "add" ? ["It is planned no more."] : [])
        }
        return heading + ChangePage(columns: columns).lines(change)
    }
}
