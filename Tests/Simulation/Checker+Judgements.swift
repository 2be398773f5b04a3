import ZonedTime

// What must hold, whatever happened.
extension Checker {
    /// Something is in the way, or under way: the pause before a change is told may begin with what comes of it.
    func isBusy() { lastChangeOfPlan = max(lastChangeOfPlan, highestWall) }

    /// The earliest reminder that is still to come.
    func nextDue(after now: Int64) -> (due: Int64, reminder: AgreedReminder)? {
        // Of several at once always the same, whatever order a set has in this process: so a seed replays exactly.
        pending.map { (due($0), $0) }.filter { $0.0 > now }.min { ($0.0, $0.1.name) < ($1.0, $1.1.name) }
    }

    /// Nothing is in the way and the program rests: everything that is due must have been said.
    ///
    /// - Parameter isPaced: as many late ones were said as may be at once; the others wait.
    /// - Returns: whether any of them wait.
    func checkRest(at now: Int64, isPaced: Bool) throws -> Bool {
        passes(now)
        var isAnyWaiting = false
        for reminder in pending where due(reminder) <= now {
            // Of the day's sheets there are never many: they wait for nothing.
            if isPaced, !reminder.isSheet, due(reminder) + Checker.grace <= now {
                // What is to be dropped may be dropped by now, or wait for that.
                guard !isDropping(reminder) else { continue }
                isAnyWaiting = true
                if waited.insert(reminder).inserted { count(.paced) }
                continue
            }
            if isDropping(reminder), due(reminder) + Checker.grace <= now {
                set(reminder, .dropped)
                practices[.droppedWhenLate, default: 0] += 1
                continue
            }
            throw Violation(description: "not said, \(now - due(reminder)) s after it was due: \(reminder)")
        }
        // What may still arrive may be late, and wait too.
        if !isPaced { for reminder in straying { set(reminder, .withdrawn(mayArrive: false)) } }
        isBeingDerived = false
        isUnsettled = false
        return isAnyWaiting
    }

    /// Also the pause is over, after which a change must have been told.
    func checkChanges(at now: Int64) throws {
        for (key, said) in told {
            guard let last = said.last(where: \.counts), last.due > now - 30 * 86_400 else { continue }
            let (happening, zone, isKnown) = happening(key)
            let start = happening.map { time.instant($0.start, zone) }
            guard start != last.start, isKnown else { continue }
            // What is over for both is no news.
            guard max(last.start ?? .min, start ?? .min) > highestWall else { continue }
            if happening == nil, isThere(at: last.start, key) { continue }
            throw Violation(
                description: "people were told that \(key) begins at \(last.start.map { "\($0)" } ?? "no time"), and it"
                    + " begins at \(start.map { "\($0)" } ?? "no time")")
        }
    }

    /// Another happening of that meeting begins at what people were told of one that is gone.
    private func isThere(at start: Int64?, _ key: String) -> Bool {
        guard let meeting = meetings[String(key.prefix { $0 != "/" })] else { return false }
        return meeting.happenings.contains { time.instant($0.start, meeting.zone) == start }
    }
}
