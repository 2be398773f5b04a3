import ConveneCore
import ConveneStore

// Meetings that wait for others.
extension World {
    /// What is to be asked, or no longer, because a meeting is called off or takes place again.
    func questions(since before: AgreedMeeting?, _ after: AgreedMeeting?, _ checker: Checker) -> [Secretariat.Question]
    {
        guard let before, let after, before.isCancelled != after.isCancelled else { return [] }
        return checker.meetings.values.filter { $0.waitsFor == after.uid }.sorted { $0.uid < $1.uid }.map { meeting in
            Secretariat.Question(
                uid: meeting.uid, former: meeting.question, present: after.isCancelled ? newQuestion(meeting) : nil)
        }
    }

    func newQuestion(_ meeting: AgreedMeeting) -> AgreedQuestion {
        AgreedQuestion(id: newID(), about: meeting, at: wall, AgreedTime(zones: zones))
    }

    /// What a meeting waits for is called off, or takes place again.
    func turnCondition(of meeting: AgreedMeeting, _ index: Int) async throws {
        guard var target = meeting.waitsFor.flatMap({ secretariats[index].checker.meetings[$0] }) else { return }
        target.isCancelled.toggle()
        try await edit(index, target)
    }

    /// Some wait for a meeting that there is.
    func letWait(_ meeting: inout AgreedMeeting, _ checker: Checker) {
        let targets = checker.meetings.values.filter { !$0.isSeries && $0.waitsFor == nil }
        guard random.chance(0.25), let target = random.pick(targets.sorted { $0.uid < $1.uid }) else { return }
        meeting.stretches = []
        meeting.waitsFor = target.uid
        if target.isCancelled { meeting.question = newQuestion(meeting) }
    }

    static func write(
        _ questions: [Secretariat.Question], isUndo: Bool, zones: SimulatedZones, _ transaction: ScheduleTransaction
    ) throws {
        for question in questions {
            guard let meeting = try transaction.schedule.meeting(uid: question.uid) else { continue }
            if let present = question.present {
                try transaction.oweDecision(about: meeting, because: "1 cancelled", record: present.id, in: zones)
                continue
            }
            if isUndo, let former = question.former { try transaction.withdrawDecisions(of: former.id) }
            try transaction.takeBackDecisions(about: meeting)
        }
    }
}
