/// A method of an interface, known when the program is compiled.
///
/// Parameters and replies are structures; an optional member that is `nil` is omitted on the wire.
public protocol VarlinkMethod: Sendable {
    associatedtype Parameters: Codable & Sendable
    associatedtype Reply: Codable & Sendable

    /// The name with its interface: `org.example.Interface.Method`.
    static var name: String { get }
}

/// The parameters of a method that takes none, and the reply of one that has nothing to tell: `{}`.
public struct Empty: Codable, Hashable, Sendable {
    public init() {}

    public init(from decoder: any Decoder) throws {
        // Anything but an object is an error; left to itself, the compiler would not look.
        _ = try decoder.container(keyedBy: MemberKey.self)
    }
}
