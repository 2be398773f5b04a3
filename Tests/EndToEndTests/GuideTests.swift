import ConveneTestSupport
import Foundation
import Testing

@Suite("docs/guide.md", .ownThread)
struct GuideTests {
    private let guide: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        guide = try String(contentsOf: root.appending(path: "docs/guide.md"), encoding: .utf8)
    }

    @Test("What it types from its beginning to its end, on its clock, prints what it says")
    func isTrue() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-11 09:00 Seoul")
        // Every second part stands between fences; a line that a shell joins is one.
        let parts = guide.components(separatedBy: "```\n")
        let typed = stride(from: 1, to: parts.count, by: 2).map { parts[$0] }.joined()
            .replacing(/\\\n +/, with: "")
        #expect(typed.contains("--rounds") && typed.contains("some day") && typed.contains("--if"))
        #expect(try await Transcript(typed).replayed(on: daemon) == typed)
    }

    @Test("Rounds, windows and dependencies are taught on a screen each")
    func onOneScreen() throws {
        let chapters = guide.components(separatedBy: "\n## ")
        for word in ["windows", "rounds", "hangs on"] {
            let chapter = try #require(chapters.first { $0.prefix { $0 != "\n" }.contains(word) })
            #expect(chapter.split(separator: "\n", omittingEmptySubsequences: false).count <= 30, "\(word)")
        }
    }
}
