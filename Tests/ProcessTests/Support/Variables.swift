import Glibc

/// Variables of the environment.
enum Variables {
    static func text(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    static func number(_ name: String, otherwise: Int) -> Int {
        text(name).flatMap { Int($0) } ?? otherwise
    }

    /// In CI nothing may be left out for want of a program or data.
    static var isCI: Bool { text("CI") == "true" }
}
