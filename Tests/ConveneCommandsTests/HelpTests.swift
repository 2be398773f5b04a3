import Testing

@Suite("What the program says about itself")
struct HelpTests {
    @Test("How to add rounds, windows and what hangs on others fits one screen; every option is one word away")
    func helpOnOneScreen() throws {
        let help = try Program.run(["add", "--help"])
        #expect(help.status == 0)
        let lines = help.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 31 && lines.last == "" && lines.allSatisfy { $0.count <= 80 })
        // The example goes on in a second line, as a shell takes it.
        #expect(
            help.output.contains(
                """
                convene add "DG talks" --rounds monthly --host Tokyo,Seoul \\
                    --between "Kim Jung-han (ROK DG), Shigeki Takizaki (Japan DG since sep)"

                """))
        for word in ["some day", "--rounds", "--after", "--sidelines", "--if", "--help-hidden"] {
            #expect(help.output.contains(word))
        }
        let all = try Program.run(["add", "--help-hidden"]).output
        for option in [
            "--place", "--zone", "--note", "--number", "--batch", "--chunk", "--quiet", "--socket", "--json",
        ] {
            #expect(all.contains(option))
        }
    }
}
