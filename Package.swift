// swift-tools-version: 6.2
import PackageDescription

/// The house rules of every target: Swift 6, its coming defaults, and no warning left standing.
let houseRules: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "convene",
    products: [
        .executable(name: "convened", targets: ["convened"]),
        .executable(name: "convene", targets: ["convene"]),
        .library(name: "ZonedTime", targets: ["ZonedTime"]),
        .library(name: "Recurrence", targets: ["Recurrence"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        // Pure rooms: values in, values out.
        .target(name: "PlainText", swiftSettings: houseRules),
        .target(name: "ZonedTime", swiftSettings: houseRules),
        .target(name: "Recurrence", dependencies: ["ZonedTime"], swiftSettings: houseRules),
        .target(
            name: "ConveneCore", dependencies: ["PlainText", "Recurrence", "ZonedTime"], swiftSettings: houseRules),
        .target(name: "Varlink", swiftSettings: houseRules),

        // The contract.
        .target(
            name: "ConveneAPI", dependencies: ["Varlink"],
            resources: [.embedInCode("org.convene.Schedule.varlink")],
            swiftSettings: houseRules),

        // Doors, each to one thing outside.
        .target(name: "CLinuxTime"),
        .target(name: "LinuxTime", dependencies: ["ZonedTime", "CLinuxTime"], swiftSettings: houseRules),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .target(name: "CJournalSocket"),
        .target(name: "Systemd", dependencies: ["CSystemd", "CJournalSocket", logging], swiftSettings: houseRules),
        .target(
            name: "ConveneStore", dependencies: ["ConveneCore", "Recurrence", "ZonedTime", grdb, sqlite],
            swiftSettings: houseRules),
        .target(
            name: "VarlinkNIO", dependencies: ["Varlink", nioCore, nioPosix, logging], swiftSettings: houseRules),
        .target(name: "VarlinkClient", dependencies: ["Varlink"], swiftSettings: houseRules),

        // Composition.
        .target(
            name: "ConveneDaemon",
            dependencies: [
                "ConveneAPI", "ConveneCore", "ConveneStore", "LinuxTime", "Recurrence", "Systemd", "Varlink",
                "VarlinkNIO", "ZonedTime", logging, serviceLifecycle, unixSignals,
            ],
            swiftSettings: houseRules),
        .target(
            name: "ConveneCommands",
            dependencies: [
                "ConveneAPI", "LinuxTime", "PlainText", "Varlink", "VarlinkClient", "ZonedTime", argumentParser,
            ],
            swiftSettings: houseRules),
        .executableTarget(
            name: "convened", dependencies: ["ConveneAPI", "ConveneDaemon", argumentParser], swiftSettings: houseRules),
        .executableTarget(name: "convene", dependencies: ["ConveneCommands"], swiftSettings: houseRules),

        // Tests: a folder a room, and what they share.
        .target(
            name: "ConveneTestSupport", dependencies: ["ConveneCore", "Recurrence", "ZonedTime"],
            path: "Tests/ConveneTestSupport", swiftSettings: houseRules),
        .testTarget(
            name: "ZonedTimeTests", dependencies: ["ZonedTime", "ConveneTestSupport"], swiftSettings: houseRules),
        .testTarget(
            name: "RecurrenceTests", dependencies: ["Recurrence", "ZonedTime", "ConveneTestSupport"],
            swiftSettings: houseRules),
        .testTarget(
            name: "ConveneCoreTests", dependencies: ["ConveneCore", "Recurrence", "ZonedTime", "ConveneTestSupport"],
            swiftSettings: houseRules),
        .testTarget(name: "VarlinkTests", dependencies: ["Varlink"], swiftSettings: houseRules),
        .testTarget(
            name: "VarlinkNIOTests",
            dependencies: ["ConveneTestSupport", "Varlink", "VarlinkClient", "VarlinkNIO", nioCore, nioPosix, logging],
            swiftSettings: houseRules),
        .testTarget(
            name: "VarlinkClientTests",
            dependencies: ["ConveneTestSupport", "Varlink", "VarlinkClient", "VarlinkNIO", logging],
            swiftSettings: houseRules),
        .executableTarget(
            name: "VarlinkCertification", dependencies: ["Varlink", "VarlinkNIO", logging],
            path: "Tests/CertificationServer", swiftSettings: houseRules),
        .testTarget(
            name: "LinuxTimeTests", dependencies: ["LinuxTime", "ZonedTime", "ConveneTestSupport"],
            swiftSettings: houseRules),
        .testTarget(
            name: "SystemdTests", dependencies: ["Systemd", "ConveneTestSupport", logging],
            swiftSettings: houseRules),
        .target(name: "SimulatedDisk", path: "Tests/SimulatedDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "Simulation",
            dependencies: [
                "ConveneCore", "ConveneDaemon", "ConveneStore", "LinuxTime", "Recurrence", "SimulatedDisk", "ZonedTime",
                logging,
            ],
            path: "Tests/Simulation", swiftSettings: houseRules),
        .executableTarget(
            name: "simulate", dependencies: ["Simulation"], path: "Tests/Simulate", swiftSettings: houseRules),
        .testTarget(
            name: "ConveneDaemonTests",
            dependencies: [
                "ConveneAPI", "ConveneCore", "ConveneDaemon", "ConveneStore", "ConveneTestSupport", "LinuxTime",
                "Recurrence", "Simulation", "Systemd", "ZonedTime", grdb, logging,
            ],
            swiftSettings: houseRules),
        .testTarget(name: "SimulationTests", dependencies: ["Simulation"], swiftSettings: houseRules),
        .executableTarget(
            name: "torture", dependencies: ["ConveneAPI", "ConveneTestSupport", "Varlink", "VarlinkClient"],
            path: "Tests/Torture", swiftSettings: houseRules),
        .testTarget(
            name: "ConveneStoreTests",
            dependencies: ["ConveneStore", "ConveneCore", "ConveneTestSupport", "Recurrence", "ZonedTime", grdb],
            swiftSettings: houseRules),
        .testTarget(name: "TidyTests", dependencies: ["ConveneTestSupport"], swiftSettings: houseRules),
        .testTarget(
            name: "ConveneCommandsTests",
            dependencies: [
                "ConveneCommands", "ConveneAPI", "ConveneTestSupport", "PlainText", "Varlink", "ZonedTime", "convene",
                argumentParser,
            ],
            swiftSettings: houseRules),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "ConveneAPI", "ConveneCore", "ConveneDaemon", "ConveneTestSupport", "Systemd", "Varlink",
                "VarlinkClient",
                "convene", "convened", logging,
            ],
            exclude: ["foreign_clients.py"], swiftSettings: houseRules),
    ]
)
