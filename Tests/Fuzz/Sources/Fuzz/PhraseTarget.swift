import ConveneCore
import Recurrence
import ZonedTime

/// What people type.
enum PhraseTarget {
    static func readWhen(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        do throws(PhraseError) {
            _ = try WhenPhrase.parse(text, in: context)
        } catch {
            check(error, text)
        }
    }

    static func readSeries(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        do throws(PhraseError) {
            let series = try RecurrencePhrase.parse(text, in: context)
            precondition((try? RecurrenceRule(series.rule.text)) == series.rule, "\(series.rule.text) is no rule")
        } catch {
            check(error, text)
        }
    }

    /// The place that an error marks lies in the text.
    private static func check(_ error: PhraseError, _ text: String) {
        let length = text.unicodeScalars.count
        precondition(error.range.lowerBound >= 0 && error.range.upperBound <= max(length, 1), "\(error) of \(length)")
    }

    private static let context = PhraseContext(
        now: Instant(secondsSinceEpoch: 1_568_700_000), readerZone: .utc, zones: FewZones(),
        cities: Cities(zones: FewZones()))
}

/// Zones without files: the names are what phrases need.
private struct FewZones: TimeZoneSource {
    let identifiers = ["America/New_York", "Asia/Seoul", "Asia/Tokyo", "Europe/Berlin", "Europe/Zurich", "UTC"]
    let version = "none"

    func timeZone(_ identifier: String) -> TimeZone? {
        guard let hours = identifiers.firstIndex(of: identifier) else { return nil }
        return .fixed(Offset(secondsEastOfUTC: hours * 3_600), identifier: identifier)
    }
}
