import ArgumentParser

/// A word in the place of a verb that is none. The parser, which takes it for an argument of the page for the morning,
/// would answer with the names of all verbs in one line.
struct UnknownVerb: Equatable {
    /// Options of every verb that have a value.
    private static let optionsWithValue: Set<String> = ["--socket", "--zone-of-reader", "--color"]

    let word: String
    /// `remind`, where the word stands behind that verb.
    let verb: String?
    /// A verb of that place a slip or two away.
    let suggestion: String?

    /// `nil` where the verb is known, or none was typed.
    init?(in arguments: [String]) {
        var rest = arguments[...]
        var command: any ParsableCommand.Type = ConveneCommand.self
        var verb: String?
        while let word = rest.popFirst() {
            if word == "--" { return nil }
            if word.hasPrefix("-") {
                if UnknownVerb.optionsWithValue.contains(word) { _ = rest.popFirst() }
                continue
            }
            let verbs = command.configuration.subcommands
            if verbs.isEmpty { return nil }
            if let known = verbs.first(where: { $0._commandName == word }) {
                verb = [verb, word].compactMap(\.self).joined(separator: " ")
                command = known
                continue
            }
            // The parser's own.
            if word == "help", verb == nil { return nil }
            self.word = word
            self.verb = verb
            suggestion = UnknownVerb.nearest(to: word, among: verbs.map { $0._commandName })
            return
        }
        return nil
    }

    var error: CommandError {
        let all = "All of them: convene help" + (verb.map { " \($0)" } ?? "")
        let question = suggestion.map { "did you mean '\($0)'? " } ?? ""
        return .usage(
            verb.map { "'\(word)' is nothing that 'convene \($0)' can do" } ?? "'\(word)' is no verb of convene",
            hint: question + all)
    }

    /// The name that was begun, or takes the fewest slips: at most two, of twice as many letters.
    private static func nearest(to word: String, among names: [String]) -> String? {
        if word.count > 1, let begun = names.first(where: { $0.hasPrefix(word.lowercased()) }) { return begun }
        let limit = min(2, word.count / 2)
        let counted = names.map { (name: $0, count: slips(from: Array(word.lowercased()), to: Array($0))) }
        return counted.filter { $0.count <= limit }.min { $0.count < $1.count }?.name
    }

    /// How many letters are wrong, missing, too many, or in the place of their neighbour.
    private static func slips(from typed: [Character], to meant: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...meant.count)
        for (row, letter) in typed.enumerated() {
            var present = [row + 1]
            for (column, other) in meant.enumerated() {
                var least = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, present[column] + 1)
                if row > 0, column > 0, letter == meant[column - 1], typed[row - 1] == other {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                present.append(least)
            }
            (beforeLast, last) = (last, present)
        }
        return last[meant.count]
    }
}
