import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

// Who holds which office, and where parties have their seats.
extension MeetingBook {
    func setHolder(_ request: SetHolder.Parameters, _ desk: Desk) async throws -> SetHolder.Reply {
        let facts = facts(desk)
        return try await write(desk) { transaction in
            let view = transaction.schedule
            let office = try office(request.office, desk, view)
            guard !request.person.isEmpty else { throw MeetingProblem.summaryMissing }
            try CoreMeeting.check(request.person, field: "person", limit: 100)
            let since = try request.since.map { text in
                try reading("since") { try BetweenPhrase.date(text, in: desk.context()) }
            }
            let said = ConveneCore.Tenure(office: office, person: request.person, since: since)
            let tenure = try view.beginning(said, on: desk.today, isBack: true)
            let seat = desk.cities.seat(of: office.party)
            try transaction.learn(Party(name: office.party, city: seat?.label, zone: seat?.identifier))
            let changes = try holderChanges(of: [office], desk, transaction) { try transaction.learn(tenure) }
            let words = tenure.since.map { ", since \($0.words)" } ?? ""
            try transaction.logRegister(name: office.name, .init(verb: "office", what: "\(request.person)\(words)"))
            try announce(changes, cause: transaction.lastRecord, transaction)
            var coming: [WireOccurrence] = []
            for number in try view.numbers(withOffice: office, limit: 50) {
                guard coming.count < 10, let meeting = try view.meeting(number) else { continue }
                let next = try meeting.occurrences(endingAfter: desk.now, limit: 2, in: zones) { $0.status.reminds }
                coming += try next.map { try facts.occurrence($0, of: meeting) }
            }
            return SetHolder.Reply(tenure: WireTenure(tenure), coming: coming)
        }
    }

    func tenures(_ request: GetTenures.Parameters, _ desk: Desk) async throws -> GetTenures.Reply {
        try await store.read { view in
            let found: [ConveneCore.Tenure]
            if let text = request.office {
                found = try view.tenures(of: try office(text, desk, view))
            } else if let person = request.person {
                try CoreMeeting.check(person, field: "person", limit: 100)
                found = try view.tenures(of: person)
            } else {
                found = try view.tenures(limit: 200)
            }
            if found.isEmpty, let name = request.office ?? request.person {
                throw ScheduleError.notUnderstood(
                    field: "name", text: name, reason: "nobody of that name or office is known", suggestions: [])
            }
            return GetTenures.Reply(tenures: found.map(WireTenure.init))
        }
    }

    func parties(_ request: GetParties.Parameters, _ desk: Desk) async throws -> GetParties.Reply {
        if let name = request.name { try CoreMeeting.check(name, field: "name", limit: 100) }
        return try await store.read { view in
            guard let name = request.name else {
                return GetParties.Reply(parties: try view.parties(limit: 200).map(WireParty.init), tenures: [])
            }
            guard let party = try view.party(called: name) else {
                let known = try view.parties(limit: 200).map(\.name)
                throw ScheduleError.notUnderstood(
                    field: "name", text: name, reason: "no party of that name is known",
                    suggestions: SummarySuggestions.nearest(to: name, among: known))
            }
            return GetParties.Reply(
                parties: [WireParty(party)],
                tenures: try view.tenures(ofParty: party.name, limit: 200).map(WireTenure.init))
        }
    }

    func setParty(_ request: SetParty.Parameters, _ desk: Desk) async throws -> SetParty.Reply {
        try CoreMeeting.check(request.name, field: "name", limit: 100)
        let place = try desk.place(request.city, field: "city")
        return try await write(desk) { transaction in
            guard !request.name.isEmpty else { throw MeetingProblem.summaryMissing }
            try transaction.learn(Party(name: request.name, city: place.label, zone: place.identifier))
            try transaction.logRegister(name: request.name, .init(verb: "party", what: "seat \(place.label)"))
            return SetParty.Reply(name: request.name, city: place.label, zone: place.identifier)
        }
    }

    private func office(_ text: String, _ desk: Desk, _ view: ScheduleView) throws -> Office {
        try CoreMeeting.check(text, field: "office", limit: 200)
        let office = BetweenPhrase.office(text) { name in
            desk.cities.seat(of: name) != nil || (try? view.party(called: name)) ?? nil != nil
        }
        guard let office else {
            throw ScheduleError.notUnderstood(
                field: "office", text: text, reason: "an office has a party and a title", suggestions: ["Japan FM"])
        }
        return try view.office(office) ?? office
    }
}

typealias Party = ConveneCore.Party
typealias WireParty = ConveneAPI.Party
typealias WireTenure = ConveneAPI.Tenure

extension WireParty {
    init(_ party: Party) { self.init(name: party.name, city: party.city, zone: party.zone) }
}

extension ScheduleView {
    /// A tenure as it is meant: who is named without a date in an office that somebody else holds has it from today on.
    ///
    /// - Parameter isBack: also who held it before has it again from today on; else only a meeting named him.
    func beginning(
        _ tenure: ConveneCore.Tenure, on today: CivilDate, isBack: Bool = false
    ) throws -> ConveneCore.Tenure {
        guard tenure.since == nil else { return tenure }
        let known = try tenures(of: tenure.office)
        guard let holder = known.first(where: { $0.covers(today) }) else { return tenure }
        let person = Folding.fold(tenure.person)
        let isKnown =
            isBack ? Folding.fold(holder.person) == person : known.contains { Folding.fold($0.person) == person }
        guard !isKnown else { return tenure }
        return ConveneCore.Tenure(office: tenure.office, person: tenure.person, since: .day(today))
    }
}

extension WireTenure {
    init(_ tenure: ConveneCore.Tenure) {
        self.init(
            party: tenure.office.party, office: tenure.office.title, person: tenure.person,
            since: tenure.since?.words, until: tenure.until?.iso8601)
    }
}
