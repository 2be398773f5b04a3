/// Whether it is, or would be, the first meeting of the two heads.
public enum FirstMeeting: String, Codable, Hashable, CaseIterable, Sendable {
    case first, wouldBeFirst
}
