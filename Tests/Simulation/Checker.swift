import ZonedTime

/// What was wrong with what the journal held.
struct Violation: Error, CustomStringConvertible {
    let description: String
}

/// Decides what the journal must hold, from what was agreed and from the policy alone.
///
/// It knows nothing of the program's store, machine or queue: it is told of agreements as they are acknowledged, and
/// of entries as people can see them.
final class Checker {
    enum Standing: Hashable {
        /// It will have to be said.
        case pending
        /// It was taken back before it was said; what was on its way by then may still arrive.
        case withdrawn(mayArrive: Bool)
        /// It was past when it was agreed.
        case past
        /// The journal holds, or held, it.
        case told
        /// It was late, and was not to be said then: for good.
        case dropped
        /// It was late, and perhaps dropped, when the clock was set back or the zone data changed; or people have read it
        /// in an entry that is gone. In time it may be said, but need not.
        case lapsed
    }

    struct Told {
        let entry: Int
        /// The start that people were told of; `nil` where they were told that it does not take place.
        let start: Int64?
        /// Whether a later difference is news: what was missed tells of no future.
        let counts: Bool
        let due: Int64
    }

    private let zones: SimulatedZones
    let time: AgreedTime
    let database: String
    let uids: Set<Int>
    var meetings: [String: AgreedMeeting] = [:]
    /// The day's sheet, and up to which wall-clock time its sheets are known here.
    var sheets: AgreedSheets?
    var sheetsUpTo: Int64 = .min
    /// The last length of each, also of those that are gone.
    var lengths: [String: Int64] = [:]
    /// What each was last, also of those that are gone.
    var forms: [String: Form] = [:]
    /// Where each series began, once and now: what was said of a date stays said of it, whatever it was called then.
    var starts: [String: Set<Int64>] = [:]
    /// Those that were moved since the backup that was brought back: the program cannot know that.
    var renamedSince: Set<String> = []
    private(set) var standings: [AgreedReminder: Standing] = [:]
    /// Those of them that are pending, and those that were taken back and may still arrive.
    var pending: Set<AgreedReminder> = []
    var straying: Set<AgreedReminder> = []
    private(set) var names: [String: AgreedReminder] = [:]
    /// Of each happening, what people can read of it, in order.
    var told: [String: [Told]] = [:]
    /// The entries that stand for each reminder.
    private var entries: [AgreedReminder: Set<Int>] = [:]
    private(set) var vacuumed: Set<Int> = []
    var hasBeenDue: Set<AgreedReminder> = []
    /// What people have read in an entry that the journal does not hold any more.
    private var readBefore: Set<AgreedReminder> = []
    /// What the last agreement took back although it was owed.
    private var takenBack: [AgreedReminder: Standing] = [:]
    /// And what it took back although it was told.
    private var toldAndTakenBack: Set<AgreedReminder> = []
    /// What was taken back and arrived nevertheless.
    var strays: Set<AgreedReminder> = []
    /// The clock, or what is to become of a late one, is another since nothing was under way: what is said now may have
    /// been decided before.
    var isUnsettled = false
    var highestWall: Int64 = .min
    var lastChangeOfPlan: Int64 = .min
    /// What was read of the questions about each meeting, in order; which were ever asked; and of which meetings a backup has
    /// brought back what is agreed, since it was last agreed.
    var asked: [String: [Asked]] = [:]
    var everAsked: Set<String> = []
    var restored: Set<String> = []
    private(set) var countTold = 0
    private(set) var countMissed = 0
    /// What was late and had to wait because others were.
    var waited: Set<AgreedReminder> = []
    var practices: [Practice: Int] = [:]
    private(set) var countChanges = 0

    init(zones: SimulatedZones, database: String, uids: Set<Int>) {
        self.zones = zones
        time = AgreedTime(zones: zones)
        self.database = database
        self.uids = uids
    }

    func set(_ reminder: AgreedReminder, _ standing: Standing) {
        standings[reminder] = standing
        names[reminder.name] = reminder
        if standing == .pending { pending.insert(reminder) } else { pending.remove(reminder) }
        if standing == .withdrawn(mayArrive: true) { straying.insert(reminder) } else { straying.remove(reminder) }
    }

    func replace(_ new: [AgreedReminder: Standing]) {
        standings = [:]
        pending = []
        straying = []
        for (reminder, standing) in new { set(reminder, standing) }
    }

    // MARK: Agreements

