import ConveneCommands
import Glibc

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
