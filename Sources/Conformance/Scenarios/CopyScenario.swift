/// RFC 2180 §4.4: client 2 copies what client 1 has expunged.
struct CopyScenario: Scenario {
    let name = "copy"
    let questions = [Question.copy]

    func play(on stage: Stage) async throws -> Outcome {
        let mark = stage.mark
        guard let mixed = try await CopyTrial.play("COPY", [2, 4, 6], on: stage) else {
            return .mootWithoutExpunge(questions)
        }
        var finding = Finding(
            .copy, CopyVerdict.judge(mixed), evidence: stage.evidence(since: mark))
        var violations = CopyVerdict.violations(mixed)
        if let only = try await CopyTrial.play("COPY", [4, 5, 6, 7], on: stage) {
            violations += CopyVerdict.violations(only)
            let verdict = CopyVerdict.judge(only)
            if verdict.answer != finding.verdict.answer {
                finding = finding.noting("expunged ones only: \(verdict.answer)")
            }
        }
        if let byUID = try await CopyTrial.play("UID COPY", [2, 4, 6], on: stage) {
            violations += CopyVerdict.violations(byUID, byUID: true)
            finding = finding.noting("UID COPY: \(CopyVerdict.describe(byUID))")
        }
        let evidence = stage.evidence(since: mark)
        return Outcome([finding], violations.map { $0.with(evidence: evidence) })
    }
}

/// MOVE of what client 1 has expunged: RFC 6851 has no word for it.
struct MoveScenario: Scenario {
    let name = "move"
    let questions = [Question.move]

    func play(on stage: Stage) async throws -> Outcome {
        guard stage.offers("MOVE") else {
            return Outcome([Finding(.move, .moot("no MOVE"), evidence: [])])
        }
        let mark = stage.mark
        guard let seen = try await CopyTrial.play("MOVE", [2, 4, 6], on: stage) else {
            return .mootWithoutExpunge(questions)
        }
        let verdict = Verdict(words: CopyVerdict.describe(seen))
        let evidence = stage.evidence(since: mark)
        // What is gone cannot be moved: a MOVE of the rest is no untruth.
        let violations = CopyVerdict.violations(seen, byUID: true)
        return Outcome(
            [Finding(.move, verdict, evidence: evidence)],
            violations.map { $0.with(evidence: evidence) })
    }
}

/// One copying of messages some of which are expunged, into a mailbox that is not empty.
enum CopyTrial {
    /// A letter that is in the destination before.
    private static let resident = 50

    /// - Returns: nil where EXPUNGE is refused.
    static func play(_ command: String, _ letters: [Int], on stage: Stage) async throws
        -> CopyVerdict.Observed?
    {
        let destination = try await stage.makeMailbox("copies")
        try await stage.fill(destination, [resident])
        guard let rehearsal = try await Rehearsal.play(on: stage) else { return nil }
        let before = try await stage.client(3).contents(of: destination)
        let byUID = command.hasPrefix("UID")
        let numbers = letters.map { byUID ? "\(rehearsal.uids[$0 - 1])" : "\($0)" }
        let set = numbers.joined(separator: ",")
        let exchange = try await rehearsal.second.run("\(command) \(set) \(quoted(destination))")
        let after = try await stage.client(3).contents(of: destination)
        try await rehearsal.second.run("NOOP")
        return CopyVerdict.Observed(
            exchange, asked: letters, expunged: rehearsal.expunged, before: before, after: after,
            sources: Dictionary(
                zip(rehearsal.uids, 1...), uniquingKeysWith: { first, _ in first }))
    }
}

extension Finding {
    func noting(_ note: String) -> Finding {
        var verdict = verdict
        verdict.notes.append(note)
        return Finding(question, verdict, evidence: evidence)
    }
}
