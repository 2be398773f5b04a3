import ConveneAPI
import Testing
import Varlink

@testable import ConveneCommands

@Suite("What went wrong is a sentence, and what to do")
struct ErrorPageTests {
    private func page(_ error: CommandError, columns: Int = 80) -> String {
        ErrorPage(columns: columns).lines(error).plain
    }

    private func page(_ error: ScheduleError) -> String {
        page(.refused(error.reply, isWrite: true))
    }

    @Test("A text that is not understood is shown, with carets under the part that is meant")
    func notUnderstood() {
        let error = ScheduleError.notUnderstood(
            field: "when", text: "31 sep", position: 0, length: 6, reason: "there is no 31 September",
            suggestions: ["30 sep", "1 oct"])
        #expect(
            page(error) == """
                convene: there is no 31 September; nothing was changed
                    31 sep
                    ^^^^^^  did you mean '30 sep' or '1 oct'?
                """)
        #expect(page(.refused(error.reply, isWrite: false)).hasPrefix("convene: there is no 31 September\n"))
    }

    @Test("Carets stand under wide characters, at the end, and inside long texts")
    func carets() {
        func quotation(_ text: String, _ position: Int, _ length: Int) -> String {
            Quotation(text: text, position: position, length: length).lines(indent: "", columns: 40, remark: nil).plain
        }
        #expect(quotation("금요일 32:00", 4, 5) == "금요일 32:00\n       ^^^^^")
        #expect(quotation("금요일 2", 0, 3) == "금요일 2\n^^^^^^")
        #expect(quotation("every", 5, 0) == "every\n     ^")
        #expect(quotation("every", 99, 99) == "every\n     ^")
        #expect(quotation("", 0, 0) == "\n^")
        #expect(quotation("a\u{1B}b", 1, 1) == "a␛b\n ^")
        let long = String(repeating: "every day and ", count: 9) + "32:00" + String(repeating: " or later", count: 9)
        #expect(
            quotation(long, 126, 5) == """
                …very day and 32:00 or later or later o…
                              ^^^^^
                """)
    }

    @Test("What may have been meant is listed")
    func ambiguous() {
        let error = ScheduleError.ambiguousReference(
            reference: "rok",
            candidates: [
                Candidate(number: 1, summary: "ROK–Japan DG talks", status: .confirmed, next: Samples.talks),
                Candidate(number: 12, summary: "ROK–Japan FM meeting", status: .possible),
            ])
        #expect(
            page(error) == """
                convene: 'rok' may be one of several; nothing was changed
                    1   ROK–Japan DG talks                            Fri 20 Sep 2019  confirmed
                    12  ROK–Japan FM meeting                                            possible
                    Say which by its number.
                """)
    }

    @Test(
        "Every refusal says what to do, where something can be done",
        arguments: [
            (
                ScheduleError.noSuchMeeting(reference: "lnch", suggestions: ["Lunch"]),
                "convene: there is no meeting 'lnch'; nothing was changed\n    did you mean 'Lunch'?"
            ),
            (
                .noSuchMeeting(reference: "99", suggestions: []),
                "convene: there is no meeting '99'; nothing was changed\n    What there is: convene list"
            ),
            (
                .noSuchOccurrence(reference: "5@21 sep", date: "2019-09-21", nearest: ["2019-09-20", "2019-09-27"]),
                """
                convene: '5' has no date Sat 21 Sep 2019; nothing was changed
                    The nearest: Fri 20 Sep 2019 (5@2019-09-20), Fri 27 Sep 2019 (5@2019-09-27)
                """
            ),
            (
                .occurrenceRequired(reference: "weekly", nearest: ["2019-09-20T10:00:00"]),
                """
                convene: 'weekly' is a series: say which date is meant, or --all; nothing was
                         changed
                    The nearest: Fri 20 Sep 2019 (weekly@2019-09-20)
                """
            ),
            (
                .invalidRecurrenceRule(
                    text: "FREQ=MONTHLY;BYMONTHDAY=32", position: 24, reason: "BYMONTHDAY=32 is no day of any month"),
                """
                convene: BYMONTHDAY=32 is no day of any month; nothing was changed
                    FREQ=MONTHLY;BYMONTHDAY=32
                                            ^
                """
            ),
            (
                .unknownZone(name: "Tokio", suggestions: ["Tokyo"]),
                """
                convene: no time zone and no known city is called 'Tokio'; nothing was changed
                    did you mean 'Tokyo'?
                """
            ),
            (
                .notPossible(number: 4, summary: "FM meeting", reason: "it is held already", hint: "convene log 4"),
                "convene: 4 FM meeting: it is held already; nothing was changed\n    convene log 4"
            ),
            (
                .notPossible(
                    number: 0, summary: "the rehearsal", reason: "its clock never goes back", hint: "start another"),
                "convene: the rehearsal: its clock never goes back; nothing was changed\n    start another"
            ),
            (
                .staleRevision(expected: 3, found: 5),
                """
                convene: the meeting has changed since: revision 5, not 3; nothing was changed
                    Look at it again (convene show), then repeat with --revision 5.
                """
            ),
            (
                .nothingToUndo(reason: "you have changed nothing"),
                "convene: there is nothing to undo: you have changed nothing"
            ),
            (
                .undoConflict(record: "r1", number: 4, reason: "4 was moved again since"),
                "convene: 4 was moved again since; nothing was changed\n    What came later: convene log 4"
            ),
            (
                .notRehearsing,
                """
                convene: this is the real clock: only a rehearsal's can be moved
                    To begin one: convened --rehearse 2019-09-11T00:00Z
                """
            ),
            (
                .tooMuch(what: "meetings in one transaction", limit: 10_000),
                """
                convene: meetings in one transaction: at most 10000; nothing was changed
                    Commit in parts: convene add --batch --chunk 10000
                """
            ),
            (
                .storageFailed(reason: "the disk is full", hint: "Make room; nothing is lost."),
                "convene: the disk is full; nothing was changed\n    Make room; nothing is lost."
            ),
        ])
    func refusals(error: ScheduleError, expected: String) {
        #expect(page(error) == expected)
    }

    @Test("An error that this program does not know is shown by its name, with what it carries")
    func unknown() {
        let busy = ErrorReply(name: "org.convene.Schedule.Busy", parameters: ["by": "\u{1B}kim"])
        #expect(
            page(.refused(busy, isWrite: true))
                == """
                convene: the daemon refused: org.convene.Schedule.Busy
                    {"by":"\\u001bkim"}
                """)
        #expect(
            page(.refused(.methodNotFound("org.convene.Schedule.Propose"), isWrite: true)) == """
                convene: the daemon cannot do org.convene.Schedule.Propose
                    Daemon and program may be of different versions: convene status, convene
                    --version
                """)
    }

    @Test("Without a daemon it says how to start one")
    func noDaemon() {
        let given = SocketPath(path: "/tmp/x", passedOver: [])
        #expect(
            page(.noDaemon(given, reason: "there is no socket")) == """
                convene: no daemon answers at /tmp/x: there is no socket
                    To start it:  systemctl --user start convened.socket
                    or by hand:   convened --socket /tmp/x
                """)
    }

    @Test("The exit status tells refusals, usage and a missing daemon apart")
    func exitStatus() {
        #expect(CommandError.refused(ScheduleError.notRehearsing.reply, isWrite: true).exitStatus.rawValue == 1)
        #expect(CommandError.refused(.permissionDenied, isWrite: true).exitStatus.rawValue == 1)
        #expect(CommandError.usage("?", hint: nil).exitStatus.rawValue == 2)
        #expect(CommandError.noDaemon(SocketPath(path: "/", passedOver: []), reason: "").exitStatus.rawValue == 3)
        #expect(CommandError.connectionLost(reason: "", isWrite: true).exitStatus.rawValue == 3)
    }
}
