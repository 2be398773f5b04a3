import ConveneAPI
import Varlink

/// Answers the questions on standard input, one JSON object a line, in their order: for programs that compare.
struct PreviewBatch {
    let session: Session

    /// Answers go out in portions of about this many bytes.
    private static let portion = 65_536

    func run() throws {
        var input = InputLines()
        var pending = ""
        while let line = try input.next() {
            pending += try answer(line).jsonLine
            if pending.utf8.count >= PreviewBatch.portion {
                try Output.standard.write(pending)
                pending = ""
            }
        }
        try Output.standard.write(pending)
    }

    private func answer(_ line: [UInt8]) throws -> JSONValue {
        let question: JSONValue
        do {
            question = try JSONValue(json: line)
        } catch {
            return ["id": .null, "error": .string("not JSON: \(error)")]
        }
        let id = question["id"] ?? .null
        do {
            let answer = try session.ask(PreviewRule.self, PreviewBatch.parameters(question))
            return [
                "id": id, "occurrences": .array(answer.reply.occurrences.map { .string($0) }),
                "complete": .bool(answer.reply.complete),
            ]
        } catch let error as DecodingError {
            return ["id": id, "error": .string(BatchLine.reason(error))]
        } catch let error as CommandError {
            // A question that is refused has its answer; without a daemon there are none.
            guard error.exitStatus == .refused else { throw error }
            return ["id": id, "error": .string(ErrorPage.sentence(error))]
        }
    }

    /// The question as the protocol has it. Further fields are passed over: vectors carry their expected answers.
    static func parameters(_ question: JSONValue) throws -> PreviewRule.Parameters {
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
        let asked = try question.decode(as: Question.self)
        return PreviewRule.Parameters(
            dtstart: asked.dtstart, tzid: asked.tzid, rrule: asked.rrule, rdate: asked.rdate, exdate: asked.exdate,
            ruleOnly: asked.ruleOnly, after: asked.after, before: asked.before, limit: asked.limit)
    }
}
