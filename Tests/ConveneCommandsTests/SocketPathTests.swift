import Testing

@testable import ConveneCommands

@Suite("Where the daemon is looked for")
struct SocketPathTests {
    private func find(
        option: String? = nil, _ environment: [String: String] = [:], existing: Set<String> = []
    ) -> SocketPath {
        SocketPath.find(option: option, environment: { environment[$0] }, exists: { existing.contains($0) })
    }

    private let user = "/run/user/1000/convene/org.convene.Schedule"
    private let system = "/run/convene/org.convene.Schedule"
    private let runtime = ["XDG_RUNTIME_DIR": "/run/user/1000"]

    @Test("The option comes first, then CONVENE_SOCKET, whether they exist or not")
    func given() {
        let environment = ["CONVENE_SOCKET": "/tmp/b", "XDG_RUNTIME_DIR": "/run/user/1000"]
        #expect(find(option: "/tmp/a", environment, existing: [user]).path == "/tmp/a")
        #expect(find(environment, existing: [user]).path == "/tmp/b")
        #expect(find(["CONVENE_SOCKET": "", "XDG_RUNTIME_DIR": "/run/user/1000"], existing: [user]).path == user)
    }

    @Test("Then the user's, then the system's: the first that exists")
    func firstThatExists() {
        #expect(find(runtime, existing: [user, system]) == SocketPath(path: user, passedOver: []))
        #expect(find(runtime, existing: [system]) == SocketPath(path: system, passedOver: []))
        #expect(find([:], existing: [system]) == SocketPath(path: system, passedOver: []))
        #expect(
            find(["XDG_RUNTIME_DIR": "run"], existing: ["run/convene/org.convene.Schedule", system]).path == system)
    }

    @Test("Where neither exists, both are named")
    func neither() {
        #expect(find(runtime) == SocketPath(path: user, passedOver: [user, system]))
        #expect(find() == SocketPath(path: system, passedOver: [system]))
    }
}

@Suite("What is known of the terminal")
struct TerminalTests {
    private func terminal(
        isTerminal: Bool = true, width: Int? = nil, _ color: ColorChoice = .auto, _ environment: [String: String] = [:]
    ) -> Terminal {
        Terminal(isTerminal: isTerminal, width: width, color: color, environment: { environment[$0] })
    }

    @Test("COLUMNS decides, then the terminal within reason, then 80")
    func columns() {
        #expect(terminal(width: 100, .auto, ["COLUMNS": "66"]).columns == 66)
        #expect(terminal(width: 100, .auto, ["COLUMNS": "wide"]).columns == 100)
        #expect(terminal(width: 300).columns == 120)
        #expect(terminal(width: 300, .auto, ["COLUMNS": "300"]).columns == 300)
        #expect(terminal(width: 7).columns == 40)
        #expect(terminal(isTerminal: false).columns == 80)
    }

    @Test("Colours only on a terminal, and not where NO_COLOR asks for none")
    func colours() {
        #expect(terminal().coloured)
        #expect(!terminal(isTerminal: false).coloured)
        #expect(!terminal(.auto, ["NO_COLOR": "1"]).coloured)
        #expect(terminal(.auto, ["NO_COLOR": ""]).coloured)
        #expect(!terminal(.auto, ["TERM": "dumb"]).coloured)
        #expect(terminal(isTerminal: false, .always, ["NO_COLOR": "1"]).coloured)
        #expect(!terminal(.never).coloured)
    }
}
