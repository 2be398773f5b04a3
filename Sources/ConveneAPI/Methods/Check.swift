public import Varlink

/// Compares what is derived with what a rebuild from what people wrote gives, and lets SQLite check the file.
public enum Check: VarlinkMethod {
    public static let name = "org.convene.Schedule.Check"

    public struct Parameters: Codable, Hashable, Sendable {
        /// Writes anew what is derived and wrong; omitted: only looks.
        public var rebuild: Bool?

        public init(rebuild: Bool? = nil) {
            self.rebuild = rebuild
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        /// How many meetings were looked at.
        public var meetings: Int
        /// The first hundred.
        public var faults: [Fault]
        public var countFaults: Int
        /// How many meetings were written anew.
        public var rebuilt: Int

        public init(meetings: Int, faults: [Fault], countFaults: Int, rebuilt: Int) {
            self.meetings = meetings
            self.faults = faults
            self.countFaults = countFaults
            self.rebuilt = rebuilt
        }
    }
}
