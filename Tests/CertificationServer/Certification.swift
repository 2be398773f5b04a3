import Synchronization
import Varlink

/// The interface org.varlink.certification: a client has to make its calls in a fixed order, each with what
/// the last one returned.
final class Certification: ServiceInterface {
    static let name = "org.varlink.certification"

    let description: InterfaceDescription
    /// The step that each client has to take next.
    private let progress = Mutex<(nextStep: [String: Int], clientCount: Int)>(([:], 0))

    init() throws(InterfaceDescriptionError) {
        description = try InterfaceDescription(text: Self.text)
    }

    func respond(to call: Call, from peer: Peer, with replies: any ReplySink) async throws {
        if call.method == "\(Self.name).Start" {
            _ = try call.parameters(as: Empty.self)
            try await replies.send(["client_id": .string(start())] as JSONValue)
            return
        }
        let (client, step) = try take(call)
        try check(call, is: step, of: client)
        for (index, reply) in step.replies.enumerated() {
            try await replies.send(reply, continues: index < step.replies.count - 1)
        }
    }

    private func start() -> String {
        progress.withLock { progress in
            progress.clientCount += 1
            let client = "client-\(progress.clientCount)"
            progress.nextStep[client] = 0
            return client
        }
    }

    /// The client's next step, which counts as taken whether the call is right or not.
    private func take(_ call: Call) throws -> (client: String, step: CertificationStep) {
        guard case .string(let client)? = call.parameters["client_id"] else {
            throw ErrorReply.invalidParameter("client_id")
        }
        return try progress.withLock { progress in
            guard let number = progress.nextStep[client] else {
                throw ErrorReply(name: "\(Self.name).ClientIdError")
            }
            let isLast = number == CertificationStep.all.count - 1
            progress.nextStep[client] = isLast ? nil : number + 1
            return (client, CertificationStep.all[number])
        }
    }

    private func check(_ call: Call, is step: CertificationStep, of client: String) throws {
        let wants = step.call(of: client)
        guard call.method == wants.method, call.more == wants.more, call.oneway == wants.oneway,
            call.parameters.simplified == wants.parameters.simplified
        else {
            if call.method == wants.method, wants.more, !call.more { throw ErrorReply.expectedMore }
            throw ErrorReply(
                name: "\(Self.name).CertificationError",
                parameters: [
                    "wants": ["method": .string(wants.method), "parameters": wants.parameters],
                    "got": ["method": .string(call.method), "parameters": call.parameters],
                ])
        }
    }
}

extension JSONValue {
    /// Without what makes no difference in Varlink: `null` members, and fractions that are none.
    fileprivate var simplified: JSONValue {
        switch self {
        case .object(let members): .object(members.filter { $0.value != .null }.mapValues(\.simplified))
        case .array(let elements): .array(elements.map(\.simplified))
        case .number(let number): Int64(exactly: number).map(JSONValue.integer) ?? self
        default: self
        }
    }
}
