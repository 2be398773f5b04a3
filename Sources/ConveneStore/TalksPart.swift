import ConveneCore
import ZonedTime

/// What only some meetings have, as the log of changes keeps it.
struct TalksPart: Codable {
    private struct PartyPart: Codable {
        let name: String
        let city: String?
        let zone: String?

        init(_ party: Party) {
            name = party.name
            city = party.city
            zone = party.zone
        }

        var party: Party { Party(name: name, city: city, zone: zone) }
    }

    private struct RecordPart: Codable {
        let period: String
        let number: Int?
        let host: String?
        let ending: String?
        let reason: String?
    }

    private struct RoundsPart: Codable {
        let cadence: String
        let hosts: [PartyPart]
        let firstNumber: Int
        let records: [RecordPart]
    }

    private struct SidePart: Codable {
        let party: PartyPart?
        let office: String?
        let person: String?
    }

    private struct AnswerPart: Codable {
        let recurrenceID: String?
        let party: String
        let isYes: Bool
        let reason: String?
        let timing: MeetingSnapshot.TimingPart
    }

    private struct RelationPart: Codable {
        let kind: String
        let target: Int
        let recurrenceID: String?
    }

    private struct NotePart: Codable {
        let date: String
        let text: String
        let recurrenceID: String?
    }

    private struct SnoozePart: Codable {
        let id: String
        let recurrenceID: String?
        let trigger: String
    }

    private let rounds: RoundsPart?
    private let sides: [SidePart]
    private let answers: [AnswerPart]
    private let relations: [RelationPart]
    private let notes: [NotePart]
    /// Absent in records of earlier versions.
    private let snoozes: [SnoozePart]?

    /// `nil` for a meeting that has none of it.
    init?(_ meeting: Meeting) {
        guard PartRows.mask(of: meeting) != 0 else { return nil }
        rounds = meeting.rounds.map { rounds in
            RoundsPart(
                cadence: rounds.cadence.rawValue, hosts: rounds.hosts.map(PartyPart.init),
                firstNumber: rounds.firstNumber,
                records: rounds.records.map { record in
                    RecordPart(
                        period: record.period.iso8601, number: record.number, host: record.host,
                        ending: record.ending?.text, reason: record.reason)
                })
        }
        sides = meeting.sides.map {
            SidePart(party: $0.party.map(PartyPart.init), office: $0.office, person: $0.person)
        }
        answers = meeting.answers.map { answer in
            AnswerPart(
                recurrenceID: answer.recurrenceID?.iso8601, party: answer.party, isYes: answer.isYes,
                reason: answer.reason, timing: MeetingSnapshot.TimingPart(answer.timing))
        }
        relations = meeting.relations.map {
            RelationPart(kind: $0.kind.rawValue, target: $0.target, recurrenceID: $0.recurrenceID?.iso8601)
        }
        notes = meeting.notes.map {
            NotePart(date: $0.date.iso8601, text: $0.text, recurrenceID: $0.recurrenceID?.iso8601)
        }
        snoozes = meeting.snoozes.map {
            SnoozePart(id: $0.id, recurrenceID: $0.recurrenceID?.iso8601, trigger: $0.trigger.text)
        }
    }

    func restore(_ meeting: inout Meeting) throws {
        meeting.rounds = try rounds.map { part in
            Rounds(
                cadence: try read(part.cadence) { Cadence(rawValue: $0) }, hosts: part.hosts.map(\.party),
                firstNumber: part.firstNumber,
                records: try part.records.map { record in
                    RoundRecord(
                        try start(record.period), number: record.number, host: record.host,
                        ending: try record.ending.map { try read($0) { RoundRecord.Ending(text: $0) } },
                        reason: record.reason)
                })
        }
        meeting.sides = sides.map { Side(party: $0.party?.party, office: $0.office, person: $0.person) }
        meeting.answers = try answers.map { part in
            Answer(
                recurrenceID: try part.recurrenceID.map(start), party: part.party, isYes: part.isYes,
                reason: part.reason, timing: try part.timing.timing)
        }
        meeting.relations = try relations.map { part in
            Relation(
                try read(part.kind) { Relation.Kind(rawValue: $0) }, target: part.target,
                recurrenceID: try part.recurrenceID.map(start))
        }
        meeting.notes = try notes.map { part in
            DatedNote(
                date: try read(part.date) { CivilDate(iso8601: $0) }, text: part.text,
                recurrenceID: try part.recurrenceID.map(start))
        }
        meeting.snoozes = try (snoozes ?? []).map { part in
            Snooze(
                id: part.id, recurrenceID: try part.recurrenceID.map(start),
                trigger: try read(part.trigger) { AlarmTrigger(text: $0) })
        }
    }

    private func start(_ text: String) throws -> CivilDateTime {
        try read(text) { CivilDateTime(iso8601: $0) }
    }
}
