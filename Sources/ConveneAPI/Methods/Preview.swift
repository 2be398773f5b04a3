public import Varlink

/// What a rule or phrase means.
public enum Preview: VarlinkMethod {
    public static let name = "org.convene.Schedule.Preview"

    public struct Parameters: Codable, Hashable, Sendable {
        /// 'every 3rd friday 15:00 Geneva', an RRULE, or a date.
        public var text: String
        /// As typed; omitted: now.
        public var start: String?
        /// At most 1000; omitted: 5.
        public var count: Int?
        public var zoneOfReader: String?

        public init(text: String, start: String? = nil, count: Int? = nil, zoneOfReader: String? = nil) {
            self.text = text
            self.start = start
            self.count = count
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var sentence: String
        public var rule: String?
        public var dates: [PreviewDate]
        /// There are no further ones.
        public var complete: Bool
        public var remarks: [String]

        public init(sentence: String, rule: String? = nil, dates: [PreviewDate], complete: Bool, remarks: [String]) {
            self.sentence = sentence
            self.rule = rule
            self.dates = dates
            self.complete = complete
            self.remarks = remarks
        }
    }
}
