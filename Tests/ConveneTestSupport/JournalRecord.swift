internal import Foundation

/// An entry as `journalctl` shows it: the values of each field, in their order.
public struct JournalRecord: Hashable, Sendable {
    public let fields: [String: [String]]

    /// The first value of a field.
    public subscript(name: String) -> String? { fields[name]?.first }

    /// Those fields of a name that begins with `CONVENE_`.
    public var ours: [String: String] {
        fields.filter { $0.key.hasPrefix("CONVENE_") }.compactMapValues(\.first)
    }

    /// Reads a line of `journalctl -o json`.
    init(_ line: some DataProtocol) throws {
        fields = try JSONDecoder().decode([String: Values].self, from: Data(line)).mapValues(\.texts)
    }

    /// `journalctl` writes a text, a list of texts for a field that is repeated, or null for one that is too long.
    private struct Values: Decodable {
        let texts: [String]

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                texts = [text]
            } else {
                texts = (try? value.decode([String].self)) ?? []
            }
        }
    }
}

extension PrivateJournald {
    /// What `journalctl` finds, the oldest first: `-t convened`, `CONVENE_KIND=reminder`, …
    public func entries(_ matches: String...) async throws -> [JournalRecord] {
        try await entries(matches)
    }

    private func entries(_ matches: [String]) async throws -> [JournalRecord] {
        let command = ["--directory", directory, "--quiet", "--no-pager", "--all", "--output", "json"] + matches
        let journalctl = try ChildProcess("journalctl", command)
        try await journalctl.end()
        return try journalctl.output.utf8.split(separator: UInt8(ascii: "\n")).map { try JournalRecord(Array($0)) }
    }

    /// Waits until `journalctl` finds at least so many.
    public func entries(
        _ matches: String..., count: Int, within bound: Duration = .seconds(20)
    ) async throws -> [JournalRecord] {
        try await eventually("\(count) journal entries \(matches)", within: bound) {
            let found = try await entries(matches)
            return found.count >= count ? found : nil
        }
    }
}
