import ConveneAPI
import PlainText
import ZonedTime

/// Changes and notifications, a line each as they come.
struct WatchPage {
    let columns: Int
    /// The user id of the reader, who is called 'you'.
    let reader: Int
    /// The year that goes without saying.
    let year: Int

    func lines(_ event: Watch.Reply) -> [Line] {
        if let notification = event.notification { return lines(notification) }
        if let change = event.change {
            return LogPage(columns: columns, reader: reader, year: year).lines([change])
        }
        return []
    }

    /// `Thu 19 Sep 11:00  ROK–Japan DG talks tomorrow, 11:00 Tokyo`, and how late it was; the day's sheet has a line for
    /// each meeting.
    func lines(_ notification: Notification) -> [Line] {
        let here = Reading(notification.here)?.short(knowing: year) ?? notification.here
        let late = notification.lateSeconds >= 60 ? "\(NextPage.length(Int64(notification.lateSeconds))) late" : ""
        let words = notification.message.split(separator: "\n", omittingEmptySubsequences: false)
        return words.enumerated().map { index, words in
            var line = Line(index == 0 ? "\(here)  " : "".padded(to: here.columns + 2))
            let room = columns - line.columns - (late.isEmpty || index > 0 ? 0 : late.columns + 2)
            line.append(words.harmless.shortened(to: room), index == 0 ? .strong : .plain)
            guard index == 0 else { return line }
            line.pad(to: columns - late.columns)
            line.append(late, .warning)
            return line
        }
    }
}
