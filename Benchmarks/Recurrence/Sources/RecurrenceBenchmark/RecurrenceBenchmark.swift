import Foundation
import Recurrence
import ZonedTime

/// Measures one rule, on this project's engine and on Foundation's.
///
///     recurrence-benchmark NAME DTSTART RRULE ZONE ZONEFILE AFTER SOON
///
/// Prints JSON; `compare.py` puts it beside the others'.
@main enum RecurrenceBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 8, let start = CivilDateTime(iso8601: arguments[2]),
            let after = CivilDateTime(iso8601: arguments[6]), let soon = CivilDateTime(iso8601: arguments[7])
        else {
            FileHandle.standardError.write(
                Data("usage: recurrence-benchmark NAME DTSTART RRULE ZONE ZONEFILE AFTER SOON\n".utf8))
            exit(2)
        }
        let file = try Data(contentsOf: URL(filePath: arguments[5]))
        let zone = try ZonedTime.TimeZone(identifier: arguments[4], tzif: Array(file))
        let rule = try RecurrenceRule(arguments[3])
        let ours = try Ours(arguments[3], start: start, zone: zone)
        var results: [(String, Measurement)] = [
            ("local", .of(ours.local)), ("zoned", .of(ours.zoned)),
            ("seek", .of { ours.seek(after: after) }), ("seekSoon", .of { ours.seek(after: soon) }),
            ("seekZoned", .of { ours.zonedSeek(after: after) }),
            ("build", .of { ours.buildAndSeek(rule, after: after) }),
            ("parse", .of { ours.parseAndSeek(after: after) }),
        ]
        let utc = Foundations(arguments[1], start: arguments[2], zone: "GMT")
        let local = Foundations(arguments[1], start: arguments[2], zone: arguments[4])
        if let utc, let local {
            let year2400 = Date(timeIntervalSince1970: 13_569_465_600)
            let year2037 = Date(timeIntervalSince1970: 2_114_380_800)
            let date = Date(timeIntervalSince1970: Double(after.secondsSinceEpoch))
            results += [
                ("foundationLocal", .of { utc.occurrences(before: year2400, limit: 300) }),
                ("foundationZoned", .of { local.occurrences(before: year2037, limit: 300) }),
                ("foundationSeek", .of { utc.seek(after: date) }),
            ]
        }
        print("{\(results.map { "\"\($0.0)\": \($0.1.json)" }.joined(separator: ", "))}")
    }
}
