/// The interfaces of a service by their names, `org.varlink.service` among them.
public struct ServiceDirectory: Sendable {
    private let interfaces: [String: any ServiceInterface]

    /// Of two interfaces with the same name, the later one answers.
    ///
    /// Throws only if this library's own description of `org.varlink.service` were broken.
    public init(
        information: ServiceInformation, interfaces: [any ServiceInterface]
    ) throws(InterfaceDescriptionError) {
        let varlinkService = try VarlinkService(information: information, interfaces: interfaces.map(\.description))
        let all = interfaces + [varlinkService]
        self.interfaces = Dictionary(all.map { ($0.description.name, $0) }, uniquingKeysWith: { $1 })
    }

    /// The interface that answers `call`.
    ///
    /// Throws `InterfaceNotFound`, `MethodNotFound` for a method that the interface does not declare,
    /// and `InvalidParameter` for a call that wants to upgrade, which none here offers.
    public func interface(for call: Call) throws(ErrorReply) -> any ServiceInterface {
        guard let interface = interfaces[call.interface] else { throw .interfaceNotFound(call.interface) }
        let declared = interface.description.methods
        guard declared.contains(where: { "\(call.interface).\($0.name)" == call.method }) else {
            throw .methodNotFound(call.method)
        }
        if call.upgrade { throw .invalidParameter("upgrade") }
        return interface
    }
}

/// Who made a service, and what it is.
public struct ServiceInformation: Hashable, Sendable {
    public let vendor: String
    public let product: String
    public let version: String
    /// Where to read more.
    public let url: String

    public init(vendor: String, product: String, version: String, url: String) {
        self.vendor = vendor
        self.product = product
        self.version = version
        self.url = url
    }
}
