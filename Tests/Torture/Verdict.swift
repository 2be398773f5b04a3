import ConveneAPI
import ConveneTestSupport

/// Compares what was promised with what the schedule and the journal hold.
final class Verdict {
    private let secretaries: [Secretary]
    /// The starts of every occurrence, by summary.
    private let starts: [String: [String]]
    private let entries: [JournalRecord]
    private let status: GetStatus.Reply
    /// How many reminders were in the journal, how many of them five seconds late or more, and the latest of all.
    private(set) var told = 0
    private(set) var late = 0
    private(set) var latest = 0

    init(
        secretaries: [Secretary], starts: [String: [String]], entries: [JournalRecord], status: GetStatus.Reply
    ) {
        self.secretaries = secretaries
        self.starts = starts
        self.entries = entries
        self.status = status
    }

    /// Everything that is not as promised, in words.
    func faults() throws -> [String] {
        var faults: [String] = []
        var reminders: [String: [JournalRecord]] = [:]
        var identities: [String: Int] = [:]
        for entry in entries {
            for identity in entry.fields["CONVENE_NOTIFICATION_ID"] ?? [] { identities[identity, default: 0] += 1 }
            guard entry["CONVENE_KIND"] == "reminder" || entry["CONVENE_KIND"] == "missed" else { continue }
            reminders[entry["CONVENE_SUMMARY"] ?? "", default: []].append(entry)
            faults += early(entry)
        }
        for (identity, count) in identities where count > 1 { faults.append("said \(count) times: \(identity)") }
        if status.delivered != identities.count {
            faults.append("\(identities.count) notifications in the journal, \(status.delivered) recorded")
        }
        for plan in secretaries.flatMap(\.plans) {
            faults += written(plan)
            faults += said(plan, reminders.removeValue(forKey: plan.summary) ?? [])
        }
        for (summary, entries) in reminders {
            faults.append("\(entries.count) reminders of '\(summary)', never planned")
        }
        for secretary in secretaries { faults += notebook(secretary) }
        return faults
    }

    /// A reminder before it is due would be as wrong as none.
    private func early(_ entry: JournalRecord) -> [String] {
        told += 1
        guard let stamp = entry["__REALTIME_TIMESTAMP"].flatMap({ Int($0) }),
            let due = entry["CONVENE_DUE"].flatMap(secondsSinceEpoch)
        else { return ["an entry without its times: \(entry.ours)"] }
        let lateness = stamp / 1_000_000 - due
        if lateness >= 5 { late += 1 }
        latest = max(latest, lateness)
        return lateness < 0 ? ["said \(-lateness) s early: \(entry.ours)"] : []
    }

    private func written(_ plan: Plan) -> [String] {
        let count = starts[plan.summary]?.count ?? 0
        switch plan.answer {
        case .acknowledged where count != plan.due.count:
            return ["acknowledged and not there (\(count) of \(plan.due.count) dates): \(plan)"]
        case .inDoubt where count != 0 && count != plan.due.count: return ["half there (\(count)): \(plan)"]
        case .refused where count > 0: return ["refused, and there all the same: \(plan)"]
        default: return []
        }
    }

    /// Each reminder exactly once; none of what was refused, or called off in time.
    private func said(_ plan: Plan, _ entries: [JournalRecord]) -> [String] {
        var faults: [String] = []
        let isThere = starts[plan.summary] != nil
        for due in plan.due {
            let count = entries.count { $0["CONVENE_DUE"].flatMap(secondsSinceEpoch) == due }
            if count > 1 { faults.append("said \(count) times, due \(due): \(plan)") }
            // Before that second it was planned for certain; in it, the reminder may have been past already.
            let mustBeSaid = isThere && due > plan.knownBy && plan.cancelled == nil
            if mustBeSaid, count == 0 { faults.append("lost, due \(due): \(plan)") }
            let isCalledOff = plan.cancelled.map { $0.answer == .acknowledged && due > $0.knownBy } ?? false
            if count > 0, isCalledOff || !isThere { faults.append("said, due \(due), though not planned: \(plan)") }
        }
        let others = entries.count { entry in
            !(entry["CONVENE_DUE"].flatMap(secondsSinceEpoch).map(plan.due.contains) ?? false)
        }
        if others > 0 { faults.append("\(others) reminders at other times: \(plan)") }
        return faults
    }

    private func notebook(_ secretary: Secretary) -> [String] {
        guard let notebook = secretary.notebook else { return [] }
        let found = starts.filter { $0.key.hasPrefix("\(secretary.name) notebook") }.values.flatMap { $0 }
        let expected = [notebook.start, notebook.inDoubt].compactMap { $0 }
        return found.contains(where: expected.contains)
            ? [] : ["the move to \(expected) was acknowledged, and \(secretary.name)'s meeting is at \(found)"]
    }
}

/// Of `2026-11-25T03:00:00Z`, or with an offset.
private func secondsSinceEpoch(_ text: String) -> Int? {
    let numbers = text.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
    guard numbers.count >= 6 else { return nil }
    let (year, month, day) = (numbers[0], numbers[1], numbers[2])
    // Days since 1970-01-01 in the Gregorian calendar, counted from 1 March.
    let shifted = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let days =
        365 * shifted.0 + shifted.0 / 4 - shifted.0 / 100 + shifted.0 / 400 + (153 * shifted.1 + 2) / 5 + day - 1
        - 719_468
    guard numbers.count == 8 else { return days * 86_400 + numbers[3] * 3_600 + numbers[4] * 60 + numbers[5] }
    let offset = numbers[6] * 3_600 + numbers[7] * 60
    let isEast = text.dropFirst(11).contains("+")
    return days * 86_400 + numbers[3] * 3_600 + numbers[4] * 60 + numbers[5] - (isEast ? offset : -offset)
}
