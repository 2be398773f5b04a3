import ConveneAPI
import ConveneTestSupport
import Testing
import Varlink

/// The interface file, the types of ConveneAPI and the daemon say the same.
@Suite("The interface", .ownThread)
struct ContractTests {
    private let interface: InterfaceDescription

    init() throws {
        interface = try InterfaceDescription(text: ScheduleInterface.description)
    }

    @Test("Every method's parameters and reply are in Swift what the file says, down to what is optional")
    func types() throws {
        let described = interface.methods.map { method in
            MethodShape(
                name: "\(interface.name).\(method.name)", parameters: TypeShape(method.parameters, in: interface),
                reply: TypeShape(method.reply, in: interface))
        }
        let written = try ContractTests.methods.map { try MethodShape($0) }
        for method in written {
            #expect(method == described.first { $0.name == method.name })
        }
        #expect(Set(written.map(\.name)) == Set(described.map(\.name)))
    }

    @Test("Every error is in Swift what the file says")
    func errors() throws {
        let described = interface.errors.map { error in
            ErrorShape(
                name: "\(interface.name).\(error.name)",
                parameters: Dictionary(
                    uniqueKeysWithValues: error.parameters.map { ($0.name, TypeShape($0.type, in: interface)) }))
        }
        let written = ContractTests.errors.map { ErrorShape($0.reply) }
        #expect(Set(written) == Set(described))
        for error in ContractTests.errors { #expect(ScheduleError(error.reply) == error) }
    }

    @Test("The daemon answers every method, and serves the file as it is")
    func answers() async throws {
        let daemon = try await RunningDaemon.started()
        for method in interface.methods {
            let connection = try RawConnection(path: daemon.socketPath)
            connection.send(Array(#"{"method":"\#(interface.name).\#(method.name)"}"#.utf8) + [0])
            let reply = try #require(try connection.receive(), "\(method.name)")
            for error in ["MethodNotFound", "MethodNotImplemented", "InterfaceNotFound"] {
                #expect(!reply.contains("org.varlink.service.\(error)"), "\(method.name): \(reply)")
            }
            // What it refuses, it refuses in the file's words.
            if let name = reply.firstMatch(of: /"error":"org\.convene\.Schedule\.(\w+)"/)?.1 {
                #expect(interface.errors.contains { $0.name == name }, "\(reply)")
            }
        }
    }
}

private struct MethodShape: Hashable {
    let name: String
    let parameters: TypeShape
    let reply: TypeShape

    init(name: String, parameters: TypeShape, reply: TypeShape) {
        self.name = name
        self.parameters = parameters
        self.reply = reply
    }

    init<Method: VarlinkMethod>(_ method: Method.Type) throws {
        name = Method.name
        parameters = try TypeShape(of: Method.Parameters.self)
        reply = try TypeShape(of: Method.Reply.self)
    }
}

private struct ErrorShape: Hashable {
    let name: String
    let parameters: [String: TypeShape]

    init(name: String, parameters: [String: TypeShape]) {
        self.name = name
        self.parameters = parameters
    }

    /// From a reply whose lists all have elements.
    init(_ reply: ErrorReply) {
        name = reply.name
        guard case .object(let members) = reply.parameters else {
            parameters = [:]
            return
        }
        parameters = members.mapValues(ErrorShape.shape)
    }

    private static func shape(_ value: JSONValue) -> TypeShape {
        switch value {
        case .bool: .bool
        case .string: .string
        case .array(let elements): .array(elements.first.map(shape) ?? .object)
        // The only object in an error is a candidate; its members were compared with those of the methods.
        case .object: (try? TypeShape(of: Candidate.self)) ?? .object
        case .null: .object
        default: .int
        }
    }
}

extension ContractTests {
    private static let methods: [any VarlinkMethod.Type] = [
        Add.self, AddAlarm.self, AddMany.self, Cancel.self, Check.self, Confirm.self, Decline.self, Delete.self,
        Edit.self,
        Fix.self,
        AddNote.self, GetParties.self, GetProgramme.self, GetRounds.self, GetTenures.self, Merge.self, SetHolder.self,
        SetParty.self,
        Postpone.self, Propose.self, Skip.self,
        Ack.self, Snooze.self, GetMissed.self, GetLog.self, GetSettings.self, ChangeSettings.self, GetStatus.self,
        Held.self, List.self, Move.self, Overview.self, Preview.self, PreviewRule.self,
        PreviewRules.self, Rehearse.self, RemoveAlarm.self, Show.self, TestNotification.self, Undo.self, Watch.self,
    ]

    /// One of each.
    private static let errors: [ScheduleError] = [
        .noSuchMeeting(reference: "lunch", suggestions: ["launch"]),
        .ambiguousReference(
            reference: "talks",
            candidates: [Candidate(number: 1, summary: "Talks", status: .confirmed, next: nil)]),
        .noSuchOccurrence(reference: "talks", date: "2019-09-20", nearest: ["2019-09-27"]),
        .occurrenceRequired(reference: "talks", nearest: ["2019-09-27"]),
        .notUnderstood(
            field: "when", text: "31 sep", position: 0, length: 6, reason: "there is no 31 September",
            suggestions: ["30 sep"]),
        .invalidRecurrenceRule(text: "FREQ=NEVER", position: 5, reason: "no frequency"),
        .unknownZone(name: "Mars/Olympus", suggestions: ["Asia/Tokyo"]),
        .notPossible(number: 1, summary: "Talks", reason: "it is over", hint: "plan another"),
        .staleRevision(expected: 1, found: 2),
        .nothingToUndo(reason: "nothing was changed"),
        .undoConflict(record: "1", number: 1, reason: "it was changed since"),
        .notRehearsing,
        .tooMuch(what: "meetings", limit: 1_000),
        .storageFailed(reason: "the disk is full", hint: "make room"),
    ]
}
