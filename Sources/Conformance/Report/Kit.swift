/// Plays the scenarios of multi-access against a server.
package enum Kit {
    /// Leaves nothing behind, unless the report says so.
    ///
    /// - Parameter progress: told the name of each scenario before it plays.
    /// - Throws: `ConnectionProblem` when there is no session to be had.
    package static func run(
        at address: ServerAddress, as credentials: Credentials, interruption: Interruption,
        progress: (String) -> Void
    ) async throws -> Report {
        let server = try await KnownServer.look(at: address, as: credentials)
        var report = Report(server)
        for scenario in allScenarios where !interruption.isInterrupted {
            progress(scenario.name)
            await play(scenario, server, interruption, &report)
        }
        report.isInterrupted = interruption.isInterrupted
        return report
    }

    private static func play(
        _ scenario: any Scenario, _ server: KnownServer, _ interruption: Interruption,
        _ report: inout Report
    ) async {
        let stage = Stage(server: server, interruption: interruption)
        do {
            let outcome = try await scenario.play(on: stage)
            report.findings += outcome.findings
            report.violations += outcome.violations
        } catch is Interrupted {
            // The report says so; clearing goes on below.
        } catch {
            report.problems.append("\(scenario.name): \(error)")
        }
        report.violations += Overseer.violations(in: stage.record.dialogue)
        report.leftMailboxes += await stage.clear()
        report.dialogues.append(
            (scenario.name, stage.record.dialogue.lines.map(\.text)))
    }
}