    /// An edit was acknowledged, made when the wall clock showed `now`; `meeting` is `nil` where it was deleted.
    ///
    /// - Parameters:
    ///   - moment: what was due by then is past, and need not be said.
    ///   - isSlip: the last agreement is taken back at once: what that took back is owed as before.
    func agreed(_ uid: String, _ meeting: AgreedMeeting?, at now: Int64, owedSince moment: Int64, isSlip: Bool) {
        passes(now)
        lastChangeOfPlan = max(lastChangeOfPlan, now)
        let before = Set(meetings[uid]?.reminders ?? [])
        if meetings[uid]?.dropping != meeting?.dropping {
            isUnsettled = true
            lapse(at: now) { $0.uid == uid }
        }
        if let old = meetings[uid], let meeting, old.isSeries {
            if old.start != meeting.start { seriesMoved(old) }
            if !meeting.isSeries {
                count(.singleAgain)
            } else if old.stretches != meeting.stretches || old.leftOut.count != meeting.leftOut.count {
                count(.ruleChanged)
            }
        }
        if let old = meetings[uid], !old.isSeries, meeting?.isSeries ?? false { count(.seriesSince) }
        meetings[uid] = meeting
        if let meeting { forms[uid] = Form(meeting) }
        if let meeting { lengths[uid] = meeting.length }
        if let meeting, meeting.isSeries { starts[uid, default: []].insert(meeting.start) }
        change(from: before, to: Set(meeting?.reminders ?? []), since: moment, at: now, isSlip: isSlip)
    }

    /// These are agreed instead of those.
    func change(
        from before: Set<AgreedReminder>, to after: Set<AgreedReminder>, since moment: Int64, at now: Int64,
        isSlip: Bool
    ) {
        let back = isSlip ? takenBack : [:]
        let toldBack = isSlip ? toldAndTakenBack : []
        (takenBack, toldAndTakenBack) = ([:], [])
        for reminder in before.subtracting(after) {
            if standings[reminder] == .told, strays.insert(reminder).inserted { toldAndTakenBack.insert(reminder) }
            guard let standing = standings[reminder], standing == .pending || standing == .lapsed else { continue }
            let wasOwed = due(reminder) <= highestWall || hasBeenDue.contains(reminder)
            if due(reminder) <= now { takenBack[reminder] = standing }
            set(reminder, .withdrawn(mayArrive: wasOwed))
        }
        for reminder in after {
            switch standings[reminder] {
            case .told: if due(reminder) > moment || toldBack.contains(reminder) { strays.remove(reminder) }
            case .pending: break
            // Past by a clock that was set back since is still to come.
            case .withdrawn, .past, .dropped, .lapsed, nil:
                if due(reminder) > moment {
                    set(reminder, .pending)
                } else if let standing = back[reminder] {
                    set(reminder, standing)
                } else if standings[reminder] == nil {
                    set(reminder, .past)
                }
            }
        }
    }

    /// The zone data is about to change.
    func willChangeZones(at now: Int64) {
        passes(now)
        lapse(at: now) { _ in true }
    }

    /// The zone data changed.
    func changedZones(at now: Int64) {
        passes(now)
        lastChangeOfPlan = max(lastChangeOfPlan, now)
    }

    /// The wall clock showed this.
    func passes(_ now: Int64) {
        guard now > highestWall else { return }
        highestWall = now
        extendSheets()
    }

    /// The wall clock is about to be set back.
    func willStepBack(from now: Int64) {
        passes(now)
        // A pause that began before counts by the new clock.
        for reminder in pending where due(reminder) <= now || reminder.isQuestion && !reminder.isAskedAgain {
            hasBeenDue.insert(reminder)
        }
        isUnsettled = true
        lapse(at: now) { _ in true }
    }

    /// The wall clock is about to be set forward.
    func willStepForward(from now: Int64) {
        passes(now)
        isUnsettled = true
    }

    /// What is late and was to be dropped then may be dropped already.
    private func lapse(at now: Int64, where isMeant: (AgreedReminder) -> Bool) {
        for reminder in pending
        where isMeant(reminder) && isDropping(reminder) && due(reminder) + Checker.grace <= now {
            hasBeenDue.insert(reminder)
            set(reminder, .lapsed)
        }
    }

    /// From so many seconds after its hour on, it is late.
    static let grace: Int64 = 60

    func isDropping(_ reminder: AgreedReminder) -> Bool {
        meetings[reminder.uid]?.dropping.contains(reminder.alarm.id) ?? false
    }

    func due(_ reminder: AgreedReminder) -> Int64 {
        time.due(reminder, length: lengths[reminder.uid] ?? 0)
    }

    // MARK: Entries

    /// An entry appeared in the journal.
    func appeared(_ entry: SimulatedJournal.Entry, at now: Int64) throws {
        passes(now)
        let fields = Dictionary(entry.fields.map { ($0.name, $0.value) }) { first, _ in first }
        let kind = fields["CONVENE_KIND"] ?? ""
        switch kind {
        case "fence", "test": return
        case "change": try changeAppeared(entry, fields)
        case "reminder", "missed", "open", "digest", "decision":
            for field in entry.fields where field.name == "CONVENE_NOTIFICATION_ID" {
                try reminderAppeared(field.value, kind, entry, fields)
            }
        default: throw Violation(description: "an entry of the kind '\(kind)'")
        }
    }

