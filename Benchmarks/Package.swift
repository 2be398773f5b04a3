// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that the product does not depend on what only its measurements need.
let package = Package(
    name: "ConveneBenchmarks",
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2")
    ],
    targets: [
        // By a link to the product's own: the journal as a reader sees it.
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd"),
        .executableTarget(name: "sample-schedule", path: "Sources/SampleSchedule"),
        .executableTarget(
            name: "measure",
            dependencies: [
                "CSystemd", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], path: "Sources/Measure"),
    ]
)
