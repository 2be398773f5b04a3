import ArgumentParser
import ConveneAPI
import ConveneDaemon
import Glibc

/// The program `convened`: keeps the schedule, and says what is due.
@main
struct Convened: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convened",
        abstract: "Keeps meetings in SQLite, says what is due in the journal, and serves org.convene.Schedule.",
        discussion: """
            Runs in the foreground. As a user it keeps the schedule in ~/.local/state/convene/convene.db and listens \
            on $XDG_RUNTIME_DIR/convene/org.convene.Schedule; a passed socket (LISTEN_FDS) takes precedence.

            Environment: TZDIR (time zones), CONVENE_JOURNAL_SOCKET and CONVENE_JOURNAL_DIRECTORY (another journal).
            """,
        version: ConveneVersion.current)

    @Option(help: ArgumentHelp("The SQLite file; for a rehearsal, the one to copy.", valueName: "path"))
    var database: String?

    @Option(help: ArgumentHelp("The Unix socket to listen on.", valueName: "path"))
    var socket: String?

    @Option(help: ArgumentHelp("Rehearse from that time on, on a temporary database.", valueName: "time"))
    var rehearse: String?

    func run() throws {
        do {
            try Daemon.run(DaemonOptions(database: database, socket: socket, rehearse: rehearse))
        } catch {
            let sentence = Array("convened: \(error)\n".utf8)
            write(STDERR_FILENO, sentence, sentence.count)
            throw ExitCode(1)
        }
    }
}
