import ConveneAPI
import PlainText
import ZonedTime

/// What is decided for the schedule as a whole.
struct SettingsPage {
    private static let labelColumns = 15

    let columns: Int
    /// The year that goes without saying.
    let year: Int

    func lines(_ settings: Settings) -> [Line] {
        row("New meetings", words(settings.alarms)) + row("of whole days", words(settings.dayAlarms))
            + row("Day's sheet", digest(settings)) + row("Changes", changes(settings))
            + row("Night", settings.night.map { "\($0): what comes then is pointed out" } ?? "nothing is pointed out")
    }

    private func words(_ alarms: [Alarm]) -> String {
        alarms.isEmpty ? "no reminders" : alarms.map(\.text).joined(separator: " · ")
    }

    private func digest(_ settings: Settings) -> String {
        guard let words = settings.digest else { return "never" }
        guard let next = settings.nextDigestHere.flatMap({ Reading($0)?.short(knowing: year) }) else { return words }
        return "\(words); the next one \(next)"
    }

    private func changes(_ settings: Settings) -> String {
        let length = CalendarDuration(iso8601: settings.changePause)
        guard let seconds = length?.seconds, seconds > 0 else { return "are told at once" }
        return "are told after \(seconds < 60 ? "\(seconds) s" : NextPage.length(seconds))"
    }

    private func row(_ label: String, _ text: String) -> [Line] {
        text.harmless.wrapped(to: columns - SettingsPage.labelColumns).enumerated().map {
            Line(($0 == 0 ? label : "").padded(to: SettingsPage.labelColumns) + $1)
        }
    }
}
