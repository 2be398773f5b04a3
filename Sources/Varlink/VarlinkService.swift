/// The interface `org.varlink.service`, through which a service describes itself.
public struct VarlinkService: ServiceInterface {
    /// The interface's name.
    public static let name = "org.varlink.service"

    public struct GetInfo: VarlinkMethod {
        public static let name = "\(VarlinkService.name).GetInfo"
        public typealias Parameters = Empty

        public struct Reply: Codable, Hashable, Sendable {
            public let vendor: String
            public let product: String
            public let version: String
            public let url: String
            /// The names of the service's interfaces.
            public let interfaces: [String]
        }
    }

    public struct GetInterfaceDescription: VarlinkMethod {
        public static let name = "\(VarlinkService.name).GetInterfaceDescription"

        public struct Parameters: Codable, Hashable, Sendable {
            /// The interface's name.
            public let interface: String

            public init(interface: String) { self.interface = interface }
        }

        public struct Reply: Codable, Hashable, Sendable {
            /// The interface description's text.
            public let description: String
        }
    }

    public let description: InterfaceDescription
    private let information: ServiceInformation
    private let descriptions: [InterfaceDescription]

    init(
        information: ServiceInformation, interfaces: [InterfaceDescription]
    ) throws(InterfaceDescriptionError) {
        description = try InterfaceDescription(text: Self.text)
        self.information = information
        descriptions = [description] + interfaces
    }

    public func respond(to call: Call, from peer: Peer, with replies: any ReplySink) async throws {
        switch call.method {
        case GetInfo.name:
            _ = try call.parameters(as: GetInfo.Parameters.self)
            try await replies.send(info)
        case GetInterfaceDescription.name:
            let parameters = try call.parameters(as: GetInterfaceDescription.Parameters.self)
            guard let found = descriptions.first(where: { $0.name == parameters.interface }) else {
                throw ErrorReply.interfaceNotFound(parameters.interface)
            }
            try await replies.send(GetInterfaceDescription.Reply(description: found.text))
        default:
            throw ErrorReply.methodNotFound(call.method)
        }
    }

    private var info: GetInfo.Reply {
        GetInfo.Reply(
            vendor: information.vendor, product: information.product, version: information.version,
            url: information.url, interfaces: descriptions.map(\.name))
    }
}
