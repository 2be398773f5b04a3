import ConveneCore
import Foundation
import Recurrence
import Testing
import ZonedTime

/// What `docs/recurrence.md` tells people is what happens.
@Suite("The page about recurrence")
struct RecurrencePageTests {
    private struct Row: Sendable, CustomStringConvertible {
        let phrase: String
        let rule: String
        let dates: [String]

        var description: String { phrase }
    }

    private static let rows: [Row] = {
        let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/recurrence.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        let table = text.split(separator: "## What can be said").last?.split(separator: "## Short months").first ?? ""
        return table.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2).map { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return Row(
                phrase: cells[0], rule: cells[1].trimmingCharacters(in: ["`"]),
                dates: cells[2].components(separatedBy: ", "))
        }
    }()

    @Test("It has rows")
    func isThere() {
        #expect(RecurrencePageTests.rows.count > 30)
    }

    @Test("Every row of its table holds", arguments: rows)
    private func row(_ row: Row) throws {
        let when = try WhenPhrase.parse(row.phrase, in: .seoul)
        let series = try #require(when.recurrence)
        #expect(series.rule.text == row.rule)
        #expect(try dates(of: series, when, row.dates.count) == row.dates)
    }

    @Test("What is said of each row is read as the same series", arguments: rows)
    private func saidAgain(_ row: Row) throws {
        let when = try WhenPhrase.parse(row.phrase, in: .seoul)
        let series = try #require(when.recurrence)
        let segment = try segment(series, when)
        let sentence = try #require(segment.sentence)
        let again = try RecurrencePhrase.parse(sentence, in: .seoul, from: series.firstDate)
        #expect(again.rule.text == series.rule.text, "\(sentence)")
        #expect(again.additions == series.additions, "\(sentence)")
        let context = again
        #expect(try self.segment(context, when).exclusions == segment.exclusions, "\(sentence)")
    }

    private func segment(_ series: RecurrencePhrase, _ when: When) throws -> Segment {
        let zone = when.place.flatMap { PhraseZones.shared.timeZone($0.identifier) } ?? PhraseContext.seoul.readerZone
        let start = CivilDateTime(series.firstDate, series.time ?? .midnight)
        var segment = Segment(Timing(start: start, duration: .seconds(3_600), zone: zone.identifier, city: nil))
        try segment.recur(as: series, in: zone)
        return segment
    }

    private func dates(of series: RecurrencePhrase, _ when: When, _ count: Int) throws -> [String] {
        let segment = try segment(series, when)
        let zone = PhraseZones.shared.timeZone(segment.timing.zone) ?? .utc
        return segment.recurrenceSet(in: zone).starts(from: segment.timing.start).prefix(count).map { start in
            let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            return "\(start.date.day) \(months[start.date.month - 1])"
        }
    }
}