    private func reminderAppeared(
        _ identity: String, _ kind: String, _ entry: SimulatedJournal.Entry, _ fields: [String: String]
    ) throws {
        guard let (reminder, original) = question(named: identity).map({ ($0, nil) }) ?? reminder(named: identity)
        else {
            throw Violation(description: "nobody agreed on what is said: \(identity)")
        }
        guard entries[reminder, default: []].isEmpty else {
            throw Violation(description: "doubled: \(identity)")
        }
        switch standings[reminder] {
        case .pending, .lapsed, .told: strays.remove(reminder)
        case .withdrawn(mayArrive: true): strays.insert(reminder)
        case .withdrawn, .past, .dropped, nil:
            throw Violation(
                description: "said although it is not due (\(String(describing: standings[reminder]))): \(identity)")
        }
        let isOfKind = (kind == "digest") == reminder.isSheet && (kind == "decision") == reminder.isQuestion
        guard isOfKind || kind == "missed" else {
            throw Violation(description: "said as '\(kind)': \(identity)")
        }
        let due = due(reminder)
        // Two seconds to spare: it was in time when it was looked up.
        if isDropping(reminder), entry.sentAt >= due + Checker.grace + 2, !isUnsettled, !isBeingDerived {
            throw Violation(description: "said \(entry.sentAt - due) s late although it was to be dropped: \(identity)")
        }
        let isEarly = entry.sentAt < due && !hasBeenDue.contains(reminder) && standings[reminder] == .pending
        if isEarly, !isBeingDerived {
            throw Violation(description: "early by \(due - entry.sentAt) s: \(identity)")
        }
        if kind == "missed" {
            if !reminder.isSheet { countMissed += 1 }
            let until = time.usefulUntil(reminder, length: lengths[reminder.uid] ?? 0)
            if highestWall < until, !isBeingDerived {
                throw Violation(description: "missed although still of use: \(identity)")
            }
        }
        let until = time.usefulUntil(reminder, length: lengths[reminder.uid] ?? 0)
        if kind != "missed", entry.sentAt >= until + 2, !isUnsettled, !isBeingDerived {
            throw Violation(description: "said \(entry.sentAt - until) s after it was of use: \(identity)")
        }
        entries[reminder, default: []].insert(entry.number)
        set(reminder, .told)
        guard !reminder.isSheet else { return try sheetAppeared(reminder, kind, entry, fields) }
        guard !reminder.isQuestion else { return questionAppeared(reminder, identity, entry) }
        countTold += 1
        if reminder.alarm.id.hasPrefix(AgreedSnooze.prefix) { practices[.putOff, default: 0] += 1 }
        if isDropping(reminder) { practices[.saidThoughDroppable, default: 0] += 1 }
        let key = key(reminder.uid, original)
        let start = fields["CONVENE_START"].flatMap { Instant(rfc3339: $0) }?.secondsSinceEpoch
        told[key, default: []].append(
            Told(entry: entry.number, start: start, counts: kind != "missed", due: due))
    }

    private func changeAppeared(_ entry: SimulatedJournal.Entry, _ fields: [String: String]) throws {
        countChanges += 1
        let identity = fields["CONVENE_NOTIFICATION_ID"] ?? ""
        if try isTakenBack(identity, entry) { return }
        guard let uid = fields["CONVENE_MEETING"] else { throw Violation(description: "a change of nothing") }
        let original = fields["CONVENE_OCCURRENCE"].flatMap { CivilDateTime(iso8601: $0) }?.secondsSinceEpoch
        let key = key(uid, original)
        let start = fields["CONVENE_START"].flatMap { Instant(rfc3339: $0) }?.secondsSinceEpoch
        let due = fields["CONVENE_DUE"].flatMap { Instant(rfc3339: $0) }?.secondsSinceEpoch ?? entry.sentAt
        told[key, default: []].append(Told(entry: entry.number, start: start, counts: true, due: due))
    }

    /// Zone data changed, and the program may still have entries made from the old one under way.
    var isBeingDerived = false

    /// A power cut took these: they are to be said again.
    ///
    /// - Parameter isOpen: whether the last edit happened is not known yet.
    func lost(_ lost: [SimulatedJournal.Entry], isOpen: Bool) {
        let numbers = Set(lost.map(\.number))
        for (reminder, said) in entries where !said.isDisjoint(with: numbers) {
            entries[reminder] = said.subtracting(numbers)
            guard entries[reminder]?.isEmpty ?? true else { continue }
            // What was taken back is owed again only where its record was written before the power went.
            let isAgreed = isAgreed(reminder)
            let isOwed = isAgreed && !strays.contains(reminder) && !readBefore.contains(reminder)
            let mayArrive = isAgreed || isOpen || !reminder.isSheet
            // What people have read before, and is still said, may come in its time, also by a clock that was set back.
            let mayComeLater = isAgreed && !strays.contains(reminder)
            set(reminder, isOwed ? .pending : mayComeLater ? .lapsed : .withdrawn(mayArrive: mayArrive))
            hasBeenDue.insert(reminder)
        }
        for key in told.keys { told[key]?.removeAll { numbers.contains($0.entry) } }
        forget(numbers.contains)
    }

    /// These were vacuumed: people could read them, but the journal does not hold them any more.
    func vacuumed(_ gone: [SimulatedJournal.Entry]) {
        let numbers = Set(gone.map(\.number))
        vacuumed.formUnion(numbers)
        for (reminder, said) in entries where !said.isDisjoint(with: numbers) {
            entries[reminder] = said.subtracting(numbers)
            readBefore.insert(reminder)
        }
    }
}
