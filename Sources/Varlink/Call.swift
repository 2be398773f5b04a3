/// A method call, as it arrives at a service or leaves a client.
public struct Call: Hashable, Sendable {
    /// The method's name with its interface: `org.example.Interface.Method`.
    public let method: String
    /// An object; empty if the call had no parameters.
    public let parameters: JSONValue
    /// The client is ready for several replies.
    public let more: Bool
    /// The client wants no reply, not even an error.
    public let oneway: Bool
    /// The client wants to speak another protocol after the reply.
    public let upgrade: Bool

    public init(
        method: String, parameters: JSONValue = [:], more: Bool = false, oneway: Bool = false, upgrade: Bool = false
    ) {
        self.method = method
        self.parameters = parameters
        self.more = more
        self.oneway = oneway
        self.upgrade = upgrade
    }

    /// The method's interface: everything before the last dot.
    public var interface: String {
        method.lastIndex(of: ".").map { String(method[..<$0]) } ?? ""
    }

    /// The parameters as the type that the method expects.
    ///
    /// Throws `InvalidParameter`, naming the first parameter that is missing, unknown or of another type.
    public func parameters<Parameters: Decodable>(as type: Parameters.Type) throws(ErrorReply) -> Parameters {
        do {
            return try parameters.decode(as: type, unknownMembers: .refused)
        } catch let error as DecodingError {
            throw ErrorReply(error)
        } catch let error as ErrorReply {
            throw error
        } catch {
            throw .invalidParameter("parameters")
        }
    }
}

// MARK: - On the wire

/// Why a frame is no call.
public struct CallError: Error, Hashable, Sendable {
    /// What the caller is told.
    public let reply: ErrorReply
    /// What is wrong, for the log.
    public let reason: String

    init(member: String, reason: String) {
        reply = .invalidParameter(member)
        self.reason = reason
    }

    init(_ error: JSONError) {
        self.init(member: "(message) \(error)", reason: "not JSON: \(error)")
    }

    init(_ error: FrameError) {
        self.init(member: "(message) \(error)", reason: error.description)
    }
}

extension Call {
    /// Reads a call from a frame without its final NUL.
    public init(frame: [UInt8]) throws(CallError) {
        let message: JSONValue
        do {
            message = try JSONValue(json: frame)
        } catch {
            throw CallError(error)
        }
        guard case .object(let members) = message else {
            throw CallError(member: "(message)", reason: "a message that is no object")
        }
        var call = Members()
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where value != .null {
            try call.take(name, value)
        }
        guard let method = call.method else { throw CallError(member: "method", reason: "a call without method") }
        self.init(
            method: method, parameters: call.parameters, more: call.more, oneway: call.oneway, upgrade: call.upgrade)
    }

    private struct Members {
        var method: String?
        var parameters: JSONValue = [:]
        var more = false
        var oneway = false
        var upgrade = false

        mutating func take(_ name: String, _ value: JSONValue) throws(CallError) {
            switch (name, value) {
            case ("method", .string(let value)): method = value
            case ("parameters", .object): parameters = value
            case ("more", .bool(let value)): more = value
            case ("oneway", .bool(let value)): oneway = value
            case ("upgrade", .bool(let value)): upgrade = value
            // A flag that this side does not know may change what the call means.
            default: throw CallError(member: name, reason: "a call with a bad or unknown member '\(name)'")
            }
        }
    }

    /// The frame of a call to `method`, without its final NUL.
    ///
    /// `parameters` must encode an object. Throws `EncodingError` for what JSON cannot hold.
    public static func frame(
        method: String, parameters: some Encodable, more: Bool = false, oneway: Bool = false
    ) throws -> [UInt8] {
        var frame = Array("{\"method\":".utf8)
        frame += try JSONText(encoding: method).bytes
        frame += ",\"parameters\":".utf8
        frame += try JSONText(encoding: parameters).bytes
        if more { frame += ",\"more\":true".utf8 }
        if oneway { frame += ",\"oneway\":true".utf8 }
        frame.append(UInt8(ascii: "}"))
        return frame
    }
}
