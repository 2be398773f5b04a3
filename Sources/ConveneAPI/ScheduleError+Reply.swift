import FoundationEssentials
public import Varlink

// Swift writes an enum case as an object of one member, its name, that holds the case's values:
// but for a capital letter just what Varlink says of an error.
extension ScheduleError {
    private static let interface = "org.convene.Schedule."

    /// The error as Varlink carries it.
    public var reply: ErrorReply {
        guard let data = try? JSONEncoder().encode(self),
            let cases = try? JSONDecoder().decode([String: JSONValue].self, from: data),
            let (name, parameters) = cases.first
        else { return ErrorReply(name: ScheduleError.interface + "StorageFailed", parameters: .object([:])) }
        return ErrorReply(
            name: ScheduleError.interface + name.prefix(1).uppercased() + name.dropFirst(), parameters: parameters)
    }

    /// The error that a reply carries, or `nil` if it is none of this interface.
    public init?(_ reply: ErrorReply) {
        guard reply.name.hasPrefix(ScheduleError.interface) else { return nil }
        let name = reply.name.dropFirst(ScheduleError.interface.count)
        let member = name.prefix(1).lowercased() + name.dropFirst()
        guard let data = try? JSONEncoder().encode([member: reply.parameters]),
            let error = try? JSONDecoder().decode(ScheduleError.self, from: data)
        else { return nil }
        self = error
    }
}
