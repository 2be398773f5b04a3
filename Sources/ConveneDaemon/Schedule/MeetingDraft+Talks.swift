import ConveneAPI
import ConveneCore
import ConveneStore
import Recurrence
import ZonedTime

// What was typed about rounds, and about who meets.
extension MeetingDraft {
    /// How it is held in rounds, and the segment whose windows are its periods; `nil` where it is not.
    func rounds(_ sides: [SaidSide]) throws -> (Rounds, Segment, remarks: [String])? {
        guard let text = typed.rounds else {
            guard typed.hosts == nil, typed.number == nil else {
                throw ScheduleError.notUnderstood(
                    field: "rounds", text: "", position: 0, length: 0,
                    reason: "hosts and numbers belong to rounds", suggestions: ["--rounds monthly"])
            }
            return nil
        }
        guard typed.repeat == nil, typed.duration == nil else {
            throw ScheduleError.notUnderstood(
                field: "rounds", text: text, reason: "the date and length of each round are agreed one by one",
                suggestions: [])
        }
        let named = try namedPlace()
        let zone = try named.map { try desk.zones.zone(named: $0.identifier) } ?? desk.reader
        let from = try typed.when.map { when in
            try reading("when") { try WhenPhrase.parse(when, in: desk.context(in: zone)) }.form.days?.lowerBound
        }
        let day = (from ?? nil) ?? zone.reading(at: desk.now).date
        let (cadence, segment) = try periods(text, around: day, zone, city: named?.label)
        let (hosts, remarks) = try hosts(sides.compactMap(\.side.party))
        let number = typed.number ?? 1
        guard number >= 1, number < 1_000_000 else {
            throw ScheduleError.notUnderstood(
                field: "number", text: "\(number)", position: 0, length: "\(number)".count,
                reason: "rounds are counted from 1 on", suggestions: [])
        }
        return (Rounds(cadence: cadence, hosts: hosts, firstNumber: number), segment, remarks)
    }

    /// Who takes turns, as typed; a party that meets brings its seat.
    func hosts(_ parties: [Party]) throws -> ([Party], remarks: [String]) {
        var remarks: [String] = []
        let hosts = try (typed.hosts ?? []).flatMap { $0.split(separator: ",") }.map { name throws -> Party in
            let name = name.split(separator: " ").joined(separator: " ")
            try CoreMeeting.check(name, field: "hosts", limit: 100)
            if let party = parties.first(where: { $0.isCalled(name) }) {
                return Party(name: name, city: party.city, zone: party.zone)
            }
            let party = Party(naming: name, desk)
            if party.zone == nil { remarks.append("The seat of \(name) is not known: convene party \"\(name)\" CITY.") }
            return party
        }
        return (hosts, remarks)
    }

    /// How often talks are held, and their periods; the first is the one that holds a day.
    func periods(
        _ text: String, around day: CivilDate, _ zone: TimeZone, city: String?
    ) throws -> (Cadence, Segment) {
        let cadence = Cadence(typed: text) ?? .custom
        var periods = cadence.periods(around: day)
        if periods == nil {
            let series = try reading("rounds") {
                try RecurrencePhrase.parse(text, in: desk.context(in: zone), from: day)
            }
            periods = (series.rule, series.firstDate)
        }
        guard let (rule, first) = periods else { throw MeetingProblem.neverOccurs }
        // The longest of the periods decides how far back a search looks.
        guard let firstDay = Timing(.window, first: first, last: first, zone: zone.identifier, city: city) else {
            throw MeetingProblem.endBeforeStart
        }
        var segment = Segment(firstDay, status: .possible, rule: rule)
        let starts = Array(segment.recurrenceSet(in: .utc).starts(from: segment.timing.start).prefix(120))
        let longest = zip(starts.dropFirst(), starts).map { $0.date.days(since: $1.date) }.max() ?? 31
        guard longest <= 3_650, let last = first.advanced(byDays: longest - 1),
            let timing = Timing(.window, first: first, last: last, zone: zone.identifier, city: city)
        else { throw MeetingProblem.tooLong(days: 3_650) }
        segment.timing = timing
        return (cadence, segment)
    }

    /// Who meets, with the seats of their parties.
    func sides(_ view: ScheduleView?) throws -> [SaidSide] {
        guard let text = typed.between else { return [] }
        try CoreMeeting.check(text, field: "between", limit: 2_000)
        let isParty = { (name: String) in
            desk.cities.seat(of: name) != nil || (try? view?.party(called: name)) ?? nil != nil
        }
        let said = try reading("between") {
            try BetweenPhrase.parse(text, in: desk.context(), isParty: isParty)
        }
        return try said.map { said in
            var side = said.side
            if let name = side.party?.name {
                let known = try view?.party(called: name)
                let seat = known?.zone == nil ? desk.cities.seat(of: name) : nil
                side.party = Party(
                    name: name, city: known?.city ?? seat?.label, zone: known?.zone ?? seat?.identifier)
            }
            return SaidSide(side: side, since: said.since)
        }
    }
}

extension ScheduleTransaction {
    /// Remembers who was named with a meeting.
    func learn(_ sides: [SaidSide], on today: CivilDate) throws {
        for said in sides {
            guard let party = said.side.party else { continue }
            try learn(party)
            guard let title = said.side.office else { continue }
            let office = Office(party: party.name, title: title)
            try learn(office)
            guard let person = said.side.person else { continue }
            try learn(try schedule.beginning(Tenure(office: office, person: person, since: said.since), on: today))
        }
    }
}
