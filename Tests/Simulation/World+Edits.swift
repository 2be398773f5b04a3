import ConveneCore
import ConveneDaemon
import ConveneStore
import ZonedTime

// What people do to the schedule.
extension World {
    func editSomething(_ index: Int, uid wanted: String? = nil) async throws {
        let secretariat = secretariats[index]
        guard secretariat.isAlive, secretariat.openEdit == nil else { return }
        if wanted == nil, hasSheets, random.chance(0.05) { return try await changeSheets(index) }
        let meetings = secretariat.checker.meetings
        let uid = wanted ?? (random.chance(0.35) || meetings.isEmpty ? nil : random.pick(meetings.keys.sorted()))
        guard let uid, let meeting = meetings[uid] else {
            if meetings.count < 10 { try await edit(index, newMeeting(secretariat.checker)) }
            return
        }
        if meeting.waitsFor != nil, random.chance(0.5) { return try await turnCondition(of: meeting, index) }
        if let said = random.pick(Array(secretariat.checker.saidOf(uid).prefix(3))) {
            if random.chance(0.2) { return try await putOff(index, meeting, said) }
            if random.chance(0.08) { return try await takeNote(index, meeting, said) }
        }
        let isTied = meeting.waitsFor != nil || secretariat.checker.isWaitedFor(uid)
        let changed = changed(meeting, secretariat.checker.starts[uid] ?? [], isTied: isTied)
        // What hangs on another, or has another hang on it, is not deleted; and what waits is not called off itself.
        guard let changed else {
            if !isTied { try await edit(index, uid: uid, nil) }
            return
        }
        if meeting.waitsFor != nil, changed.isCancelled { return }
        try await edit(index, changed)
    }

    /// Changes what is due in a moment, where nothing came between.
    func editAhead(_ index: Int) async throws {
        let checker = secretariats[index].checker
        guard let (due, reminder) = checker.nextDue(after: wall), due == wall + 1, !reminder.isSheet else { return }
        checker.count(.editedAhead)
        try await editSomething(index, uid: reminder.uid)
    }

    /// Says it once more, later; what was said once more already has done its work.
    private func putOff(_ index: Int, _ meeting: AgreedMeeting, _ said: AgreedMeeting.Happening) async throws {
        let checker = secretariats[index].checker
        var changed = meeting
        changed.snoozes.removeAll { snooze in
            meeting.reminders.contains { $0.alarm == snooze.alarm && checker.isTold($0) }
        }
        guard changed.snoozes.count < 5 else { return }
        let start = AgreedTime(zones: zones).instant(said.start, meeting.zone)
        let wish: AgreedAlarm.Wish =
            switch random.number(0...3) {
            case 0 where start - 300 > wall: .secondsBefore(300)
            case 0...2: .at(wall + 600)
            default: .at((wall / 86_400 + 1) * 86_400 + 9 * 3_600)
            }
        changed.snoozes.append(AgreedSnooze(id: newID(), original: said.original, wish: wish))
        try await edit(index, uid: meeting.uid, changed, noted: .ofMeeting(meeting.uid, said.original.map(civil)))
    }

    /// Takes note of what was said of one happening, or of all; what was put off of it is not said again.
    private func takeNote(_ index: Int, _ meeting: AgreedMeeting, _ said: AgreedMeeting.Happening) async throws {
        let isWhole = random.chance(0.3)
        var changed = meeting
        changed.snoozes.removeAll { isWhole || $0.original == said.original }
        try await edit(
            index, uid: meeting.uid, changed,
            noted: isWhole ? .ofWhole(meeting.uid) : .ofMeeting(meeting.uid, said.original.map(civil)))
    }

