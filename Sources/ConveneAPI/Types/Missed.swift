/// Something that could not be said in time, and what it was about.
public struct Missed: Codable, Hashable, Sendable {
    public var notification: Notification
    /// As it stands now; absent where it is gone, or was about no meeting.
    public var occurrence: Occurrence?

    public init(notification: Notification, occurrence: Occurrence? = nil) {
        self.notification = notification
        self.occurrence = occurrence
    }
}
