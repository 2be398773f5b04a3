/// A standing wish to be reminded.
public struct Alarm: Codable, Hashable, Sendable {
    /// Names the alarm in RemoveAlarm; 'standard' ones come from the schedule's default.
    public var id: String
    /// In words: '15 min before', '1 day before', '1 hour after the end'.
    public var text: String
    public var standard: Bool
    public var whenLate: WhenLate

    public init(id: String, text: String, standard: Bool, whenLate: WhenLate = .keep) {
        self.id = id
        self.text = text
        self.standard = standard
        self.whenLate = whenLate
    }
}
