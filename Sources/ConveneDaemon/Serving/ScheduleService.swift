import ConveneAPI
import ConveneCore
import ConveneStore
import Varlink

/// Answers the calls of `org.convene.Schedule`: decodes, calls one verb, encodes.
struct ScheduleService: ServiceInterface {
    let description: InterfaceDescription
    private let book: MeetingBook
    private let journal: JournalDesk
    private let watch: ChangeWatch
    private let checks: CheckDesk
    private let rehearsal: Rehearsal?

    init(
        book: MeetingBook, journal: JournalDesk, watch: ChangeWatch, checks: CheckDesk, rehearsal: Rehearsal?
    ) throws {
        description = try InterfaceDescription(text: ScheduleInterface.description)
        self.book = book
        self.journal = journal
        self.watch = watch
        self.checks = checks
        self.rehearsal = rehearsal
    }

    func respond(to call: Call, from peer: Peer, with replies: any ReplySink) async throws {
        do {
            try await answer(Request(call: call, author: UserNames.author(of: peer), replies: replies))
        } catch {
            if let error = ScheduleError.translating(error) as? ScheduleError { throw error.reply }
            throw error
        }
    }

    func errorReply(for error: any Error) -> ErrorReply {
        if case ReplyError.tooLarge(let limit) = error {
            return ScheduleError.tooMuch(what: "bytes in one reply", limit: limit).reply
        }
        return ScheduleError.storageFailed(
            reason: "the daemon could not answer (\(error))", hint: "see its log: journalctl -t convened-log"
        ).reply
    }

    /// One call, with what its answer needs.
    private struct Request {
        let call: Call
        let author: Author
        let replies: any ReplySink

        func read<Method: VarlinkMethod>(_ method: Method.Type) throws -> Method.Parameters {
            try call.parameters(as: Method.Parameters.self)
        }
    }

    private func answer(_ request: Request) async throws {
        switch request.call.method {
        case Add.name, AddMany.name, Edit.name, Move.name, Fix.name, Confirm.name, Cancel.name, Held.name, Delete.name,
            AddAlarm.name, RemoveAlarm.name, Undo.name, Propose.name, Decline.name, Postpone.name, Merge.name,
            Skip.name,
            AddNote.name, SetHolder.name, SetParty.name, ChangeSettings.name,
            ConveneAPI.Snooze.name, Ack.name:
            try await change(request)
        case ConveneAPI.List.name: try await list(request)
        case Watch.name: try await follow(request)
        case Rehearse.name: try await rehearse(request)
        default: try await look(request)
        }
    }

    // MARK: What changes the schedule

