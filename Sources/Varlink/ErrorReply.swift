/// A reply that tells what is wrong, named by its interface: `org.example.Interface.NoSuchThing`.
public struct ErrorReply: Error, Hashable, Sendable {
    /// The name with its interface.
    public let name: String
    /// An object, with the members that the interface declares for this error.
    public let parameters: JSONValue

    public init(name: String, parameters: JSONValue = [:]) {
        self.name = name
        self.parameters = parameters
    }
}

/// The errors that every service has (varlink.org, "The org.varlink.service Interface").
extension ErrorReply {
    public static func interfaceNotFound(_ interface: String) -> ErrorReply {
        standard("InterfaceNotFound", ["interface": .string(interface)])
    }

    public static func methodNotFound(_ method: String) -> ErrorReply {
        standard("MethodNotFound", ["method": .string(method)])
    }

    /// The interface declares the method, but this service does not offer it.
    public static func methodNotImplemented(_ method: String) -> ErrorReply {
        standard("MethodNotImplemented", ["method": .string(method)])
    }

    /// A parameter is missing, unknown, or of another type; a nested one is named by its path, `alarm.offset`.
    public static func invalidParameter(_ parameter: String) -> ErrorReply {
        standard("InvalidParameter", ["parameter": .string(parameter)])
    }

    public static let permissionDenied = standard("PermissionDenied", [:])

    /// The method answers with several replies, but the call did not say `more`.
    public static let expectedMore = standard("ExpectedMore", [:])

    private static func standard(_ error: String, _ parameters: JSONValue) -> ErrorReply {
        ErrorReply(name: "\(VarlinkService.name).\(error)", parameters: parameters)
    }
}

extension ErrorReply {
    /// Names the parameter at which decoding failed.
    init(_ error: DecodingError) {
        let path: [any CodingKey] =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            case .keyNotFound(let key, let context):
                context.codingPath + [key]
            @unknown default:
                []
            }
        self = .invalidParameter(path.isEmpty ? "parameters" : path.map(\.stringValue).joined(separator: "."))
    }
}
