import Foundation
import Testing

/// The arrows between the rooms, as docs/architecture.md draws them.
@Suite("The rooms")
struct RoomTests {
    /// A row of the table of rooms.
    private struct Room {
        let name: String
        let imports: [String]
    }

    /// The table of docs/architecture.md: a room, what it does, and what it imports of ours.
    private static let rooms: [Room] = {
        let lines = Repository.text("docs/architecture.md").split(separator: "\n")
        // The table of the chapter on the rooms; other chapters have tables, too.
        let chapter = lines.drop { $0 != "## The rooms" }.dropFirst().prefix { !$0.hasPrefix("## ") }
        return chapter.compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, cells[0].hasPrefix("`"), cells[0].hasSuffix("`") else { return nil }
            return Room(name: names(cells[0])[0], imports: names(cells[2]))
        }
    }()

    private static func names(_ cell: String) -> [String] {
        cell.split(separator: ",").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
            .filter { $0 != "—" }
    }

    /// What comes from outside, by room; the pure rooms take nothing.
    private static let outside: [String: Set<String>] = [
        "ConveneAPI": ["FoundationEssentials"],
        "LinuxTime": ["CLinuxTime", "Glibc", "Synchronization"],
        "Systemd": ["CJournalSocket", "CSystemd", "Glibc", "Logging", "Synchronization"],
        "ConveneStore": ["FoundationEssentials", "GRDB", "GRDBSQLite", "Glibc", "Synchronization"],
        "VarlinkNIO": ["Glibc", "Logging", "NIOCore", "NIOPosix", "Synchronization"],
        "VarlinkClient": ["Glibc"],
        "ConveneDaemon": [
            "Dispatch", "FoundationEssentials", "Glibc", "Logging", "NIOPosix", "ServiceLifecycle", "Synchronization",
            "UnixSignals",
        ],
        "ConveneCommands": ["ArgumentParser", "Glibc"],
        "convened": ["ArgumentParser", "Glibc"],
        "convene": ["Glibc"],
    ]

    private static let pure = ["ZonedTime", "Recurrence", "ConveneCore", "Varlink"]
    private static let doors = ["LinuxTime", "Systemd", "ConveneStore", "VarlinkNIO", "VarlinkClient"]

    @Test("The table names every room with Swift in it, and no other")
    func table() {
        let folders = Set(Repository.swiftFiles(under: "Sources").map { String($0.split(separator: "/")[1]) })
        #expect(Set(RoomTests.rooms.map(\.name)) == folders)
    }

    @Test("Each room imports exactly what the table says, and of the rest only what is its own to use")
    func imports() {
        let ours = Set(RoomTests.rooms.map(\.name))
        for room in RoomTests.rooms {
            var found: Set<String> = []
            for source in SwiftSource.sources(of: room.name) { found.formUnion(source.imports) }
            #expect(found.intersection(ours).sorted() == room.imports.sorted(), "\(room.name)")
            let strange = found.subtracting(ours).subtracting(RoomTests.outside[room.name] ?? [])
            #expect(strange == [], "\(room.name)")
        }
    }

    @Test("Arrows only go down the table, and no two doors import each other")
    func downwards() {
        var above: Set<String> = []
        for room in RoomTests.rooms {
            #expect(Set(room.imports).isSubset(of: above), "\(room.name)")
            above.insert(room.name)
            guard RoomTests.doors.contains(room.name) else { continue }
            #expect(Set(room.imports).isDisjoint(with: RoomTests.doors), "\(room.name)")
        }
    }

    @Test("The pure rooms wait for nothing and ask no clock")
    func pure() {
        let waiting = /\b(?:async|await|Task|actor|ContinuousClock|SuspendingClock|Mutex)\b/
        let hints = ["async", "await", "Task", "actor", "Clock", "Mutex"]
        // A service may take its time to answer: the one border of Varlink that waits.
        let border = ["Sources/Varlink/VarlinkService.swift", "Sources/Varlink/ServiceInterface.swift"]
        for room in RoomTests.pure {
            #expect(RoomTests.outside[room] == nil)
            for source in SwiftSource.sources(of: room) where !border.contains(source.path) {
                #expect(source.places(of: waiting, hints: hints) == [])
            }
        }
    }

    @Test("Only the store speaks SQL")
    func statements() {
        let statements = ["SELECT ", "INSERT INTO", "DELETE FROM"].map { Array($0.utf8) }
        for source in SwiftSource.sources where !source.path.hasPrefix("Sources/ConveneStore/") {
            let text = Array(Repository.text(source.path).utf8)
            #expect(!statements.contains { text.holds($0) }, "\(source.path)")
        }
    }
}
