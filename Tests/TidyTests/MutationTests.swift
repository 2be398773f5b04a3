import Testing

/// The patches that take a safeguard out of the code, for the simulation to notice (`make mutations`).
@Suite("Mutations")
struct MutationTests {
    @Test("Each fits the code as it is")
    func fit() {
        let patches = Repository.files.filter { $0.hasPrefix("Tests/Mutations/") }
        #expect(patches.count == 9)
        for patch in patches {
            var file = ""
            var old: [Substring] = []
            var hunks = 0
            // An empty line ends the last hunk too.
            let lines = (Repository.text(patch) + "\n@@").split(separator: "\n", omittingEmptySubsequences: false)
            for line in lines {
                switch line.first {
                case "-" where line.hasPrefix("--- "): file = String(line.dropFirst(6))
                case "+": break
                case "-", " ": old.append(line.dropFirst())
                default:
                    guard !old.isEmpty else { continue }
                    hunks += 1
                    #expect(Repository.text(file).contains(old.joined(separator: "\n")), "\(patch), hunk \(hunks)")
                    old = []
                }
            }
            #expect(hunks > 0, "\(patch)")
        }
    }
}
