import ConveneTestSupport
import Foundation
import Testing
import Varlink

/// The vectors on which independent implementations agree, asked of the built programs.
@Suite("A batch of questions")
struct BatchVectorTests {
    @Test(
        "Everything that the vectors know is answered as they have it, fat zone files or slim",
        arguments: VectorZones.Flavor.allCases)
    func vectors(_ flavor: VectorZones.Flavor) async throws {
        let names = ["rfc5545", "rrule-random", "skip", "tz", "seek"]
        let all = try names.flatMap(BatchVectorTests.vectors)
        #expect(all.count == 7_175)
        // The changes that tzdata foresees for Gaza until 2086 end in 2072 in the slim file: for one case beyond that
        // it is another zone, for every reader.
        let vectors = all.filter { flavor == .fat || $0["id"] != "tz-0410" }
        let zoneinfo = VectorZones.vectors.appending(path: "zoneinfo/\(flavor.rawValue)").path
        let daemon = RunningDaemon(journal: try PrivateJournald(), zoneinfo: zoneinfo)
        try await daemon.start()

        let input = vectors.map { vector in
            var question = vector
            // One more than is known where nothing more may come.
            if vector["limit"] == nil { question["limit"] = .integer(Int64(max(1, expected(vector).count))) }
            return JSONValue.object(question)
        }
        let text = try input.map { try JSONText(encoding: $0).description + "\n" }.joined()
        let outcome = try await daemon.run(["preview", "--batch"], input: Array(text.utf8))
        #expect(outcome.status == 0 && outcome.errors == "")
        let answers = try outcome.output.split(separator: "\n").map { try JSONValue(json: Array($0.utf8)) }
        try #require(answers.count == vectors.count)
        for (vector, answer) in zip(vectors, answers) where !isRight(answer, vector) {
            Issue.record("\(vector["rrule"] ?? .null): \(answer) for \(expected(vector))")
        }
    }

    private static func vectors(_ name: String) throws -> [[String: JSONValue]] {
        let file = try Data(contentsOf: VectorZones.vectors.appending(path: "\(name).jsonl"))
        return try file.split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard case .object(let vector) = try JSONValue(json: Array(line)) else { return nil }
            return vector
        }
    }

    private func expected(_ vector: [String: JSONValue]) -> [JSONValue] {
        guard case .array(let expected)? = vector["expect"] else { return [] }
        return expected
    }

    private func isRight(_ answer: JSONValue, _ vector: [String: JSONValue]) -> Bool {
        guard answer["id"] == vector["id"] else { return false }
        if case .string(let rule)? = vector["rrule"], rule.contains("RSCALE="), !rule.contains("=GREGORIAN") {
            guard case .string(let error)? = answer["error"] else { return false }
            return error.contains("the only calendar known is GREGORIAN")
        }
        guard case .array(let found)? = answer["occurrences"] else { return false }
        let expected = expected(vector)
        if vector["complete"] == true { return found == expected && answer["complete"] == true }
        // Of a set without a known end the vectors know the beginning.
        return Array(found.prefix(expected.count)) == expected
    }

    @Test("Who writes one question and waits has its answer, before the input ends")
    func conversation() async throws {
        let daemon = try await RunningDaemon.started()
        // The shell opens both ends before it asks; nothing but an answer lets it ask again.
        let script = """
            mkfifo "$1/q" "$1/a"
            "$2" preview --batch < "$1/q" > "$1/a" &
            exec 3> "$1/q" 4< "$1/a"
            for day in 01 02 03; do
              printf '{"id":"%s","dtstart":"2030-01-%s"}\\n\\n' $day $day >&3
              read -r answer <&4
              echo "$answer"
            done
            exec 3>&-
            wait
            """
        let shell = try ChildProcess(
            "/bin/sh", ["-c", script, "sh", daemon.home.path, BuiltPrograms.path("convene")],
            environment: ["CONVENE_SOCKET": daemon.socketPath])
        #expect(try await shell.end() == .exited(0))
        let expected = ["01", "02", "03"].map {
            #"{"complete":true,"id":"\#($0)","occurrences":["2030-01-\#($0)T00:00:00"]}"# + "\n"
        }
        #expect(shell.output == expected.joined())
    }

    @Test("An answer may be as long as it likes, and a wrong question harms no other")
    func odd() async throws {
        let daemon = try await RunningDaemon.started()
        let questions = [
            #"{"id":1,"dtstart":"2030-01-01T09:00:00","tzid":"Asia/Tokyo","rrule":"FREQ=SECONDLY","limit":10000}"#,
            #"{"id":2,"dtstart":"2030-01-01T09:00:00","tzid":"Mars/Olympus"}"#,
            #"{"id":3,"dtstart":"2030-01-01","tzid":"VALUE=DATE","rrule":"FREQ=DAILY;BYHOUR=24"}"#,
            #"{"id":4,"dtstart":"tomorrow"}"#,
            #"{"id":5,"dtstart":"2030-01-01T09:00:00","rrule":"FREQ=DAILY","limit":0}"#,
            #"{"id":6,"dtstart":"2030-01-31T09:00:00","tzid":"UTC","rrule":"FREQ=DAILY","after":"2040-01-01","limit":1}"#,
            #"{"id":7,"dtstart":"2026-03-29T02:30:00","tzid":"Europe/Berlin","rrule":"FREQ=DAILY;COUNT=2"}"#,
        ]
        let long = String(repeating: questions[0] + "\n", count: 60)
        let outcome = try await daemon.run(
            ["preview", "--batch"], input: Array((long + questions.joined(separator: "\n")).utf8))
        let lines = outcome.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 67)
        #expect(Set(lines[..<61]).count == 1)
        #expect(lines[0].utf8.count > 270_000 && lines[0].hasPrefix(#"{"complete":false,"id":1,"#))
        #expect(
            Array(lines[61...]) == [
                #"{"error":"tzid: there is no zone 'Mars/Olympus'","id":2}"#,
                #"{"error":"rrule: BYHOUR takes numbers from 0 to 23 (at 18)","id":3}"#,
                #"{"error":"dtstart: a date or a date-time of ISO 8601 is expected here","id":4}"#,
                #"{"complete":false,"id":5,"occurrences":[]}"#,
                #"{"complete":false,"id":6,"occurrences":["2040-01-01T09:00:00+00:00"]}"#,
                #"{"complete":true,"id":7,"occurrences":["2026-03-29T03:30:00+02:00","2026-03-30T02:30:00+02:00"]}"#,
            ])
    }
}
