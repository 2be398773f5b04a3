import Testing

@Suite("The texts for journalctl -x")
struct CatalogTests {
    private let catalog = Repository.text("systemd/convene.catalog")

    /// What stands in these quotes in a file of the sources.
    private func literals(_ pattern: Regex<(Substring, Substring)>, in path: String) -> Set<String> {
        Set(Repository.text(path).matches(of: pattern).map { String($0.1) })
    }

    @Test("They name fields that entries have, and of a change also whose office it is")
    func fields() throws {
        let fields = literals(/"(CONVENE_\w+)"/, in: "Sources/ConveneCore/Reminders/EntryField.swift")
        let named = Set(catalog.matches(of: /@(\w+)@/).map { String($0.1) })
        #expect(!named.isEmpty && named.subtracting(fields) == [])
        let change = try #require(
            catalog.split(separator: "\n-- ").first { $0.hasPrefix("5f1d3cfa0a8c4c2b9ad0c1c0b8f7e205") })
        #expect(change.contains("@CONVENE_OFFICE@"))
    }
}
