/// timed: start and end are date-times. wholeDays: both are dates, the last day included.
/// hourOpen: one date, its hour not agreed. window: some day from start to end, both included.
public enum Form: String, Codable, Hashable, CaseIterable, Sendable {
    case timed, wholeDays, hourOpen, window
}
