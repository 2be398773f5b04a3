import Glibc

// Writes a schedule of N meetings as JSON Lines for `convene add --batch --chunk`.
//
//   sample-schedule N [SEED]
//   sample-schedule N SEED moves      calls of Move instead: the first date of every tenth series, if it has one: about one series in twenty
//   sample-schedule N SEED alarms     single meetings instead, each with one alarm, due in the 30 days that are past or
//                                     the two years to come
//   sample-schedule N SEED talks      N series of talks in rounds instead, each with what hangs on it (Talks.swift)
//   sample-schedule N SEED acts       calls that fix and hold the rounds of those
//
// Three in ten recur, from daily to yearly; half have the standard alarms, the others none; ten zones; starts over
// the two years around 2026-11. The same seed writes the same schedule.

var random = SplitMix64(seed: CommandLine.arguments.count > 2 ? UInt64(CommandLine.arguments[2]) ?? 1 : 1)
let count = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 1_000 : 1_000

let zones = [
    "Asia/Seoul", "Asia/Tokyo", "America/New_York", "Europe/Zurich", "Europe/Berlin", "Europe/London", "UTC",
    "Africa/Nairobi", "Asia/Kolkata", "America/Sao_Paulo",
]
let weekdays = ["MO", "TU", "WE", "TH", "FR"]
let lengths = ["30m", "1h", "90m", "2h", "15m"]

func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

func rule(_ random: inout SplitMix64) -> String {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: "FREQ=DAILY"
    case 1: "FREQ=DAILY;INTERVAL=\(Int.random(in: 2...5, using: &random))"
    case 2: "FREQ=WEEKLY;BYDAY=\(weekdays.randomElement(using: &random) ?? "MO")"
    case 3: "FREQ=WEEKLY;INTERVAL=2"
    case 4: "FREQ=MONTHLY;BYDAY=\(Int.random(in: 1...4, using: &random))FR"
    case 5: "FREQ=MONTHLY;BYMONTHDAY=\(Int.random(in: 1...28, using: &random))"
    case 6: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    default: "FREQ=YEARLY"
    }
}

if CommandLine.arguments.count > 3, CommandLine.arguments[3] == "alarms" {
    printAlarms(count, &random)
    exit(0)
}
let mode = CommandLine.arguments.count > 3 ? CommandLine.arguments[3] : ""
if mode == "talks" || mode == "acts" {
    var talks = Talks(series: count, random: random)
    talks.write(acts: mode == "acts")
    exit(0)
}
let movesOnly = CommandLine.arguments.count > 3 && CommandLine.arguments[3] == "moves"
var lines = ""
for number in 1...max(1, count) {
    let year = Int.random(in: 2025...2027, using: &random)
    let month = Int.random(in: 1...12, using: &random)
    let day = Int.random(in: 1...28, using: &random)
    let hour = Int.random(in: 6...20, using: &random)
    let minute = Int.random(in: 0..<12, using: &random) * 5
    let date = "\(year)-\(padded(month))-\(padded(day))"
    let when = "\(date) \(padded(hour)):\(padded(minute))"
    var fields = [
        "\"summary\":\"Meeting \(number)\"", "\"when\":\"\(when)\"",
        "\"zone\":\"\(zones.randomElement(using: &random) ?? "UTC")\"",
        "\"duration\":\"\(lengths.randomElement(using: &random) ?? "1h")\"",
    ]
    let recurs = Int.random(in: 0..<10, using: &random) < 3
    if recurs { fields.append("\"repeat\":\"\(rule(&random))\"") }
    if Bool.random(using: &random) { fields.append("\"alarms\":[\"none\"]") }
    if !movesOnly {
        lines += "{\(fields.joined(separator: ","))}\n"
    } else if recurs, number % 10 == 0 {
        let parameters = "{\"reference\":\"\(number)@\(date)\",\"when\":\"21:30\"}"
        lines += "{\"method\":\"org.convene.Schedule.Move\",\"parameters\":\(parameters)}\n"
    }
    if lines.utf8.count > 1 << 16 {
        print(lines, terminator: "")
        lines = ""
    }
}
print(lines, terminator: "")

/// Single meetings with an alarm each, evenly over 760 days from 30 days back on.
func printAlarms(_ count: Int, _ random: inout SplitMix64) {
    let first = time(nil) - 30 * 86_400 + 7_200
    var lines = ""
    for number in 1...max(1, count) {
        var moment = first + Int.random(in: 0..<(760 * 86_400 / 300), using: &random) * 300
        var parts = tm()
        gmtime_r(&moment, &parts)
        let date = "\(parts.tm_year + 1900)-\(padded(Int(parts.tm_mon) + 1))-\(padded(Int(parts.tm_mday)))"
        let when = "\(date) \(padded(Int(parts.tm_hour))):\(padded(Int(parts.tm_min)))"
        lines += "{\"summary\":\"Meeting \(number)\",\"when\":\"\(when)\",\"zone\":\"UTC\","
        lines += "\"alarms\":[\"\(number % 2 == 0 ? "15m" : "1h")\"]}\n"
        if lines.utf8.count > 1 << 16 {
            print(lines, terminator: "")
            lines = ""
        }
    }
    print(lines, terminator: "")
}
