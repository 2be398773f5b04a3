import ZonedTime

// The day's sheets: reminders without a meeting, of which there is always a next one.
extension Checker {
    /// The day's sheet was decided otherwise; `nil` where it is off.
    ///
    /// - Parameters:
    ///   - moment: what was due by then is past, and need not be said.
    ///   - isSlip: the last agreement is taken back at once: what that took back is owed as before.
    func agreed(_ new: AgreedSheets?, at now: Int64, owedSince moment: Int64, isSlip: Bool) {
        passes(now)
        let before = sheetReminders
        sheets = new
        sheetsUpTo = highestWall + Checker.sheetsAhead
        change(from: before, to: sheetReminders, since: moment, at: now, isSlip: isSlip)
    }

    /// Those of the present setting that are known by now.
    private var sheetReminders: Set<AgreedReminder> {
        Set(sheets.map { sheets in sheets.readings(after: nil, through: sheetsUpTo).map(sheets.reminder) } ?? [])
    }

    /// Time goes on, and more of them come in sight.
    func extendSheets(isForced: Bool = false) {
        let isEnough = sheetsUpTo >= highestWall + Checker.sheetsAhead - 2 * 86_400
        guard let sheets, isForced || !isEnough else { return }
        let readings = sheets.readings(after: sheetsUpTo, through: highestWall + Checker.sheetsAhead)
        sheetsUpTo = highestWall + Checker.sheetsAhead
        for reminder in readings.map(sheets.reminder) where standings[reminder] == nil { set(reminder, .pending) }
    }

    /// So many seconds of a wall clock.
    private static let sheetsAhead: Int64 = 12 * 86_400

    func isAgreed(_ reminder: AgreedReminder) -> Bool {
        reminder.isSheet
            ? sheets.map { $0.reminder(reminder.start) == reminder } ?? false
            : meetings[reminder.uid]?.reminders.contains(reminder) ?? false
    }

    /// `…/digest:ID/READING[ZONE]`.
    func sheet(_ front: [Substring], _ start: Int64, _ zone: String) -> AgreedReminder? {
        guard front.count >= 2, front[front.count - 2].hasPrefix(AgreedSheets.prefix) else { return nil }
        return names[AgreedReminder.name("", String(front[front.count - 2]), nil, start, zone, nil)]
    }

    /// It names its own hour, unless it stands for others too.
    func sheetAppeared(
        _ reminder: AgreedReminder, _ kind: String, _ entry: SimulatedJournal.Entry, _ fields: [String: String]
    ) throws {
        count(kind == "missed" ? .sheetMissed : .sheet)
        let isAlone = entry.fields.count { $0.name == "CONVENE_NOTIFICATION_ID" } == 1
        guard isAlone, !isBeingDerived, let named = fields["CONVENE_DUE"].flatMap({ Instant(rfc3339: $0) }) else {
            return
        }
        if named.secondsSinceEpoch != due(reminder) {
            throw Violation(description: "the sheet of \(due(reminder)) says that it is of \(named.secondsSinceEpoch)")
        }
    }
}