    /// Takes the last edit back.
    func undo(_ index: Int) async throws {
        let secretariat = secretariats[index]
        guard secretariat.isAlive, secretariat.openEdit == nil, let last = secretariat.lastEdit else { return }
        secretariat.lastEdit = nil
        // What is taken back within two minutes takes no reminder with it.
        let isSlip = (0...120).contains(wall - last.at)
        let owedSince = isSlip ? last.at : nil
        switch last.before {
        case .meeting(let uid, var before):
            let present = secretariat.checker.meetings[uid]
            before?.question = present?.question
            let isTied = present.map { $0.waitsFor != nil || secretariat.checker.isWaitedFor(uid) } ?? false
            guard present != before, before.map({ !$0.isSeries }) ?? false || !isTied else { return }
            try await edit(index, uid: uid, before, owedSince: owedSince)
        case .sheets(let before):
            secretariat.checker.count(.sheetUndone)
            try await setSheets(index, before, undoing: true, owedSince: owedSince)
        }
    }

    static let author = Author(uid: 1_000, name: "kim")

    func edit(_ index: Int, _ meeting: AgreedMeeting) async throws {
        try await edit(index, uid: meeting.uid, meeting)
    }

    private func edit(
        _ index: Int, uid: String, _ meeting: AgreedMeeting?, owedSince: Int64? = nil, noted: Acknowledged? = nil
    ) async throws {
        let secretariat = secretariats[index]
        guard let life = secretariat.life else { return }
        let before = secretariat.checker.meetings[uid]
        // What is brought back has the revision that it had.
        let revision = (secretariat.revisions[uid] ?? (before == nil ? 1 : 0)) + (before == nil ? 0 : 1)
        let number = before == nil ? secretariat.numbers[uid] : nil
        let now = time.now
        let open = Secretariat.OpenEdit(
            what: .meeting(uid, meeting, revision: revision, noted: noted),
            move: before.flatMap { before in meeting.flatMap { World.move(from: before, to: $0) } },
            questions: questions(since: before, meeting, secretariat.checker), at: now.secondsSinceEpoch,
            owedSince: owedSince ?? now.secondsSinceEpoch, isSlip: owedSince != nil)
        note(
            "\(secretariat.name) edit \(uid) at \(now.secondsSinceEpoch - World.start): \(String(describing: meeting?.happenings))"
        )
        do {
            let zones = zones
            let result = try await life.store.write(at: now, by: World.author) { transaction in
                let result = try World.write(open, number: number, zones: zones, transaction)
                try World.write(open.questions, isUndo: open.isSlip, zones: zones, transaction)
                return result
            }
            if try await settleDisk(index) {
                secretariat.openEdit = open
                return
            }
            acknowledge(open, number: result, secretariat)
            try await checkNoted(open, secretariat, life.store)
            secretariat.lastEdit = (.meeting(uid, before), now.secondsSinceEpoch)
            secretariat.life?.parts.machine { $0.take(.scheduleEdited) }
        } catch {
            note("\(secretariat.name) edit failed: \(error)")
            if try await settleDisk(index) { secretariat.openEdit = open }
        }
    }

    private func acknowledge(_ open: Secretariat.OpenEdit, number: Int?, _ secretariat: Secretariat) {
        switch open.what {
        case .meeting(let uid, let meeting, let revision, _):
            if let number { secretariat.numbers[uid] = number }
            if meeting != nil { secretariat.revisions[uid] = revision }
            secretariat.checker.agreed(uid, meeting, at: open.at, owedSince: open.owedSince, isSlip: open.isSlip)
            for question in open.questions {
                secretariat.checker.agreed(question.present, about: question.uid, at: open.at)
            }
        case .sheets(let sheets):
            secretariat.checker.agreed(sheets, at: open.at, owedSince: open.owedSince, isSlip: open.isSlip)
        }
    }

    /// Whether an edit happened whose acknowledgement a crash swallowed.
    func settleOpenEdit(_ index: Int) async throws {
        let secretariat = secretariats[index]
        guard let open = secretariat.openEdit, let life = secretariat.life else { return }
        secretariat.openEdit = nil
        secretariat.lastEdit = nil
        let hasHappened: Bool
        var number: Int?
        switch open.what {
        case .meeting(let uid, let meeting, let revision, _):
            let found = try await life.store.read { try $0.meeting(uid: uid) }
            hasHappened = meeting == nil ? found == nil : found?.revision == revision
            number = found?.number
        case .sheets(let sheets):
            hasHappened = try await life.store.read { try $0.settings().digest?.id } == sheets?.id
        }
        note("\(secretariat.name) open edit happened: \(hasHappened)")
        guard hasHappened else { return }
        acknowledge(open, number: number, secretariat)
        try await checkNoted(open, secretariat, life.store)
    }

