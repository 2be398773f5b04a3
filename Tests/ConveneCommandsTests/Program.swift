import Glibc

/// The program `convene` as a shell would run it.
struct Program {
    /// What a run left behind.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    struct Failure: Error {
        let reason: String
    }

    /// Runs it to its end, in an environment that holds little more than where the daemon listens.
    static func run(_ arguments: [String], daemon: FakeDaemon? = nil, input: String = "") throws -> Outcome {
        guard let standardInput = tmpfile(), let output = tmpfile(), let errors = tmpfile() else {
            throw Failure(reason: "no temporary files")
        }
        defer { [standardInput, output, errors].forEach { fclose($0) } }
        fputs(input, standardInput)
        fflush(standardInput)
        rewind(standardInput)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (file, descriptor) in [(standardInput, STDIN_FILENO), (output, STDOUT_FILENO), (errors, STDERR_FILENO)] {
            posix_spawn_file_actions_adddup2(&actions, fileno(file), descriptor)
        }

        let path = try path()
        var process = pid_t()
        let failure = withCStrings([path] + arguments) { arguments in
            withCStrings(variables(daemon)) { posix_spawn(&process, path, &actions, nil, arguments, $0) }
        }
        guard failure == 0 else { throw Failure(reason: "\(path): \(String(cString: strerror(failure)))") }
        var status: CInt = 0
        waitpid(process, &status, 0)
        return Outcome(status: status >> 8 & 0xFF, output: contents(output), errors: contents(errors))
    }

    /// The program lies beside the tests.
    private static func path() throws -> String {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &bytes, bytes.count)
        guard count > 0 else { throw Failure(reason: "no /proc") }
        let tests = String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(tests[..<(tests.lastIndex(of: "/") ?? tests.startIndex)])/convene"
    }

    /// A zone and a width of its own, so that no machine's settings show; the runtime's libraries are found as here.
    private static func variables(_ daemon: FakeDaemon?) -> [String] {
        var variables = ["TZ": "Asia/Seoul", "COLUMNS": "80", "PATH": "/usr/bin:/bin"]
        if let daemon { variables["CONVENE_SOCKET"] = daemon.path }
        if let libraries = getenv("LD_LIBRARY_PATH") { variables["LD_LIBRARY_PATH"] = String(cString: libraries) }
        return variables.map { "\($0.key)=\($0.value)" }
    }

    private static func contents(_ file: UnsafeMutablePointer<FILE>) -> String {
        fseek(file, 0, SEEK_SET)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let pointers = texts.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        return pointers.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return body([nil]) }
            return body(start)
        }
    }
}