    private func change(_ request: Request) async throws {
        let author = request.author
        let replies = request.replies
        switch request.call.method {
        case Add.name:
            let asked = try request.read(Add.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Add.Reply(change: try await book.add(asked.meeting, desk)))
        case AddMany.name:
            let asked = try request.read(AddMany.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(AddMany.Reply(numbers: try await book.addMany(asked.meetings, desk)))
        case Edit.name:
            let asked = try request.read(Edit.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Edit.Reply(change: try await book.edit(asked, desk)))
        case Move.name:
            let asked = try request.read(Move.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Move.Reply(change: try await book.move(asked, desk)))
        case Fix.name:
            let asked = try request.read(Fix.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Fix.Reply(change: try await book.fix(asked, desk)))
        case Confirm.name:
            let asked = try request.read(Confirm.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Confirm.Reply(change: try await book.confirm(asked, desk)))
        case Propose.name, Decline.name, Postpone.name, Merge.name, Skip.name:
            try await agree(request)
        case AddNote.name:
            let asked = try request.read(AddNote.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.note(asked, desk))
        case SetHolder.name:
            let asked = try request.read(SetHolder.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.setHolder(asked, desk))
        case SetParty.name:
            let asked = try request.read(SetParty.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.setParty(asked, desk))
        default:
            try await end(request)
        }
    }

    private func agree(_ request: Request) async throws {
        let author = request.author
        let replies = request.replies
        switch request.call.method {
        case Propose.name:
            let asked = try request.read(Propose.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Propose.Reply(change: try await book.propose(asked, desk)))
        case Decline.name:
            let asked = try request.read(Decline.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Decline.Reply(change: try await book.decline(asked, desk)))
        case Postpone.name:
            let asked = try request.read(Postpone.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Postpone.Reply(change: try await book.postpone(asked, desk)))
        case Merge.name:
            let asked = try request.read(Merge.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Merge.Reply(change: try await book.merge(asked, desk)))
        default:
            let asked = try request.read(Skip.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Skip.Reply(change: try await book.skip(asked, desk)))
        }
    }

    private func end(_ request: Request) async throws {
        let author = request.author
        let replies = request.replies
        switch request.call.method {
        case Cancel.name:
            let asked = try request.read(Cancel.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Cancel.Reply(change: try await book.cancel(asked, desk)))
        case Held.name:
            let asked = try request.read(Held.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(Held.Reply(change: try await book.held(asked, desk)))
        case Delete.name:
            let asked = try request.read(Delete.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.delete(asked, desk))
        case AddAlarm.name:
            let asked = try request.read(AddAlarm.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(AddAlarm.Reply(change: try await book.addAlarm(asked, desk)))
        case RemoveAlarm.name:
            let asked = try request.read(RemoveAlarm.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(RemoveAlarm.Reply(change: try await book.removeAlarm(asked, desk)))
        case ConveneAPI.Snooze.name:
            let asked = try request.read(ConveneAPI.Snooze.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(ConveneAPI.Snooze.Reply(change: try await book.snooze(asked, desk)))
        case Ack.name:
            let asked = try request.read(Ack.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.acknowledge(asked, desk))
        case ChangeSettings.name:
            let asked = try request.read(ChangeSettings.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.changeSettings(asked, desk))
        case Undo.name:
            let asked = try request.read(Undo.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.undo(asked, desk))
        default:
            throw ErrorReply.methodNotFound(request.call.method)
        }
    }

    // MARK: What looks at it

    private func look(_ request: Request) async throws {
        let author = request.author
        let replies = request.replies
        switch request.call.method {
        case Overview.name:
            let asked = try request.read(Overview.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            var overview = try await book.overview(desk)
            overview.problem = try await journal.unsaid(desk)
            try await replies.send(overview)
        case Show.name:
            let asked = try request.read(Show.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.show(asked, desk))
        case GetProgramme.name:
            let asked = try request.read(GetProgramme.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.programme(asked, desk))
        case GetParties.name:
            let asked = try request.read(GetParties.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.parties(asked, desk))
        case GetTenures.name:
            let asked = try request.read(GetTenures.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.tenures(asked, desk))
        case GetRounds.name:
            let asked = try request.read(GetRounds.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.rounds(asked, desk))
        case Preview.name:
            let asked = try request.read(Preview.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try book.preview(asked, desk))
        case PreviewRule.name:
            try await replies.send(try book.answer(try request.read(PreviewRule.self)))
        case PreviewRules.name:
            let asked = try request.read(PreviewRules.self)
            try await book.answer(asked.questions, streams: request.call.more) {
                try await replies.send($0, continues: $1)
            }
        case GetLog.name:
            let asked = try request.read(GetLog.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(GetLog.Reply(records: try await book.log(asked, desk)))
        case GetMissed.name:
            let asked = try request.read(GetMissed.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.missed(asked, desk))
        case GetSettings.name:
            let asked = try request.read(GetSettings.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await book.settings(desk))
        case GetStatus.name:
            let asked = try request.read(GetStatus.self)
            let desk = try book.desk(zoneOfReader: asked.zoneOfReader, author)
            try await replies.send(try await journal.status(desk))
        case TestNotification.name:
            _ = try request.read(TestNotification.self)
            try await replies.send(try await journal.test())
        case Check.name:
            let asked = try request.read(Check.self)
            try await replies.send(try await checks.check(rebuilding: asked.rebuild ?? false))
        default:
            throw ErrorReply.methodNotFound(request.call.method)
        }
    }

    private func list(_ request: Request) async throws {
        let asked = try request.read(ConveneAPI.List.self)
        let desk = try book.desk(zoneOfReader: asked.zoneOfReader, request.author)
        let query = try book.query(asked, streams: request.call.more, desk)
        if request.call.more {
            try await book.list(query, desk) { try await request.replies.send($0, continues: $1) }
        } else {
            var occurrences: [ConveneAPI.Occurrence] = []
            try await book.list(query, desk) { reply, _ in occurrences += reply.occurrences }
            try await request.replies.send(ConveneAPI.List.Reply(occurrences: occurrences))
        }
    }

    private func follow(_ request: Request) async throws {
        guard request.call.more else { throw ErrorReply.expectedMore }
        let asked = try request.read(Watch.self)
        let desk = try book.desk(zoneOfReader: asked.zoneOfReader, request.author)
        try await watch.follow(after: asked.after, book.facts(desk)) {
            try await request.replies.send($0, continues: true)
        }
    }

    private func rehearse(_ request: Request) async throws {
        let asked = try request.read(Rehearse.self)
        guard let rehearsal else { throw ScheduleError.notRehearsing }
        let desk = try book.desk(zoneOfReader: asked.zoneOfReader, request.author)
        let target = try reading("to") { try InstantPhrase.parse(asked.to, in: desk.context()) }
        if request.call.more {
            try await rehearsal.advance(to: target, book.facts(desk)) {
                try await request.replies.send($0, continues: $1)
            }
        } else {
            var said: [ConveneAPI.Notification] = []
            var now = ""
            try await rehearsal.advance(to: target, book.facts(desk)) { reply, _ in
                said += reply.notifications
                now = reply.now
            }
            try await request.replies.send(Rehearse.Reply(now: now, notifications: said))
        }
    }
}
