/// Series of talks in rounds as ministries have them, each with an assembly, a part of it, a lunch after that part, and a
/// meeting on the sidelines that takes place only if the next round is held.
///
/// A series and its five fixed rounds and four other meetings are ten: ten thousand series are a hundred thousand.
struct Talks {
    let series: Int
    var random: SplitMix64

    /// Meetings that one series brings with it, itself included: their short numbers lie that far apart.
    private static let rows = 5
    private static let parties = [
        ("ROK", "Seoul"), ("Japan", "Tokyo"), ("China", "Beijing"), ("Germany", "Berlin"), ("France", "Paris"),
        ("Kenya", "Nairobi"), ("India", "New Delhi"), ("Brazil", "Brasilia"), ("Switzerland", "Bern"),
        ("Canada", "Ottawa"),
    ]
    /// Of a cadence, the months in which five of its periods begin: these rounds have a date.
    private static let cadences: [(name: String, months: [String])] = [
        ("monthly", ["2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]),
        ("monthly", ["2026-08", "2026-09", "2026-10", "2026-11", "2026-12"]),
        ("monthly", ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]),
        ("quarterly", ["2026-01", "2026-04", "2026-07", "2026-10", "2027-01"]),
        ("half-yearly", ["2026-01", "2026-07", "2027-01", "2027-07", "2028-01"]),
    ]

    /// - Parameter acts: calls that fix rounds and mark them as held, else lines for `add --batch`.
    mutating func write(acts: Bool) {
        for index in 0..<series {
            let lines = acts ? self.acts(index) : meetings(index)
            print(lines.joined(separator: "\n"))
        }
    }

    private func cadence(_ index: Int) -> (name: String, months: [String]) {
        Talks.cadences[index % Talks.cadences.count]
    }

    private mutating func meetings(_ index: Int) -> [String] {
        let first = index % Talks.parties.count
        let second = (first + 1 + index / Talks.parties.count % (Talks.parties.count - 1)) % Talks.parties.count
        let (one, other) = (Talks.parties[first], Talks.parties[second])
        let cadence = cadence(index)
        let number = index * Talks.rows + 1
        let day = Int.random(in: 1...20, using: &random)
        let month = Int.random(in: 1...12, using: &random)
        let year = Int.random(in: 2025...2028, using: &random)
        // A director leads a few of the series.
        let team = index / 40
        return [
            line(
                [
                    ("summary", "\(one.0)–\(other.0) talks \(index + 1)"), ("rounds", cadence.name),
                    ("when", cadence.months[0]), ("zone", one.1),
                    (
                        "between",
                        "Director \(team) of \(one.0) (\(one.0) D\(team)), Director \(team) of \(other.0) (\(other.0) D\(team))"
                    ),
                ], hosts: [one.1, other.1]),
            line([
                ("summary", "Assembly \(index + 1)"), ("city", other.1),
                ("when", "\(year)-\(padded(month))-\(padded(day)) – \(year)-\(padded(month))-\(padded(day + 6))"),
            ]),
            line([
                ("summary", "Debate \(index + 1)"), ("partOf", "\(number + 1)"),
                ("when", "\(year)-\(padded(month))-\(padded(day + 2)) 10:00"), ("duration", "90m"),
            ]),
            line([("summary", "Lunch \(index + 1)"), ("after", "\(number + 2)"), ("duration", "90m")]),
            line([
                ("summary", "\(one.0)–\(other.0) ministers \(index + 1)"), ("sidelines", "\(number + 1)"),
                ("dependsOn", "\(number)"),
            ]),
        ]
    }

    /// Five rounds have a date; those that are over were held.
    private mutating func acts(_ index: Int) -> [String] {
        let number = index * Talks.rows + 1
        return cadence(index).months.flatMap { month -> [String] in
            let day = Int.random(in: 3...28, using: &random)
            let hour = Int.random(in: 8...17, using: &random)
            let reference = "\(number)#\(month)"
            let date = "\(month)-\(padded(day)) \(padded(hour)):00"
            let fix = call("Fix", [("reference", reference), ("when", date), ("duration", "90m")])
            return month > "2026-10" ? [fix] : [fix, call("Held", [("reference", reference)])]
        }
    }

    private func line(_ fields: [(String, String)], hosts: [String] = []) -> String {
        var parts = fields.map { "\"\($0.0)\":\"\($0.1)\"" }
        if !hosts.isEmpty { parts.append("\"hosts\":[\(hosts.map { "\"\($0)\"" }.joined(separator: ","))]") }
        return "{\(parts.joined(separator: ","))}"
    }

    private func call(_ method: String, _ fields: [(String, String)]) -> String {
        "{\"method\":\"org.convene.Schedule.\(method)\",\"parameters\":\(line(fields))}"
    }
}
