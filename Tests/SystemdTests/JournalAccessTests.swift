import ConveneTestSupport
import Glibc
import Systemd
import Testing

@Suite("The right to read the journal", .ownThread)
struct JournalAccessTests {
    @Test("A journal that can be read, none yet, and no directory are told apart")
    func readableEmptyMissing() throws {
        let journald = try PrivateJournald()
        #expect(JournalAccess.check(directory: journald.directory) == .readable)
        #expect(JournalAccess.check(directory: journald.directory + "/none") == .missing)

        let empty = journald.directory + "/empty"
        #expect(mkdir(empty, 0o755) == 0)
        #expect(JournalAccess.check(directory: empty) == .empty)
    }

    @Test("Opening a directory that does not exist says so")
    func missing() {
        let error = #expect(throws: JournalReadError.self) { try JournalReader(directory: "/nonexistent") }
        #expect(error?.errno == ENOENT)
        #expect(error?.description == "cannot open the journal: No such file or directory")
    }

    @Test("A journal of others' is no empty one, although libsystemd shows it so")
    func denied() async {
        // In a process of its own, which gives up root's rights where it has them.
        await #expect(processExitsWith: .success) {
            let journald = try PrivateJournald()
            #expect(chmod("\(journald.directory)/system.journal", 0) == 0)
            // access(2) asks for the real user; the effective one stays root, to tidy up behind the test.
            if getuid() == 0 { #expect(setreuid(65_534, 0) == 0) }
            #expect(JournalAccess.check(directory: journald.directory) == .denied)
        }
    }
}
