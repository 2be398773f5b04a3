import ConveneCommands
import Glibc

// A closed standard stream would give its number to the socket: pages would be written there, and nobody told.
for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
    _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
}

// Swift would put a replacement character in the place of what is no text, and the schedule would keep it.
let isText = (0..<Int(CommandLine.argc)).allSatisfy { index in
    CommandLine.unsafeArgv[index].map { String(validatingCString: $0) != nil } ?? true
}
guard isText else {
    let sentence = Array("convene: an argument is not UTF-8; nothing was changed\n".utf8)
    _ = write(STDERR_FILENO, sentence, sentence.count)
    exit(2)
}
exit(ConveneCommand.run(Array(CommandLine.arguments.dropFirst())))
