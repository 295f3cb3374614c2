import Foundation

/// The built program, run as a process of its own on a store of the test.
struct HindsightProcess {
    /// What a run said and how it ended.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        /// The JSON objects of the output, one a line.
        func objects() throws -> [[String: Any]] {
            try output.split(separator: "\n").map { line in
                let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
                guard let object = value as? [String: Any] else {
                    throw NotAnObject(line: String(line))
                }
                return object
            }
        }
    }

    struct NotAnObject: Error { let line: String }

    let store: String

    init(store: String) { self.store = store }

    /// Runs `hindsight arguments… --store …`.
    func callAsFunction(_ arguments: String..., input: String = "") throws -> Outcome {
        try run(arguments + ["--store", store], input: input)
    }

    /// Runs `hindsight` with exactly these arguments.
    ///
    /// - Parameter output: where stdout goes, if it shall not be kept.
    func run(_ arguments: [String], input: String = "", output: String? = nil) throws -> Outcome {
        let process = Process()
        process.executableURL = HindsightProcess.executable
        process.arguments = arguments
        let files = try TestFiles()
        let inputPath = try files.write(Array(input.utf8), to: "stdin")
        let outputPath = try files.write([], to: "stdout")
        let errorPath = try files.write([], to: "stderr")
        process.standardInput = FileHandle(forReadingAtPath: inputPath)
        process.standardOutput = FileHandle(forWritingAtPath: output ?? outputPath)
        process.standardError = FileHandle(forWritingAtPath: errorPath)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationReason == .exit
                ? process.terminationStatus : 128 + process.terminationStatus,
            output: try String(contentsOfFile: outputPath, encoding: .utf8),
            errors: try String(contentsOfFile: errorPath, encoding: .utf8))
    }

    /// Beside the test bundle, where the build puts both.
    static let executable: URL = {
        var arguments = CommandLine.arguments.map { URL(fileURLWithPath: $0) }
        if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            arguments.append(URL(fileURLWithPath: own))
        }
        arguments += Bundle.allBundles.map(\.bundleURL)
        for place in arguments {
            let candidate = place.deletingLastPathComponent().appendingPathComponent("hindsight")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
        }
        return URL(fileURLWithPath: ".build/debug/hindsight")
    }()
}
