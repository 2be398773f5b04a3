import Glibc
import Simulation

// simulate [FIRST] COUNT [--trace]: so many simulated years from that seed on; the first failing seed ends it.
var numbers = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
let isTracing = CommandLine.arguments.contains("--trace")
let first = numbers.count > 1 ? numbers.removeFirst() : 1
let count = numbers.first ?? 100
var figures = Simulation.Figures()
for seed in first..<(first + count) {
    do {
        figures.add(try await Simulation.run(seed: seed, isTracing: isTracing))
    } catch {
        for line in error.trace { print(line) }
        print("FAILED \(error)")
        print("Again, with all that happened: .build/release/simulate \(seed) 1 --trace")
        exit(1)
    }
}
print(
    "\(figures.seeds) simulated years, \(figures.lives) lives: \(figures.told) reminders told once each"
        + " (\(figures.missed) of them missed), \(figures.changes) changes told; none lost, early or doubled.")
print("What people asked of them besides:")
for practice in Practice.allCases {
    let seen = "\(figures.practices[practice] ?? 0)"
    print(String(repeating: " ", count: max(0, 9 - seen.count)) + seen + "  " + practice.rawValue)
}
print("Faults, and how many of them struck between a send and its record:")
for fault in Fault.allCases {
    let happened = "\(figures.happened[fault] ?? 0)"
    let struck = "\(figures.struck[fault] ?? 0)"
    print(
        String(repeating: " ", count: max(0, 9 - happened.count)) + happened
            + String(repeating: " ", count: max(0, 9 - struck.count)) + struck + "  " + fault.rawValue)
}
let absent = Fault.allCases.filter { (figures.struck[$0] ?? 0) == 0 }
let unseen = Practice.allCases.filter { (figures.practices[$0] ?? 0) == 0 }
if !unseen.isEmpty {
    print("FAILED: never seen: \(unseen.map(\.rawValue).joined(separator: ", "))")
    exit(1)
}
if !absent.isEmpty {
    print("FAILED: never between a send and its record: \(absent.map(\.rawValue).joined(separator: ", "))")
    exit(1)
}
