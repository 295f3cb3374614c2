// swift-tools-version: 6.2
import PackageDescription

// Fuzz targets, in a package of their own: libFuzzer brings its own main, with which neither
// `swift build` nor `swift test` of the product would link. Run them with Scripts/fuzz.

let settings: [SwiftSetting] = [.unsafeFlags(["-parse-as-library"])]

let package = Package(
    name: "hindsight-fuzz",
    dependencies: [
        .package(name: "hindsight", path: "../.."),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .executableTarget(
            name: "FuzzCodec",
            dependencies: [
                .product(name: "IMAPCodec", package: "hindsight"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "FuzzNames",
            dependencies: [.product(name: "IMAPCodec", package: "hindsight")],
            swiftSettings: settings),
        .executableTarget(
            name: "FuzzMIME",
            dependencies: [.product(name: "MIME", package: "hindsight")],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
