import ConveneAPI
import ConveneTestSupport
import Foundation
import Glibc
import Testing

/// Varlink clients that others wrote: the packages 'varlink' and 'asyncvarlink' of PyPI.
@Suite("Clients that others wrote", .ownThread)
struct ForeignClientTests {
    @Test("Python's varlink lists the interfaces, and prints the description as it stands in the sources")
    func introspects() async throws {
        let daemon = try await RunningDaemon.started()
        let info = try await varlink("info", "unix:\(daemon.socketPath)")
        let version = ConveneVersion.current
        #expect(
            info == """
                Vendor: convene
                Product: convened
                Version: \(version)
                URL: https://github.com/convene/convene
                Interfaces:
                   org.varlink.service
                   org.convene.Schedule

                """)

        let description = try String(contentsOf: interfaceFile, encoding: .utf8)
        let help = try await varlink("help", "unix:\(daemon.socketPath)/org.convene.Schedule")
        #expect(help == description + "\n")
        let reply = try await varlink(
            "call", "unix:\(daemon.socketPath)/org.varlink.service.GetInterfaceDescription",
            #"{"interface": "org.convene.Schedule"}"#)
        #expect(try JSONDecoder().decode([String: String].self, from: Data(reply.utf8)) == ["description": description])
    }

    @Test("Python's varlink adds a meeting, lists it, streams the list, and shows a typed error")
    func calls() async throws {
        let daemon = try await RunningDaemon.started()
        let service = "unix:\(daemon.socketPath)/org.convene.Schedule"
        for day in [20, 21] {
            let added = try await varlink(
                "call", "\(service).Add",
                #"{"meeting": {"summary": "Talks", "when": "2030-09-\#(day) 11:00 Tokyo"}, "zoneOfReader": null}"#)
            #expect(added.contains(#""startsAt": "2030-09-\#(day)T11:00:00+09:00""#))
        }

        let listed = try await varlink("call", "\(service).List", #"{"zoneOfReader": "Asia/Seoul"}"#)
        #expect(listed.components(separatedBy: #""summary": "Talks""#).count == 3)
        let streamed = try await varlink("call", "-m", "\(service).List", "{}")
        #expect(streamed.components(separatedBy: #""summary": "Talks""#).count == 3)

        // Its status is 0 all the same; the error is on standard error.
        let refused = try await run(["-m", "varlink.cli", "call", "\(service).Show", #"{"reference": "lunch"}"#])
        #expect(refused.output == "")
        #expect(
            refused.errors == """
                {'error': 'org.convene.Schedule.NoSuchMeeting', \
                'parameters': {'reference': 'lunch', 'suggestions': []}}

                """)
    }

    @Test("asyncvarlink finds every answer and every error as the description says")
    func typed() async throws {
        let daemon = try await RunningDaemon.started()
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "foreign_clients.py").path
        let client = try await run([script, daemon.socketPath])
        #expect(client.ending == .exited(0), "\(client.errors)")
    }

    private var interfaceFile: URL {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/ConveneAPI/org.convene.Schedule.varlink")
    }

    private func varlink(_ arguments: String...) async throws -> String {
        let client = try await run(["-m", "varlink.cli"] + arguments)
        #expect(client.errors == "")
        return client.output
    }

    private func run(_ arguments: [String]) async throws -> (
        ending: ChildProcess.Ending, output: String, errors: String
    ) {
        let python = try #require(
            getenv("CONVENE_PYTHON").map { String(cString: $0) },
            "CONVENE_PYTHON names no Python with the packages varlink and asyncvarlink; run 'make test', which sets it")
        let process = try ChildProcess(python, arguments, environment: ["PYTHONIOENCODING": "utf-8"])
        return (try await process.end(within: .seconds(60)), process.output, process.errors)
    }
}
