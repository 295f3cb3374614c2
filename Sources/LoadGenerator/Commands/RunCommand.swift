import ArgumentParser

/// `mailload run`
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measure profiles against a server.")

    @OptionGroup var arguments: ProfileArguments
    @OptionGroup var server: ServerOptions

    @Option(help: "Write the figures to this file as JSON.")
    var json: String?

    func run() throws {
        let bench = try server.bench()
        let report = Report(jsonPath: json)
        report.begin()
        for profile in arguments.chosen {
            try naming(profile) { report.add(try profile.run(bench)) }
        }
        try report.end()
    }
}

/// `mailload prepare`
struct PrepareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare", abstract: "Make the mail that profiles read, and measure nothing.")

    @OptionGroup var arguments: ProfileArguments
    @OptionGroup var server: ServerOptions

    func run() throws {
        let bench = try server.bench()
        for profile in arguments.chosen {
            try naming(profile) { try profile.prepare(bench) }
        }
    }
}

/// Tells which profile an error ended.
private func naming(_ profile: any Profile, _ body: () throws -> Void) throws {
    do {
        try body()
    } catch {
        complain("\(profile.name): \(error)")
        throw ExitCode(1)
    }
}
