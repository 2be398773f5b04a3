import Testing
import Varlink

@Suite("Interface descriptions")
struct InterfaceDescriptionTests {
    @Test("A description is read, and its text kept")
    func reads() throws {
        let text = """
            # Talks, once a month.
            interface org.example.Talks

            # Forward references are fine.
            method Next (from: ?string, # where
              limit: int) -> (talks: []Talk, by_party: ?[string]Talk)
            type Talk (summary: string, state: (proposed, held), after: ?Talk, extra: object)
            error NoSuchTalk ( number: int )
            type State (open, shut)
            method Stop()->()

            """
        let found = try InterfaceDescription(text: text)
        #expect(found.text == text)
        #expect(found.name == "org.example.Talks")
        #expect(found.methods.map(\.name) == ["Next", "Stop"])
        #expect(found.types.map(\.name) == ["Talk", "State"])
        #expect(found.errors.map(\.name) == ["NoSuchTalk"])
        #expect(found.types[1].type == .enumeration(["open", "shut"]))
        #expect(found.methods[0].parameters.map(\.type) == [.optional(.string), .int])
        #expect(found.methods[0].reply.map(\.type) == [.array(.named("Talk")), .optional(.map(.named("Talk")))])
    }

    @Test(
        "What the grammar allows is accepted",
        arguments: [
            "type T ()", "type T (a)", "type T (a: ?[]?[string](x, y))", "type T (a: [][string]int)",
            "type T (type: string, method: bool, error: float, Upper: object)",
            "method M() -> ()\nmethod M2() -> ()", "method M(a:int,b:int)->(c:int)",
            "error E ()", "# only a comment", "", "type A (b: B)\n#\n\ntype B (a: ?A)",
        ])
    func accepts(members: String) throws {
        _ = try InterfaceDescription(text: "interface org.example.I\n" + members)
    }

    @Test(
        "Mistakes are found, with the place",
        arguments: [
            ("type T (a: U)", "line 2, column 12: the type 'U' is not declared"),
            ("type T (a: int, a: int)", "line 2, column 17: 'a' for the second time"),
            ("type T ()\nmethod T() -> ()", "line 3, column 8: 'T' for the second time"),
            ("type T (a: ??int)", "line 2, column 13: a second '?'"),
            ("type T (a: []?)", "line 2, column 15: a type expected"),
            ("type T (a: int, b)", "line 2, column 18: ':' expected"),
            ("type T (a, b: int)", "line 2, column 13: ')' expected"),
            ("type T (a: int,)", "line 2, column 16: a field's name expected"),
            ("type T (a__b: int)", "line 2, column 9: a field's name expected"),
            ("type T (a_: int)", "line 2, column 9: a field's name expected"),
            ("type T (1a: int)", "line 2, column 9: a field's name expected"),
            ("type t ()", "line 2, column 6: a name expected that begins with a capital"),
            ("method A_b() -> ()", "line 2, column 8: a name expected that begins with a capital"),
            ("method M() ()", "line 2, column 12: '->' expected"),
            ("method M(a, b) -> ()", "line 2, column 9: a structure expected, not an enumeration"),
            ("error E", "line 2, column 8: '(' expected"),
            ("typeT ()", "line 2, column 1: 'type', 'method' or 'error' expected"),
            ("type T ()\r\n", "line 2, column 10: 'type', 'method' or 'error' expected"),
        ])
    func refuses(members: String, reason: String) {
        let error = #expect(throws: InterfaceDescriptionError.self) {
            try InterfaceDescription(text: "interface org.example.I\n" + members)
        }
        #expect(error?.description == reason)
    }

    @Test(
        "An interface's name has two labels or more",
        arguments: ["example", "org..example", ".org.example", "org.example.", "org.-example", "1org.example", ""])
    func names(name: String) {
        #expect(throws: InterfaceDescriptionError.self) { try InterfaceDescription(text: "interface \(name)\n") }
    }

    @Test("Types inside one another without end are refused")
    func depth() {
        for opening in ["(a: ", "[]", "[string]"] {
            let text = "interface org.example.I\ntype T (a: " + String(repeating: opening, count: 100_000)
            #expect(throws: InterfaceDescriptionError.self) { try InterfaceDescription(text: text) }
        }
    }

    @Test("A description cut off anywhere, or with a byte changed, is read or refused, never more")
    func mutations() {
        let text = Array("interface org.a\ntype T (a: ?[]T, b: (x, y)) # c\nmethod M() -> (t: T)".utf8)
        for position in text.indices {
            _ = try? InterfaceDescription(text: String(decoding: text[..<position], as: UTF8.self))
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[position] = byte
                _ = try? InterfaceDescription(text: String(decoding: changed, as: UTF8.self))
            }
        }
    }
}
