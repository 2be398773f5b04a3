import ConveneAPI
import Varlink

/// Answers the questions on standard input, one JSON object a line, in their order: for programs that compare.
///
/// Questions go to the daemon in portions, and while it works on one the next is read. Whoever writes one question
/// and waits for its answer gets it: a portion is sent as soon as standard input has nothing more at hand.
struct PreviewBatch {
    let session: Session

    /// Portions under way at once.
    private static let portionsAhead = 2
    /// Answers go out in pieces of about this many bytes.
    private static let outputSize = 65_536

    func run() throws {
        var input = InputLines()
        var portion = Portion()
        var asked: [Portion] = []
        var output = ""
        while true {
            if try !input.isNextAtHand() {
                try send(&portion, &asked, &output)
                try receive(&asked, leaving: 0, &output)
                try flush(&output)
            }
            guard let line = try input.next() else { break }
            if !portion.hasRoom(for: line) { try send(&portion, &asked, &output) }
            portion.add(line)
            if portion.isFull { try send(&portion, &asked, &output) }
        }
        try send(&portion, &asked, &output)
        try receive(&asked, leaving: 0, &output)
        try flush(&output)
    }

    private func send(_ portion: inout Portion, _ asked: inout [Portion], _ output: inout String) throws {
        if portion.lines.isEmpty { return }
        // One that the socket cannot hold as a whole is read by a daemon only that is not writing.
        try receive(&asked, leaving: portion.isLarge ? 0 : PreviewBatch.portionsAhead - 1, &output)
        try session.begin(PreviewRules.self, PreviewRules.Parameters(questions: portion.questions))
        asked.append(portion)
        portion = Portion()
    }

    private func receive(_ asked: inout [Portion], leaving count: Int, _ output: inout String) throws {
        while asked.count > count {
            let portion = asked.removeFirst()
            var lines = portion.lines[...]
            var continues = true
            while continues {
                let (reply, goesOn) = try session.nextReply(to: PreviewRules.self)
                continues = goesOn
                for answer in reply.answers {
                    while let line = lines.popFirst() {
                        output += try PreviewBatch.line(line, answer)
                        if line.refusal == nil { break }
                    }
                }
                if output.utf8.count >= PreviewBatch.outputSize { try flush(&output) }
            }
            for line in lines { output += try PreviewBatch.line(line, RuleAnswer(error: "there was no answer")) }
        }
    }

    private func flush(_ output: inout String) throws {
        try Output.standard.write(output)
        output = ""
    }

    /// A line of the answer; its members are in the order of their names, as everywhere.
    private struct AnswerLine: Encodable {
        let complete: Bool
        let id: JSONValue
        let occurrences: [String]
    }

    private static func line(_ line: Portion.Line, _ answer: RuleAnswer) throws -> String {
        if let error = line.refusal ?? answer.error {
            return JSONValue.object(["id": line.id, "error": .string(error)]).jsonLine
        }
        let text = try JSONText(
            encoding: AnswerLine(complete: answer.complete ?? false, id: line.id, occurrences: answer.occurrences ?? [])
        )
        return text.line
    }
}

extension PreviewBatch {
    /// Lines that are answered together.
    struct Portion {
        /// A line as far as its answer needs it.
        struct Line {
            let id: JSONValue
            /// Why it is no question: the daemon is not asked.
            let refusal: String?
        }

        /// A portion or two of this size, in bytes, fit the buffers of a socket: nobody waits for the other to read.
        private static let size = 32_768
        private static let count = 256
        private static let longLine = 8_192
        /// What a call takes around its questions, with room to spare.
        private static let envelope = 1_024

        private(set) var lines: [Line] = []
        private(set) var questions: [RuleQuestion] = []
        private var size = 0

        var isFull: Bool { size >= Portion.size || lines.count >= Portion.count }
        /// Only a line that is long by itself makes a portion large.
        var isLarge: Bool { size > Portion.size + Portion.longLine }

        func hasRoom(for line: [UInt8]) -> Bool { lines.isEmpty || line.count <= Portion.longLine }

        mutating func add(_ line: [UInt8]) {
            guard line.count <= FrameDecoder.usualLimit - Portion.envelope else {
                lines.append(Line(id: .null, refusal: "the line is longer than a call may be"))
                return
            }
            let question: JSONValue
            do {
                question = try JSONValue(json: line)
            } catch {
                lines.append(Line(id: .null, refusal: "not JSON: \(error)"))
                return
            }
            let id = question["id"] ?? .null
            do {
                questions.append(try PreviewBatch.question(question))
                lines.append(Line(id: id, refusal: nil))
                size += line.count
            } catch {
                lines.append(Line(id: id, refusal: (error as? DecodingError).map(BatchLine.reason) ?? "\(error)"))
            }
        }
    }

    /// The question as the protocol has it. Further fields are passed over: vectors carry their expected answers.
    static func question(_ line: JSONValue) throws -> RuleQuestion {
        struct Question: Decodable {
            let dtstart: String
            let tzid: String?
            let rrule: String?
            let rdate: [String]?
            let exdate: [String]?
            let ruleOnly: Bool?
            let after: String?
            let before: String?
            let limit: Int?

            enum CodingKeys: String, CodingKey {
                case dtstart, tzid, rrule, rdate, exdate, after, before, limit
                case ruleOnly = "rule_only"
            }
        }
        let asked = try line.decode(as: Question.self)
        return RuleQuestion(
            dtstart: asked.dtstart, tzid: asked.tzid, rrule: asked.rrule, rdate: asked.rdate, exdate: asked.exdate,
            ruleOnly: asked.ruleOnly, after: asked.after, before: asked.before, limit: asked.limit)
    }
}
