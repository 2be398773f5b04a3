public import Varlink

/// One question about a rule, answered without a meeting.
public enum PreviewRule: VarlinkMethod {
    public static let name = "org.convene.Schedule.PreviewRule"

    public typealias Parameters = RuleQuestion

    public struct Reply: Codable, Hashable, Sendable {
        public var occurrences: [String]
        public var complete: Bool

        public init(occurrences: [String], complete: Bool) {
            self.occurrences = occurrences
            self.complete = complete
        }
    }
}

/// Many questions, answered in their order; streams with 'more', so that no answer is too long for a reply.
public enum PreviewRules: VarlinkMethod {
    public static let name = "org.convene.Schedule.PreviewRules"

    public struct Parameters: Codable, Hashable, Sendable {
        public var questions: [RuleQuestion]

        public init(questions: [RuleQuestion]) {
            self.questions = questions
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        /// The next ones in the order of the questions.
        public var answers: [RuleAnswer]

        public init(answers: [RuleAnswer]) {
            self.answers = answers
        }
    }
}
