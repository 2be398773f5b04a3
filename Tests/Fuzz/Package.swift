// swift-tools-version: 6.2
import PackageDescription

// The rooms that read what comes from outside, by links to their sources, for libFuzzer: every branch is counted.
let package = Package(
    name: "Fuzz",
    targets: [
        .target(name: "ZonedTime", swiftSettings: rooms),
        .target(name: "Recurrence", dependencies: ["ZonedTime"], swiftSettings: rooms),
        .target(name: "ConveneCore", dependencies: ["Recurrence", "ZonedTime"], swiftSettings: rooms),
        .target(name: "Varlink", swiftSettings: rooms),
        .executableTarget(
            name: "fuzz", dependencies: ["ConveneCore", "Recurrence", "Varlink", "ZonedTime"], path: "Sources/Fuzz",
            swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-parse-as-library"])]),
    ]
)

var rooms: [SwiftSetting] {
    [
        .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InferIsolatedConformances"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}
