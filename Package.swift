// swift-tools-version: 6.2
import PackageDescription

// The targets stand in the order of the data path: bytes → command → change → decision → events →
// log → projections, and back as updates and responses. Each imports only what stands before it.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "hindsight",
    products: [
        .library(name: "MailModel", targets: ["MailModel"]),
        .library(name: "MIME", targets: ["MIME"]),
        .library(name: "IMAPCodec", targets: ["IMAPCodec"]),
        .library(name: "LMDB", targets: ["LMDB"]),
        .executable(name: "hindsight", targets: ["hindsight"]),
        .executable(name: "mailload", targets: ["LoadGenerator"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .target(name: "MailModel", swiftSettings: strict),
        .target(name: "MIME", dependencies: ["MailModel"], swiftSettings: strict),
        .target(
            name: "IMAPCodec",
            dependencies: ["MailModel", .product(name: "NIOCore", package: "swift-nio")],
            swiftSettings: strict),
        .target(
            name: "MailEvents",
            dependencies: [
                "MailModel",
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .systemLibrary(
            name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(name: "CLinux"),
        .target(name: "LMDB", dependencies: ["CLMDB", "CLinux", "CXXHash"], swiftSettings: strict),
        .target(
            name: "EventLog",
            dependencies: ["LMDB", "MailEvents", "MailModel"],
            swiftSettings: strict),
        .target(name: "MultiAccess", dependencies: ["MailModel"], swiftSettings: strict),
        .target(
            name: "MailboxStore",
            dependencies: [
                "CLinux", "EventLog", "LMDB", "MailEvents", "MailModel", "MIME", "MultiAccess",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
            ],
            swiftSettings: strict),
        .target(name: "MailSearch", dependencies: ["MailModel", "MIME"], swiftSettings: strict),
        .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
        .target(
            name: "Authentication",
            dependencies: ["CCrypt", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(
            name: "IMAPSession",
            dependencies: [
                "Authentication", "IMAPCodec", "MailboxStore", "MailEvents", "MailModel",
                "MailSearch", "MIME", "MultiAccess",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "DequeModule", package: "swift-collections"),
            ],
            swiftSettings: strict),
        .target(
            name: "MailServer",
            dependencies: [
                "Authentication", "EventLog", "IMAPCodec", "IMAPSession", "MailboxStore",
                "MailEvents",
                "MailModel",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        .target(
            name: "Audit",
            dependencies: [
                "EventLog", "LMDB", "MailEvents", "MailModel", "MailboxStore",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        // Beside the path, not on it: a client of any IMAP server, which shares with ours only the names of
        // the answers to RFC 2180.
        .target(
            name: "Conformance",
            dependencies: [
                "MailModel",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "hindsight",
            dependencies: [
                "Audit", "Authentication", "Conformance", "EventLog", "IMAPCodec", "MailEvents",
                "MailModel", "MailServer", "MailboxStore", "MIME",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Sources/CLI",
            swiftSettings: strict),
        .target(name: "CAllocations"),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Authentication", "CAllocations", "IMAPCodec", "IMAPSession", "MIME", "MailEvents",
                "MailModel",
                "MailboxStore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict),
        // Beside the path as well.
        .executableTarget(
            name: "LoadGenerator",
            dependencies: [
                "CLinux", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(
            name: "MailTesting",
            dependencies: [
                "Authentication", "IMAPCodec", "IMAPSession", "MailEvents", "MailModel",
                "MailboxStore", "MultiAccess", .product(name: "NIOCore", package: "swift-nio"),
            ],
            path: "Tests/MailTesting", swiftSettings: strict),
        .testTarget(name: "MailModelTests", dependencies: ["MailModel"], swiftSettings: strict),
        .testTarget(
            name: "MIMETests",
            dependencies: ["MIME", "MailModel", "MailTesting"],
            exclude: ["Support/python_opinion.py"],
            swiftSettings: strict),
        .testTarget(
            name: "IMAPCodecTests",
            dependencies: [
                "IMAPCodec", "MailModel", .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MailEventsTests",
            dependencies: ["MailEvents", "MailModel"],
            exclude: ["Golden", "Support/verify_chain.py"],
            swiftSettings: strict),
        .testTarget(name: "LMDBTests", dependencies: ["LMDB"], swiftSettings: strict),
        .testTarget(
            name: "IMAPSessionTests",
            dependencies: [
                "Authentication", "IMAPCodec", "IMAPSession", "MIME", "MailEvents", "MailModel",
                "MailTesting", "MailboxStore", "MultiAccess",
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MailServerTests",
            dependencies: [
                "MailModel", "MailServer", "MailboxStore",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "EventLogTests",
            dependencies: ["EventLog", "LMDB", "MailEvents", "MailModel"],
            swiftSettings: strict),
        .testTarget(
            name: "MailboxStoreTests",
            dependencies: [
                "EventLog", "LMDB", "MIME", "MailEvents", "MailModel", "MailTesting",
                "MailboxStore",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MultiAccessTests", dependencies: ["MultiAccess", "MailModel"],
            swiftSettings: strict),
        .testTarget(
            name: "MailSearchTests", dependencies: ["MailSearch", "MailModel", "MIME"],
            swiftSettings: strict),
        .testTarget(
            name: "ProcessTests",
            dependencies: [
                "hindsight", "MailTesting", "MailModel", "MailEvents", "MailboxStore",
            ],
            exclude: ["Clients/imaplib_session.py", "Crash/cut_power.py"],
            swiftSettings: strict),
        .testTarget(
            name: "AuthenticationTests", dependencies: ["Authentication"], swiftSettings: strict),
        .testTarget(
            name: "CLITests", dependencies: ["hindsight", "MailTesting"], swiftSettings: strict),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "Conformance", "MailModel", .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LoadGeneratorTests", dependencies: ["LoadGenerator"], swiftSettings: strict),
        .testTarget(
            name: "ModelTests", dependencies: ["MailModel", "MailTesting", "MailboxStore"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TranscriptTests",
            dependencies: [
                "MailServer", "MailTesting", "MailboxStore",
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["Messages", "Transcripts"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
