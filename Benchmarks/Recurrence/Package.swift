// swift-tools-version: 6.2
import PackageDescription

// The two rooms alone, by links to their sources: nothing else is fetched or built for this comparison.
let package = Package(
    name: "RecurrenceBenchmark",
    targets: [
        .target(name: "ZonedTime", swiftSettings: rooms),
        .target(name: "Recurrence", dependencies: ["ZonedTime"], swiftSettings: rooms),
        .executableTarget(
            name: "recurrence-benchmark", dependencies: ["Recurrence", "ZonedTime"],
            path: "Sources/RecurrenceBenchmark"),
    ]
)

/// As in the product's package.
var rooms: [SwiftSetting] {
    [
        .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