    /// What note was taken of is not asked for any more.
    private func checkNoted(_ open: Secretariat.OpenEdit, _ secretariat: Secretariat, _ store: MeetingStore)
        async throws
    {
        guard case .meeting(_, _, _, let noted?) = open.what else { return }
        secretariat.checker.count(.notedOf)
        let left = try await store.read { try $0.countUnacknowledged(noted) }
        if left > 0 {
            violation = violation ?? Violation(description: "note was taken of \(noted), and \(left) are still open")
        }
    }

    private static func write(
        _ edit: Secretariat.OpenEdit, number: Int?, zones: SimulatedZones, _ transaction: ScheduleTransaction
    ) throws -> Int? {
        guard case .meeting(let uid, let agreed, let revision, let noted) = edit.what else { return nil }
        let present = try transaction.schedule.meeting(uid: uid)
        let owedSince = Instant(secondsSinceEpoch: edit.owedSince)
        let undone = edit.isSlip ? try transaction.schedule.latestLogEntry(by: World.author.uid) : nil
        var change = ScheduleTransaction.Change(verb: "edit", what: "edit", undoes: undone?.id)
        let target = try agreed?.waitsFor.flatMap { try transaction.schedule.meeting(uid: $0)?.number }
        switch (present, agreed) {
        case (nil, let agreed?):
            let draft = try agreed.meeting(number: number ?? 0, revision: revision, waitingFor: target)
            let new = try transaction.insert(draft, number: number, owedSince: owedSince, change)
            if let question = agreed.question {
                try transaction.oweDecision(about: new, because: "1 cancelled", record: question.id, in: zones)
            }
            return new.number
        case (let present?, let agreed?):
            let draft = try agreed.meeting(number: present.number, revision: revision, waitingFor: target)
            if undone == nil { change.seriesMove = edit.move }
            let changed = try transaction.update(present, to: draft, owedSince: owedSince, change)
            if let noted { try transaction.acknowledge(noted) }
            return changed.number
        case (let present?, nil):
            try transaction.delete(present, change)
            return present.number
        case (nil, nil):
            return nil
        }
    }

    /// How the dates of a series are called since.
    private static func move(from old: AgreedMeeting, to new: AgreedMeeting) -> SeriesMove? {
        guard old.isSeries else { return nil }
        guard new.isSeries else { return SeriesMove(former: civil(new.ownStart), present: nil) }
        let former = old.start + old.stretches[0].firstDay * 86_400
        return old.start == new.start || old.stretches != new.stretches
            ? nil : SeriesMove(former: civil(former), present: civil(former + new.start - old.start))
    }

    // MARK: What may be agreed

    private func newMeeting(_ checker: Checker) -> AgreedMeeting {
        let zone = random.pick(SimulatedZones.names) ?? "UTC"
        let ahead: Int64 =
            switch random.number(0...3) {
            case 0: random.number(Int64(60)...7_200)
            case 1: random.number(Int64(3_600)...2 * 86_400)
            default: random.number(Int64(86_400)...20 * 86_400)
            }
        // The wall clock there, more or less; on a round minute.
        let start =
            (wall + ahead + (SimulatedZones.names.firstIndex(of: zone).map { Int64($0) * 3_600 } ?? 0)) / 60 * 60
        var meeting = AgreedMeeting(
            uid: newID(), start: start, length: random.number(Int64(1)...8) * 1_800, zone: zone, alarms: alarms())
        dropSome(of: &meeting)
        if random.chance(0.4) {
            meeting.stretches = [newStretch(from: 0)]
        }
        letWait(&meeting, checker)
        return meeting
    }

