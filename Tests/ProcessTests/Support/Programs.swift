import Foundation
import Glibc
import MailTesting

/// What a program that ran to its end left behind.
struct Finished: Sendable {
    let status: Int32
    let output: String
    let errors: String

    /// For a failure's text: the ends of both outputs.
    var report: String { "status \(status)\n\(output.suffix(4000))\n\(errors.suffix(4000))" }
}

enum Programs {
    /// The built command, beside the test bundle, or what HINDSIGHT_BINARY names.
    static var hindsight: String {
        get throws {
            if let path = ProcessInfo.processInfo.environment["HINDSIGHT_BINARY"] { return path }
            var buffer = [CChar](repeating: 0, count: 4096)
            let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
            let own = String(
                decoding: buffer[..<max(0, count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
            let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            let places = [
                URL(fileURLWithPath: own).deletingLastPathComponent().path,
                package.path + "/.build/debug",
            ]
            for place in places where access(place + "/hindsight", X_OK) == 0 {
                return place + "/hindsight"
            }
            throw ProcessFailure("no built hindsight in \(places)")
        }
    }

    /// Where a program of the system is, or nil.
    static func find(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
            .split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// Runs a program to its end and gives what it wrote.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [],
        seconds: Double = 60
    ) throws -> Finished {
        let place = try TemporaryDirectory()
        let names = ["in", "out", "err"].map { place.path + "/" + $0 }
        try Data(input).write(to: URL(fileURLWithPath: names[0]))
        let files = names.map { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
        defer { for file in files { close(file) } }
        let child = try ChildProcess(
            arguments, environment: environment, input: files[0], output: files[1],
            errors: files[2])
        let result = Swift.Result { try child.wait(seconds: seconds) }
        let texts = names.dropFirst().map { name in
            String(
                decoding: (try? Data(contentsOf: URL(fileURLWithPath: name))) ?? Data(),
                as: UTF8.self)
        }
        switch result {
        case .success(let status):
            return Finished(status: status, output: texts[0], errors: texts[1])
        case .failure(let failure):
            throw ProcessFailure("\(failure)\n\(texts[0].suffix(4000))\n\(texts[1].suffix(4000))")
        }
    }
}
