import ZonedTime

// Questions: what a meeting waits for is called off, or takes place again.
extension Checker {
    /// What people could read of the questions about a meeting.
    struct Asked {
        let entry: Int
        let id: String
        let identity: String
        /// It said that the meeting is to be decided no longer.
        let isTakenBack: Bool
    }

    /// What a meeting waits for is called off, or takes place again, and it is to be decided, or not any more.
    func agreed(_ question: AgreedQuestion?, about uid: String, at now: Int64) {
        guard let meeting = meetings[uid] else { return }
        let former = meeting.question?.reminders(about: uid) ?? []
        passes(now)
        lastChangeOfPlan = max(lastChangeOfPlan, now)
        meetings[uid]?.question = question
        restored.remove(uid)
        // What else reminds of it is as it was agreed, also where a clock was set back since.
        change(
            from: Set(former), to: Set(question?.reminders(about: uid) ?? []), since: now, at: now, isSlip: false)
    }

    func isWaitedFor(_ uid: String) -> Bool { meetings.values.contains { $0.waitsFor == uid } }

    /// `…/decision:ID/UID`, and for the second time `…/decision:ID/UID/again`.
    func question(named identity: String) -> AgreedReminder? {
        let parts = identity.split(separator: "/").map(String.init)
        guard parts.count >= 3, parts[1].hasPrefix(AgreedQuestion.prefix) else { return nil }
        let isAgain = parts.count == 4 && "/" + parts[3] == AgreedQuestion.again
        return reminder(called: AgreedQuestion.name(parts[1] + (isAgain ? AgreedQuestion.again : ""), about: parts[2]))
    }

    func questionAppeared(_ reminder: AgreedReminder, _ identity: String, _ entry: SimulatedJournal.Entry) {
        count(reminder.isAskedAgain ? .askedAgain : .asked)
        let id = reminder.alarm.id.dropFirst(AgreedQuestion.prefix.count).prefix { $0 != "/" }
        asked[reminder.uid, default: []].append(
            Asked(entry: entry.number, id: String(id), identity: identity, isTakenBack: false))
        everAsked.insert(String(id))
    }

    /// - Returns: whether the entry says that a meeting is to be decided no longer: `undone` behind a question's identity.
    func isTakenBack(_ identity: String, _ entry: SimulatedJournal.Entry) throws -> Bool {
        let parts = identity.split(separator: "/").map(String.init)
        guard parts.count >= 4, parts[1].hasPrefix(AgreedQuestion.prefix), parts.last == "undone" else { return false }
        let (id, uid) = (String(parts[1].dropFirst(AgreedQuestion.prefix.count)), parts[2])
        guard everAsked.contains(id) else {
            throw Violation(description: "taken back although nobody was asked: \(identity)")
        }
        // What the journal does not hold any more may be said again, as a reminder may.
        let isDoubled = asked[uid, default: []].contains {
            $0.identity == identity && !vacuumed.contains($0.entry)
        }
        guard !isDoubled else {
            throw Violation(description: "doubled: \(identity)")
        }
        asked[uid, default: []].append(
            Asked(entry: entry.number, id: id, identity: identity, isTakenBack: true))
        count(.takenBack)
        return true
    }

    /// The pause is over: what people read last of a meeting is whether it is to be decided.
    func checkQuestions() throws {
        for (uid, asked) in asked {
            guard let last = asked.last, let meeting = meetings[uid] else { continue }
            guard let question = meeting.question else {
                guard !last.isTakenBack else { continue }
                throw Violation(description: "people were asked to decide \(uid), \(last.id), and are no longer")
            }
            // A backup may bring a question back that was asked and taken back meanwhile.
            let isSaid = question.reminders(about: uid).first.map(isTold) ?? false
            if isSaid, last.isTakenBack, !restored.contains(uid) {
                throw Violation(description: "people were told that \(uid) is to be decided no longer, and it is")
            }
        }
    }

    /// These are in no journal, or in none that the program can know of.
    func forget(_ isGone: (Int) -> Bool) {
        for uid in asked.keys { asked[uid]?.removeAll { isGone($0.entry) } }
    }
}