    private func newStretch(from day: Int64) -> AgreedStretch {
        AgreedStretch(
            firstDay: day, everyDays: random.pick([1, 1, 2, 7]) ?? 1, count: random.number(Int64(2)...12))
    }

    /// From which day on another rule holds: mostly about today.
    private func dayOfChange(_ meeting: AgreedMeeting) -> Int64 {
        let today = (AgreedTime(zones: zones).reading(wall, meeting.zone) - meeting.start) / 86_400
        return max(0, random.chance(0.3) ? 0 : today + random.number(Int64(-1)...4))
    }

    /// Some of its alarms are not to be said when they are late.
    private func dropSome(of meeting: inout AgreedMeeting) {
        meeting.dropping = Set(meeting.alarms.map(\.id).filter { _ in random.chance(0.25) })
    }

    private func alarms() -> [AgreedAlarm] {
        let wishes: [AgreedAlarm.Wish] = [
            .secondsBefore(900), .secondsBefore(0), .secondsBefore(7_200), .daysBefore(1), .secondsAfterEnd(0),
            .secondsAfterEnd(1_800), .daysBefore(3),
        ]
        return wishes.shuffled(using: &random).prefix(random.number(1...3)).map { AgreedAlarm(id: newID(), wish: $0) }
    }

    private func changed(_ meeting: AgreedMeeting, _ starts: Set<Int64>, isTied: Bool) -> AgreedMeeting? {
        var meeting = meeting
        let shift = (random.chance(0.5) ? 1 : -1) * random.number(Int64(1)...40) * 900
        switch random.number(0...15) {
        case 15 where meeting.isSeries:
            // Another hour of the same days, by another rule: no move, and yet each day is the one that it was.
            let hour = meeting.start - meeting.start % 86_400 + random.number(Int64(0)...1_439) * 60
            if starts.allSatisfy({ (hour - $0) % 86_400 != 0 }) {
                meeting = meeting.shifted(by: hour - meeting.start).recurring(newStretch(from: 0))
            }
        case 14 where meeting.isSeries:
            // One that is where its name says is the same reminder under either name.
            let dates = meeting.happenings.filter { $0.original == $0.start }
            if let left = random.pick(dates)?.original { meeting = meeting.becomingSingle(left) }
        case 14 where !isTied:
            if starts.allSatisfy({ $0 == meeting.start || (meeting.start - $0) % 86_400 != 0 }) {
                meeting = meeting.becomingSeries(newStretch(from: meeting.ownDay))
            }
        case 10: meeting.length = random.number(Int64(1)...8) * 1_800
        case 11 where meeting.isSeries:
            // No whole days away from any hour that it had, so that the names tell its hours apart.
            let shifts = (1...600).map { shift + $0 * 60 }
            let shift = shifts.first { shift in !starts.contains { (meeting.start + shift - $0) % 86_400 == 0 } }
            meeting = meeting.shifted(by: shift ?? 0)
        case 12 where meeting.isSeries: meeting = meeting.recurring(newStretch(from: dayOfChange(meeting)))
        case 13 where meeting.isSeries:
            if let original = random.pick(meeting.originals) { meeting = meeting.leavingOut(original) }
        case 0...2 where meeting.isSeries:
            if let original = random.pick(meeting.dates) { meeting.moved[original] = original + shift }
        case 3 where meeting.isSeries:
            if let original = random.pick(meeting.dates) {
                if meeting.cancelled.remove(original) == nil { meeting.cancelled.insert(original) }
            }
        case 0...4 where !meeting.isSeries: meeting.start += shift
        case 5: meeting.start += meeting.isSeries ? 0 : 86_400
        case 6: meeting.isCancelled.toggle()
        case 7:
            meeting.alarms = alarms()
            dropSome(of: &meeting)
        case 8: meeting.alarms.append(contentsOf: alarms().prefix(1))
        default:
            if random.chance(0.6) { return nil }
            if random.chance(0.5) { dropSome(of: &meeting) }
        }
        return meeting
    }
}
