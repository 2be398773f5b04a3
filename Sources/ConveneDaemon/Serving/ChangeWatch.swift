import ConveneAPI
import ConveneStore

/// Streams changes and notifications, in order, from a cursor on.
struct ChangeWatch: Sendable {
    let store: MeetingStore
    let feed: ChangeFeed

    /// How far a follower has come in the log and in the notifications; `L12N34`.
    private struct Cursor {
        var log: Int
        var notification: Int

        var text: String { "L\(log)N\(notification)" }

        init(log: Int, notification: Int) {
            self.log = log
            self.notification = notification
        }

        init?(_ text: String) {
            let parts = text.dropFirst().split(separator: "N", omittingEmptySubsequences: false)
            guard text.first == "L", parts.count == 2, let log = Int(parts[0]), let notification = Int(parts[1]),
                log >= 0, notification >= 0
            else {
                return nil
            }
            self.init(log: log, notification: notification)
        }
    }

    /// Sends what is behind the cursor, then what happens, until the client is gone.
    func follow(
        after text: String?, _ facts: WireFacts, send: (Watch.Reply) async throws -> Void
    ) async throws {
        // Listen first, so that nothing falls between reading and waiting.
        let announcements = feed.announcements()
        let last = try await store.read { try $0.lastPositions() }
        var cursor = Cursor(log: last.log, notification: last.notification)
        if let text {
            cursor = try given(text, last: cursor)
        } else {
            // Whoever is cut off before anything happened goes on from here.
            try await send(Watch.Reply(cursor: cursor.text))
        }
        try await sendNew(behind: &cursor, facts, send)
        for await _ in announcements {
            try await sendNew(behind: &cursor, facts, send)
        }
    }

    /// The cursor that a client kept.
    private func given(_ text: String, last: Cursor) throws -> Cursor {
        var reason = "this is no cursor of a watch"
        if let cursor = Cursor(text) {
            // A backup was brought back, or it is of another database: what it has not seen cannot be told.
            if cursor.log <= last.log, cursor.notification <= last.notification { return cursor }
            reason = "this database has not come that far"
        }
        throw ScheduleError.notUnderstood(
            field: "after", text: text, reason: reason,
            suggestions: [last.text])
    }

    private func sendNew(
        behind cursor: inout Cursor, _ facts: WireFacts, _ send: (Watch.Reply) async throws -> Void
    ) async throws {
        while true {
            let (log, notification) = (cursor.log, cursor.notification)
            let (records, notifications) = try await store.read { view in
                (try view.log(after: log, limit: 100), try view.notifications(after: notification, limit: 100))
            }
            for record in records {
                cursor.log = record.position
                try await send(Watch.Reply(cursor: cursor.text, change: facts.record(record)))
            }
            for said in notifications {
                cursor.notification = said.position
                try await send(Watch.Reply(cursor: cursor.text, notification: facts.wholeNotification(said)))
            }
            if records.isEmpty, notifications.isEmpty { return }
        }
    }
}
