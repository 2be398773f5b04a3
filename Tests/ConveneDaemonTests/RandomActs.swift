import ConveneAPI
import ConveneCore
import ConveneTestSupport
import ZonedTime

@testable import ConveneDaemon

/// What people do with a few series and what hangs on them, made up: much of it possible, some of it refused.
struct RandomActs {
    var random: SplitMix64
    private var added = 0

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// The series that everything is about, by their numbers.
    static let series = [1, 2, 3]

    /// Plans the series and a whole with a part.
    static func begin(_ scene: BookScene) async throws {
        let talks: [(rounds: String, hosts: [String])] = [
            ("monthly", ["Tokyo", "Seoul"]), ("quarterly", ["Seoul", "Tokyo", "Beijing"]), ("fortnightly", ["Geneva"]),
        ]
        for (index, talk) in talks.enumerated() {
            _ = try await scene.book.add(
                NewMeeting(
                    summary: "Talks \(index + 1)", rounds: talk.rounds, hosts: talk.hosts,
                    between: index == 0 ? "Kim Jung-han (ROK DG), Shigeki Takizaki (Japan DG since sep)" : nil),
                try scene.desk())
        }
        _ = try await scene.book.add(
            NewMeeting(summary: "Assembly", when: "24–30 sep", city: "New York"), try scene.desk())
        _ = try await scene.book.add(
            NewMeeting(summary: "Debate", when: "wed 25 sep 10:00", partOf: "4"), try scene.desk())
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }

    /// A round of a series, or the one that its name alone means.
    private mutating func round() -> String {
        let series = pick(RandomActs.series)
        return pick(["\(series)", "\(series)", "\(series)#\(pick(["sep", "oct", "nov", "dec", "q4", "1", "2", "5"]))"])
    }

    /// Anything that there is, or perhaps is not.
    private mutating func other() -> String { pick([round(), "\(Int.random(in: 4...12, using: &random))"]) }

    private mutating func date() -> String {
        let day = Int.random(in: 1...28, using: &random)
        let month = pick(["sep", "oct", "nov", "dec"])
        return pick(["\(day) \(month)", "\(day) \(month) \(Int.random(in: 8...18, using: &random)):00", "fri", "16:15"])
    }

    private mutating func party() -> String { pick(["Tokyo", "Seoul", "ROK", "Japan", "Geneva"]) }

    /// Does something; throws where it is refused.
    ///
    /// - Returns: what it was, for who reads of a failure.
    mutating func act(_ scene: BookScene) async throws -> String {
        let (book, desk) = (scene.book, try scene.desk())
        let about = round(), any = other(), when = date(), party = party()
        switch Int.random(in: 0..<31, using: &random) {
        case 0...3:
            _ = try await book.propose(Propose.Parameters(reference: about, when: when), desk)
            return "propose \(about) \(when)"
        case 4...6:
            _ = try await book.fix(
                Fix.Parameters(reference: about, when: when, outsideWindow: true, host: pick([nil, nil, party])), desk)
            return "fix \(about) \(when)"
        case 7...8:
            _ = try await book.confirm(Confirm.Parameters(reference: about, by: pick([nil, party])), desk)
            return "confirm \(about)"
        case 9...10:
            _ = try await book.decline(Decline.Parameters(reference: about, by: party, reason: "no day"), desk)
            return "decline \(about)"
        case 11:
            _ = try await book.move(Move.Parameters(reference: about, when: when), desk)
            return "move \(about) \(when)"
        case 12...13:
            _ = try await book.postpone(
                Postpone.Parameters(reference: about, into: pick([nil, "nov", "dec", "q1"]), reason: "no day"), desk)
            return "postpone \(about)"
        case 14:
            _ = try await book.merge(
                Merge.Parameters(reference: about, other: pick(["oct", "nov", "q4", "dec"])), desk)
            return "merge \(about)"
        case 15:
            _ = try await book.skip(Skip.Parameters(reference: about, reason: "elections"), desk)
            return "skip \(about)"
        case 16...18:
            _ = try await book.held(Held.Parameters(reference: about, note: "Views exchanged."), desk)
            return "held \(about)"
        case 19:
            _ = try await book.cancel(Cancel.Parameters(reference: any, reason: "called off"), desk)
            return "cancel \(any)"
        case 20:
            _ = try await book.note(AddNote.Parameters(reference: about, text: "a word"), desk)
            return "note \(about)"
        case 21...22:
            added += 1
            _ = try await book.add(
                NewMeeting(
                    summary: "Other \(added)", when: "some day in november",
                    between: pick([nil, "Kang Kyung-wha (ROK FM), Toshimitsu Motegi (Japan FM since 11 sep)"]),
                    dependsOn: any), desk)
            return "add --if \(any)"
        case 23:
            added += 1
            _ = try await book.add(NewMeeting(summary: "Lunch \(added)", duration: "90m", after: any), desk)
            return "add --after \(any)"
        case 24...25:
            let waiting = "\(Int.random(in: 1...12, using: &random))"
            _ = try await book.edit(Edit.Parameters(reference: waiting, dependsOn: pick([any, any, "none"])), desk)
            return "edit \(waiting) --if \(any)"
        case 26:
            let number = "\(Int.random(in: 4...12, using: &random))"
            _ = try await book.delete(Delete.Parameters(reference: number), desk)
            return "delete \(number)"
        case 27:
            let person = pick(["Taro Kono", "Toshimitsu Motegi", "Kim Jung-han", "Kang Kyung-wha"])
            let office = pick(["Japan FM", "Japan DG", "ROK DG", "Kenya PS"])
            _ = try await book.setHolder(
                SetHolder.Parameters(office: office, person: person, since: pick([nil, "11 sep", "oct", "1 nov"])), desk
            )
            return "office \(office) \(person)"
        case 28:
            _ = try await book.move(
                Move.Parameters(reference: "4", when: pick(["1–7 oct", "23–29 sep", "24–30 sep"]), withParts: true),
                desk)
            return "move 4 --with-parts"
        case 29:
            let series = pick(RandomActs.series)
            let cadence = pick(["weekly", "fortnightly", "monthly", "quarterly", "half-yearly", "every 2 months"])
            _ = try await book.edit(
                Edit.Parameters(reference: "\(series)", rounds: cadence, from: pick([nil, nil, "1 nov"])), desk)
            return "edit \(series) --rounds \(cadence)"
        default:
            let series = pick(RandomActs.series)
            _ = try await book.edit(
                Edit.Parameters(
                    reference: "\(series)", hosts: pick([["Seoul", "Tokyo"], ["Tokyo", "Geneva", "Seoul"]])),
                desk)
            return "edit \(series) --host"
        }
    }
}
