import ArgumentParser

struct CompletionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion",
        abstract: "Print completions for a shell.",
        discussion: """
            convene completion bash > ~/.local/share/bash-completion/completions/convene
            convene completion zsh > ~/.zfunc/_convene
            convene completion fish > ~/.config/fish/completions/convene.fish
            """)

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish
    }

    func run() throws {
        let script =
            switch shell {
            case .bash: ConveneCommand.completionScript(for: .bash)
            case .zsh: ConveneCommand.completionScript(for: .zsh)
            case .fish: ConveneCommand.completionScript(for: .fish)
            }
        try Output.standard.write(script + "\n")
    }
}
