import Foundation
import Testing

/// The rules of the house, read from the sources.
@Suite("House rules")
struct HouseRuleTests {
    @Test("There is something to read")
    func something() {
        #expect(SwiftSource.sources.count > 150)
        #expect(SwiftSource.tests.count > 50)
        #expect(Repository.files.contains("Package.swift"))
    }

    @Test("Nothing in the sources is taken by force, and nothing gives up")
    func force() {
        // The first also finds `try!`, `as!` and types like `Int!`.
        let force = /[\w\)\]\?>]!(?!=)/
        let givingUp = /\b(?:fatalError|precondition|preconditionFailure|assertionFailure|unsafeBitCast)\s*\(/
        for source in SwiftSource.sources {
            #expect(source.places(of: force, hints: ["!"]) == [])
            #expect(source.places(of: givingUp, hints: ["fatalError", "precondition", "Failure", "unsafe"]) == [])
        }
    }

    @Test("Nothing is left to be done, and no file is long")
    func finished() {
        // Written in two parts, so that this file may be read as well.
        let words = ["TO" + "DO", "FIX" + "ME", "HA" + "CK"].map { Array($0.utf8) }
        for source in SwiftSource.sources + SwiftSource.tests {
            let text = Array(Repository.text(source.path).utf8)
            #expect(!words.contains { text.holds($0) }, "\(source.path)")
            #expect(source.lines.count <= 401, "\(source.path)")
        }
    }

    @Test("Every public declaration of the general rooms says what it is", arguments: ["ZonedTime", "Recurrence"])
    func documented(room: String) {
        let declaration = /^\s*(@\w+(\([^)]*\))?\s+)*public\s+(?!import\b|extension\b)/
        // What a protocol of the standard library promises is said there.
        let promised = /\b(static func (<|==)|func hash\(into|var description\b|func next\(\)|func makeIterator)/
        for source in SwiftSource.sources where source.path.hasPrefix("Sources/\(room)/") {
            for (index, line) in source.code.enumerated()
            where line.contains("public") && line.contains(declaration) && !line.contains(promised) {
                var above = index - 1
                while above >= 0, source.lines[above].contains(/^\s*@/) { above -= 1 }
                let isDocumented = above >= 0 && source.lines[above].contains(/^\s*\/\/\//)
                #expect(isDocumented, "\(source.place(index))")
            }
        }
    }

    @Test("Every file of the tests belongs to a target")
    func targets() {
        let package = SwiftSource("Package.swift")
        let text = package.lines.joined(separator: "\n")
        let names = text.matches(of: /\.testTarget\(\s*name: "(\w+)"/).map { "Tests/\($0.output.1)" }
        let paths = text.matches(of: /path: "(Tests\/\w+)"/).map { String($0.output.1) }
        let folders = Set(names + paths)
        #expect(folders.count > 8)
        // The fuzzer is a package of its own.
        for source in SwiftSource.tests where !source.path.hasPrefix("Tests/Fuzz/") {
            let folder = source.path.split(separator: "/").prefix(2).joined(separator: "/")
            #expect(folders.contains(folder), "\(source.path)")
        }
    }

    @Test("No test sleeps: what is waited for is looked for")
    func sleeps() {
        let sleeping = /\b(?:Task\.sleep|usleep|nanosleep|sleep|clock_nanosleep)\s*\(/
        // These two look again and again, with a pause so short that nobody waits for it.
        let looking = ["Tests/ConveneTestSupport/Eventually.swift", "Tests/ConveneTestSupport/PrivateJournald.swift"]
        for source in SwiftSource.tests where !looking.contains(source.path) {
            #expect(source.places(of: sleeping, hints: ["sleep"]).filter { !$0.contains("func ") } == [])
        }
    }

    @Test("No file knows the machine on which it was written")
    func machine() {
        let folder = Array(("/" + "work/").utf8)
        for path in Repository.files where !path.hasPrefix("Tests/Vectors/") {
            #expect(!Array(Repository.text(path).utf8).holds(folder), "\(path)")
        }
    }
}
