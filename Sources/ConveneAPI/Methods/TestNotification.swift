public import Varlink

/// Sends one harmless entry the whole way; answers once the journal was seen to hold it.
public enum TestNotification: VarlinkMethod {
    public static let name = "org.convene.Schedule.TestNotification"

    public struct Parameters: Codable, Hashable, Sendable {
        public init() {}
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var id: String
        /// False where the journal cannot be read back: then only the sending is proved.
        public var seen: Bool
        /// Each step with what it found.
        public var steps: [String]

        public init(id: String, seen: Bool, steps: [String]) {
            self.id = id
            self.seen = seen
            self.steps = steps
        }
    }
}
