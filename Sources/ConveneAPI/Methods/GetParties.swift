public import Varlink

/// The parties that are known, by name; with a name that one, and who holds and held its offices.
public enum GetParties: VarlinkMethod {
    public static let name = "org.convene.Schedule.GetParties"

    public struct Parameters: Codable, Hashable, Sendable {
        public var name: String?
        public var zoneOfReader: String?

        public init(name: String? = nil, zoneOfReader: String? = nil) {
            self.name = name
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var parties: [Party]
        /// Of the one that was named, the latest of each office first.
        public var tenures: [Tenure]

        public init(parties: [Party], tenures: [Tenure]) {
            self.parties = parties
            self.tenures = tenures
        }
    }
}
