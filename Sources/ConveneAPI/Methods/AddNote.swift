public import Varlink

/// Notes something on a day: a background event, a word on the phone.
public enum AddNote: VarlinkMethod {
    public static let name = "org.convene.Schedule.AddNote"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var text: String
        /// As typed; omitted: today.
        public var date: String?
        public var zoneOfReader: String?

        public init(reference: String, text: String, date: String? = nil, zoneOfReader: String? = nil) {
            self.reference = reference
            self.text = text
            self.date = date
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var number: Int
        public var note: Note

        public init(number: Int, note: Note) {
            self.number = number
            self.note = note
        }
    }
}
