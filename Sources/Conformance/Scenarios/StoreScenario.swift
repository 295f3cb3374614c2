/// RFC 2180 §4.2: client 2 sets flags on what client 1 has expunged.
struct StoreScenario: Scenario {
    let name = "store"
    let questions = [Question.store]

    func play(on stage: Stage) async throws -> Outcome {
        guard let rehearsal = try await Rehearsal.play(on: stage) else {
            return .mootWithoutExpunge(questions)
        }
        let mark = stage.mark
        let second = rehearsal.second
        let silent = try await second.run("STORE 1:7 +FLAGS.SILENT (\\Flagged)")
        let onlyExpunged = try await second.run("STORE 5:7 +FLAGS (\\Draft)")
        let mixed = try await second.run("STORE 1:7 +FLAGS (\\Answered)")
        try await second.run("NOOP")
        let found = try await stage.client(3).contents(of: rehearsal.mailbox)
        let seen = StoreVerdict.Observed(
            silent: silent, onlyExpunged: onlyExpunged, mixed: mixed,
            silentlySet: found.letters(with: "\\flagged"), set: found.letters(with: "\\answered"),
            living: Set(1...Rehearsal.usualCount).subtracting(rehearsal.expunged))
        return Outcome(
            [Finding(.store, StoreVerdict.judge(seen), evidence: stage.evidence(since: mark))],
            StoreVerdict.violations(seen).map { $0.with(evidence: stage.evidence(since: mark)) })
    }
}

extension [Delivered] {
    /// The letters that have a flag, given in lower case.
    func letters(with flag: String) -> Set<Int> {
        Set(filter { $0.flags.contains(flag) }.compactMap(\.letter))
    }
}
