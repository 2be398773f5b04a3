import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

// Coming meetings of an office whose holder changes: who hears of it.
extension MeetingBook {
    /// A holder who is another for meetings that are to come.
    struct HolderChange {
        let office: Office
        let old: String
        let new: String
        /// The first day of the new one in office, where it is known.
        let since: CivilDate?
        /// The meetings, the newest first.
        let meetings: [CoreMeeting]
    }

    /// Runs `body`, which may change who holds these offices, and finds for which coming meetings it did.
    func holderChanges(
        of offices: [Office], _ desk: Desk, _ transaction: ScheduleTransaction, _ body: () throws -> Void
    ) throws -> [HolderChange] {
        let view = transaction.schedule
        let before = try offices.map { try view.tenures(of: $0) }
        try body()
        return try zip(offices, before).compactMap { office, before in
            let after = try view.tenures(of: office)
            guard after != before else { return nil }
            var persons: (old: String, new: ConveneCore.Tenure)?
            var meetings: [CoreMeeting] = []
            for number in try view.numbers(withOffice: office, limit: 50) {
                guard let meeting = try view.meeting(number) else { continue }
                let next = try meeting.occurrences(endingAfter: desk.now, limit: 2, in: zones) { $0.status.reminds }
                for date in next.map(\.timing.start.date) {
                    let holders = [before, after].map { tenures in tenures.first { $0.covers(date) } }
                    // Who was not known before is news to nobody.
                    guard let old = holders[0]?.person, let new = holders[1],
                        Folding.fold(old) != Folding.fold(new.person)
                    else { continue }
                    persons = persons ?? (old, new)
                    meetings.append(meeting)
                    break
                }
            }
            return persons.map {
                HolderChange(
                    office: office, old: $0.old, new: $0.new.person, since: $0.new.since?.first, meetings: meetings)
            }
        }
    }

    /// Owes an entry for each of them.
    func announce(_ changes: [HolderChange], cause: String, _ transaction: ScheduleTransaction) throws {
        for change in changes {
            try transaction.oweHolder(
                change.new, since: change.since, instead: change.old, of: change.office, at: change.meetings,
                record: cause)
        }
    }

    /// The offices whose holders were said together with who meets.
    func offices(of sides: [SaidSide]) -> [Office] {
        sides.compactMap { said in
            guard let party = said.side.party, let title = said.side.office, said.side.person != nil else { return nil }
            return Office(party: party.name, title: title)
        }
    }
}
