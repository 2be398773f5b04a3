import ConveneTestSupport
import Foundation
import Testing

/// The sources, as this checkout has them.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every file that git tracks, or where there is no git, every file but what is built and what is hidden.
    static let files: [String] = {
        let paths = tracked() ?? walked()
        return paths.filter { FileManager.default.fileExists(atPath: root.appending(path: $0).path) }.sorted()
    }()

    private static func tracked() -> [String]? {
        guard let git = try? ChildProcess("git", ["-C", root.path, "ls-files", "-co", "--exclude-standard"]) else {
            return nil
        }
        while git.look() == nil { sched_yield() }
        guard git.look() == .exited(0) else { return nil }
        return git.output.split(separator: "\n").map(String.init)
    }

    private static func walked() -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
        return paths.filter { path in !path.split(separator: "/").contains { $0.hasPrefix(".") } }
    }

    static func text(_ path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }

    /// The Swift files under a folder.
    static func swiftFiles(under folder: String) -> [String] {
        files.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(".swift") }
    }
}

/// A Swift file without its comments and the text of its literals, line by line.
struct SwiftSource {
    /// Every file of ours, scanned once.
    static let sources = Repository.swiftFiles(under: "Sources").map(SwiftSource.init)
    static let tests = Repository.swiftFiles(under: "Tests").map(SwiftSource.init)

    static func sources(of room: String) -> [SwiftSource] {
        sources.filter { $0.path.hasPrefix("Sources/\(room)/") }
    }

    let path: String
    /// As they are written.
    let lines: [Substring]
    /// What the compiler reads: comments are gone, a literal is `""`.
    let code: [Substring]

    init(_ path: String) {
        self.path = path
        let text = Repository.text(path)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var scanner = CodeScanner(text)
        code = scanner.code().split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The places of a pattern in the code, as `file:line: code`; only lines that hold one of the hints are looked at.
    func places(of pattern: Regex<Substring>, hints: [String]) -> [String] {
        let hints = hints.map { Array($0.utf8) }
        return code.indices.filter { line in
            let bytes = Array(code[line].utf8)
            return hints.contains { bytes.holds($0) } && code[line].contains(pattern)
        }.map { place($0) }
    }

    func place(_ line: Int) -> String {
        "\(path):\(line + 1): \(lines[line].trimmingCharacters(in: .whitespaces))"
    }

    /// The modules that it imports.
    var imports: [String] {
        code.compactMap { line in
            guard line.utf8.first.map({ $0 != UInt8(ascii: " ") }) ?? false else { return nil }
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
                words[..<index].allSatisfy({ SwiftSource.modifiers.contains(String($0)) })
            else { return nil }
            return String(words[index + 1])
        }
    }

    private static let modifiers = [
        "public", "internal", "package", "private", "fileprivate", "@testable", "@preconcurrency",
    ]
}
