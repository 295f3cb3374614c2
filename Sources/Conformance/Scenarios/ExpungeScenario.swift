/// RFC 2180 §4.1.4: client 1 expunges while client 2 has the mailbox open, in each way there is.
struct ExpungeScenario: Scenario {
    let name = "expunge"
    let questions = [Question.expunge]

    /// Letters 2 and 3 of three are to go.
    private static let count = 3

    func play(on stage: Stage) async throws -> Outcome {
        let mark = stage.mark
        var attempts = [try await attempt("EXPUNGE", on: stage) { _ in "EXPUNGE" }]
        if stage.offers("UIDPLUS") {
            attempts.append(
                try await attempt("UID EXPUNGE", on: stage) {
                    "UID EXPUNGE \($0.uids[1]):\($0.uids[2])"
                })
        }
        attempts.append(try await attempt("CLOSE", on: stage) { _ in "CLOSE" })
        if stage.offers("MOVE") {
            let destination = try await stage.makeMailbox("moved")
            attempts.append(
                try await attempt("MOVE", on: stage) { _ in "MOVE 2:3 \(quoted(destination))" })
        }
        let evidence = stage.evidence(since: mark)
        return Outcome(
            [Finding(.expunge, ExpungeVerdict.judge(attempts), evidence: evidence)],
            ExpungeVerdict.violations(attempts).map { $0.with(evidence: evidence) })
    }

    private func attempt(
        _ name: String, on stage: Stage, _ command: (Rehearsal) -> String
    ) async throws -> ExpungeVerdict.Attempt {
        let mailbox = try await stage.makeMailbox("expunge")
        try await stage.fill(mailbox, 1...ExpungeScenario.count)
        let rehearsal = try await Rehearsal.open(mailbox, on: stage)
        if name != "MOVE" {
            try await rehearsal.first.run("STORE 2:3 +FLAGS.SILENT (\\Deleted)").expectOK()
        }
        let exchange = try await rehearsal.first.run(command(rehearsal))
        let left = Set(try await stage.client(3).contents(of: mailbox).compactMap(\.letter))
        try await rehearsal.second.run("NOOP")
        return ExpungeVerdict.Attempt(
            name, exchange, areGone: left.isDisjoint(with: [2, 3]),
            areThere: left.isSuperset(of: [2, 3]))
    }
}
