import ConveneCommands
import Glibc

exit(ConveneCommand.run(Array(CommandLine.arguments.dropFirst())))
