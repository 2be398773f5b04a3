/// An answer to a call, as it leaves a service or arrives at a client.
public struct Reply: Hashable, Sendable {
    /// The name of the error with its interface; `nil` for success.
    public let error: String?
    /// An object; empty if the reply had no parameters.
    public let parameters: JSONValue
    /// Further replies to the same call will follow.
    public let continues: Bool

    public init(error: String? = nil, parameters: JSONValue = [:], continues: Bool = false) {
        self.error = error
        self.parameters = parameters
        self.continues = continues
    }

    /// The parameters of a success. Throws `ErrorReply` for anything else.
    public func get() throws(ErrorReply) -> JSONValue {
        if let error { throw ErrorReply(name: error, parameters: parameters) }
        return parameters
    }
}

// MARK: - On the wire

/// Why a frame is no reply: a sentence for the log.
public struct MalformedReply: Error, Hashable, Sendable {
    public let reason: String
}

extension Reply {
    /// Reads a reply from a frame without its final NUL. Members that Varlink does not know are passed over.
    public init(frame: [UInt8]) throws(MalformedReply) {
        let message: JSONValue
        do {
            message = try JSONValue(json: frame)
        } catch {
            throw MalformedReply(reason: "not JSON: \(error)")
        }
        guard case .object = message else { throw MalformedReply(reason: "a message that is no object") }

        var reply = (error: String?.none, parameters: JSONValue.object([:]), continues: false)
        switch message["error"] {
        case nil: break
        case .string(let name): reply.error = name
        default: throw MalformedReply(reason: "an error that is no string")
        }
        switch message["parameters"] {
        case nil: break
        case .object(let members): reply.parameters = .object(members)
        default: throw MalformedReply(reason: "parameters that are no object")
        }
        switch message["continues"] {
        case nil: break
        case .bool(let value): reply.continues = value
        default: throw MalformedReply(reason: "continues that is no boolean")
        }
        self.init(error: reply.error, parameters: reply.parameters, continues: reply.continues)
    }

    /// The frame of a success, without its final NUL.
    static func frame(parameters: JSONText, continues: Bool) -> [UInt8] {
        var frame = Array("{\"parameters\":".utf8)
        frame += parameters.bytes
        if continues { frame += ",\"continues\":true".utf8 }
        frame.append(UInt8(ascii: "}"))
        return frame
    }

    /// The frame of an error, without its final NUL.
    static func frame(_ error: ErrorReply) throws -> [UInt8] {
        var frame = Array("{\"error\":".utf8)
        frame += try JSONText(encoding: error.name).bytes
        frame += ",\"parameters\":".utf8
        frame += try JSONText(encoding: error.parameters).bytes
        frame.append(UInt8(ascii: "}"))
        return frame
    }
}
