import ConveneAPI
import Varlink

/// Plans the meetings that standard input holds, one JSON object a line.
struct AddBatch {
    let session: Session
    /// A transaction for every so many; `nil` for one transaction, which one frame must hold.
    let chunk: Int?
    let quiet: Bool

    /// What a call takes around its meetings, with room to spare.
    private static let envelope = 1_024

    func run() throws {
        var input = InputLines()
        var numbers: [Int] = []
        var batch = Batch(limit: FrameDecoder.usualLimit - AddBatch.envelope)
        while let line = try input.next() {
            let meeting = try AddBatch.meeting(line, number: input.number, added: numbers.count)
            let bytes = try JSONText(encoding: meeting).bytes.count
            if batch.meetings.count == chunk || !batch.hasRoom(for: bytes) {
                guard chunk != nil else {
                    throw CommandError.usage(
                        "line \(input.number): one transaction holds at most 4 MiB; nothing was added",
                        hint: "Commit in parts: convene add --batch --chunk 1000")
                }
                try send(&batch, &numbers)
            }
            batch.append(meeting, bytes: bytes, line: input.number)
        }
        try send(&batch, &numbers)
        try report(numbers)
    }

    private func send(_ batch: inout Batch, _ numbers: inout [Int]) throws {
        if batch.meetings.isEmpty { return }
        let parameters = AddMany.Parameters(meetings: batch.meetings, zoneOfReader: session.zoneOfReader)
        do {
            numbers += try session.ask(AddMany.self, parameters, isWrite: numbers.isEmpty).reply.numbers
        } catch {
            // Parts before this one stand, and whoever continues must know from where.
            if let first = batch.lines.first, !numbers.isEmpty {
                try Output.error.write("convene: \(numbers.count) meetings were added; none from line \(first) on\n")
            }
            throw batch.naming(error)
        }
        batch.clear()
    }

    private func report(_ numbers: [Int]) throws {
        if quiet { return }
        let count = numbers.count == 1 ? "1 meeting" : "\(numbers.count) meetings"
        try session.print(
            .object(["numbers": .array(numbers.map { .integer(Int64($0)) })]),
            as: [Line("Added \(count)" + (AddBatch.ranges(numbers).map { ": \($0)" } ?? ""))])
    }

    /// `4–1203`, `4–9, 12`; `nil` where there are none.
    static func ranges(_ numbers: [Int]) -> String? {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        let texts = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }

    /// Reads a line. A misspelt field is refused: a wish must not be dropped because nobody understood it.
    static func meeting(_ line: [UInt8], number: Int, added: Int) throws(CommandError) -> NewMeeting {
        let reason: String
        do {
            return try JSONValue(json: line).decode(as: NewMeeting.self, unknownMembers: .refused)
        } catch let error as DecodingError {
            reason = BatchLine.reason(error)
        } catch {
            reason = "\(error)"
        }
        let outcome = added == 0 ? "nothing was added" : "the \(added) meetings before it were added"
        throw .usage("line \(number): \(reason); \(outcome)", hint: nil)
    }

    /// Meetings of one transaction, and how long their JSON is.
    struct Batch {
        let limit: Int
        private(set) var meetings: [NewMeeting] = []
        /// Where each meeting stood.
        private(set) var lines: [Int] = []
        private var bytes = 0

        init(limit: Int) {
            self.limit = limit
        }

        func hasRoom(for bytes: Int) -> Bool {
            self.bytes + bytes + 1 <= limit
        }

        mutating func append(_ meeting: NewMeeting, bytes: Int, line: Int) {
            meetings.append(meeting)
            lines.append(line)
            self.bytes += bytes + 1
        }

        mutating func clear() {
            self = Batch(limit: limit)
        }

        /// The error with the line that it is about, where the daemon names the meeting: `meetings[3].when`.
        func naming(_ error: CommandError) -> CommandError {
            guard case .refused(let reply, let isWrite) = error,
                case .notUnderstood(let field, let text, let position, let length, let reason, let suggestions)? =
                    ScheduleError(reply), field.hasPrefix("meetings["),
                let index = Int(field.dropFirst("meetings[".count).prefix { $0 != "]" }), lines.indices.contains(index)
            else { return error }
            let named = ScheduleError.notUnderstood(
                field: field, text: text, position: position, length: length,
                reason: "line \(lines[index]): \(reason)", suggestions: suggestions)
            return .refused(named.reply, isWrite: isWrite)
        }
    }
}
