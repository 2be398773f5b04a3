import Glibc

/// A command that somebody wants run for an event: its arguments as they were given, no shell in between.
struct HookCommand {
    let arguments: [String]
    /// Set in its environment, beside what this program has.
    let variables: [String: String]
    /// What it finds on its standard input.
    let input: String

    /// How it went.
    enum Outcome: Hashable {
        case done
        /// It ran, and says that it failed.
        case failed(String)
        /// It did not run.
        case notStarted(String)
    }

    /// Runs it and waits for its end.
    func run() -> Outcome {
        guard let program = arguments.first else { return .notStarted("there is no command") }
        // A file without a name holds all of it even if the command never reads, unlike a pipe.
        guard let file = tmpfile() else {
            return .notStarted("no temporary file: \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        guard fputs(input, file) >= 0, fflush(file) == 0 else {
            return .notStarted("its standard input could not be written")
        }
        rewind(file)
        _ = fcntl(fileno(file), F_SETFD, FD_CLOEXEC)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, fileno(file), STDIN_FILENO)

        var process = pid_t()
        let failure = HookCommand.withCStrings(arguments) { arguments in
            HookCommand.withCStrings(environment) { posix_spawnp(&process, program, &actions, nil, arguments, $0) }
        }
        if failure != 0 { return .notStarted(String(cString: strerror(failure))) }
        return HookCommand.outcome(of: process)
    }

    private var environment: [String] {
        var entries: [String] = []
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text)
            if variables[String(pair.prefix { $0 != "=" })] == nil { entries.append(pair) }
            entry += 1
        }
        // A value cannot hold U+0000; the protocol has none.
        return entries + variables.map { "\($0.key)=\($0.value)" }
    }

    private static func outcome(of process: pid_t) -> Outcome {
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0 {
            if errno != EINTR { return .failed(String(cString: strerror(errno))) }
        }
        let signal = status & 0x7F
        if signal != 0 { return .failed("ended by signal \(signal)") }
        let exitStatus = status >> 8 & 0xFF
        return exitStatus == 0 ? .done : .failed("exit status \(exitStatus)")
    }

    /// Calls `body` with the texts as C has them: an array of pointers that ends with a null one.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let pointers = texts.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        return pointers.withUnsafeBufferPointer { buffer in
            // The buffer ends with the null pointer just appended, so it is never empty.
            guard let start = buffer.baseAddress else { return body([nil]) }
            return body(start)
        }
    }
}
