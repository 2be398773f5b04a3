import ConveneTestSupport

/// A session at the shell: lines that begin with `$ ` are typed, and what follows each is what it prints.
struct Transcript {
    private let commands: [String]

    init(_ text: String) {
        commands = text.split(separator: "\n").filter { $0.hasPrefix("$ convene") }.map { String($0.dropFirst(2)) }
    }

    /// Types the same again, and returns the session as it went.
    func replayed(on daemon: RunningDaemon) async throws -> String {
        var text = ""
        for command in commands {
            let outcome = try await daemon.run(Array(words(of: command).dropFirst()))
            text += "$ \(command)\n" + outcome.output + outcome.errors
            if outcome.status != 0 { text += "[\(outcome.status)]\n" }
        }
        return text
    }

    /// Splits as a shell does, as far as double quotes go.
    private func words(of command: String) -> [String] {
        var words: [String] = []
        for (index, part) in command.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            if index.isMultiple(of: 2) {
                words += part.split(separator: " ").map(String.init)
            } else {
                words.append(String(part))
            }
        }
        return words
    }
}
