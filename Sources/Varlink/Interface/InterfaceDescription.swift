/// What an interface offers, read from its description in Varlink's interface definition language.
///
/// The text is kept byte for byte, comments and all, since it is what a service shows.
public struct InterfaceDescription: Hashable, Sendable {
    /// The interface's name: `org.example.Interface`.
    public let name: String
    /// The description as it was written.
    public let text: String
    /// In the order of the text, as are the others.
    public let types: [TypeAlias]
    public let methods: [Method]
    public let errors: [ErrorCase]

    /// A named type.
    public struct TypeAlias: Hashable, Sendable {
        public let name: String
        /// A structure or an enumeration.
        public let type: FieldType
    }

    public struct Method: Hashable, Sendable {
        /// The name without its interface.
        public let name: String
        public let parameters: [Field]
        public let reply: [Field]
    }

    public struct ErrorCase: Hashable, Sendable {
        /// The name without its interface.
        public let name: String
        public let parameters: [Field]
    }

    public struct Field: Hashable, Sendable {
        public let name: String
        public let type: FieldType
    }

    public indirect enum FieldType: Hashable, Sendable {
        case bool
        case int
        case float
        case string
        /// Any JSON value.
        case object
        /// A type that the interface names.
        case named(String)
        case optional(FieldType)
        case array(FieldType)
        /// An object whose members all have the type.
        case map(FieldType)
        case structure([Field])
        case enumeration([String])
    }

    /// Reads a description.
    ///
    /// Beyond the grammar, no name may be declared twice, and every type that is used must be declared.
    public init(text: String) throws(InterfaceDescriptionError) {
        var parser = InterfaceDescriptionParser(text: text)
        let members = try parser.parse()
        self.text = text
        name = members.name
        types = members.types
        methods = members.methods
        errors = members.errors
    }
}

/// Where a text stops being an interface description, and why.
public struct InterfaceDescriptionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1.
    public let line: Int
    /// In bytes, counted from 1.
    public let column: Int
    /// What is wrong: `'reply' expected`.
    public let reason: String

    public var description: String { "line \(line), column \(column): \(reason)" }
}
