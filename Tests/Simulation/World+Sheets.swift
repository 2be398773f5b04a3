import ConveneCore
import ConveneDaemon
import ConveneStore
import Recurrence
import ZonedTime

extension AgreedSheets {
    /// The program's value of it.
    func digest() throws -> Digest {
        let rule = everyDays.map { "FREQ=DAILY;INTERVAL=\($0)" } ?? "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
        return Digest(id: id, start: civil(start), rule: try RecurrenceRule(rule), zone: zone)
    }
}

// What people decide about the day's sheet.
extension World {
    /// It is turned on, off, or set otherwise.
    func changeSheets(_ index: Int) async throws {
        let secretariat = secretariats[index]
        let isOff = secretariat.checker.sheets != nil && random.chance(0.6)
        try await setSheets(index, isOff ? nil : newSheets(), undoing: false, owedSince: nil)
        // What the journal then loses was said of a setting that is another since.
        if random.chance(0.15) { later(random.number(Int64(1)...120), .powerCut) }
    }

    /// - Parameter isUndo: takes the last decision back, as `undo` does.
    func setSheets(
        _ index: Int, _ sheets: AgreedSheets?, undoing isUndo: Bool, owedSince: Int64?
    ) async throws {
        let secretariat = secretariats[index]
        guard secretariat.isAlive, secretariat.openEdit == nil, let life = secretariat.life else { return }
        let before = secretariat.checker.sheets
        guard sheets != before else { return }
        let now = time.now
        let open = Secretariat.OpenEdit(
            what: .sheets(sheets), at: now.secondsSinceEpoch, owedSince: owedSince ?? now.secondsSinceEpoch,
            isSlip: owedSince != nil)
        note("\(secretariat.name) sheets at \(now.secondsSinceEpoch - World.start): \(String(describing: sheets))")
        do {
            let text = try sheets?.digest().text
            try await life.store.write(at: now, by: World.author) { transaction in
                if isUndo, let entry = try transaction.schedule.latestLogEntry(by: World.author.uid) {
                    try transaction.restoreRegister(before: entry)
                    try transaction.logRegister(
                        name: entry.summary, .init(verb: "undo", what: "undo", undoes: entry.id))
                } else {
                    try transaction.set(.digest, text, title: "The day's sheet", .init(verb: "remind", what: "sheet"))
                }
            }
            if try await settleDisk(index) {
                secretariat.openEdit = open
                return
            }
            secretariat.checker.agreed(sheets, at: open.at, owedSince: open.owedSince, isSlip: open.isSlip)
            secretariat.lastEdit = isUndo ? nil : (.sheets(before), open.at)
            secretariat.life?.parts.machine { $0.take(.scheduleEdited) }
        } catch {
            note("\(secretariat.name) sheets failed: \(error)")
            if try await settleDisk(index) { secretariat.openEdit = open }
        }
    }

    private func newSheets() -> AgreedSheets {
        let zone = random.pick(SimulatedZones.names) ?? "UTC"
        // A Monday, or another day of that week where every day will do.
        let monday = (wall / 86_400 + 3) / 7 * 7 - 3 + (random.pick([-7, 0, 0, 7]) ?? 0)
        let everyDays = random.chance(0.4) ? nil : random.pick([Int64(1), 2, 7])
        let day = monday + (everyDays == nil ? 0 : random.number(Int64(0)...6))
        return AgreedSheets(
            id: newID(), start: day * 86_400 + random.number(Int64(0)...47) * 1_800, zone: zone, everyDays: everyDays)
    }
}
