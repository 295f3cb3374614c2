/// Sequence numbers while two sessions change one mailbox: RFC 3501 §5.5 and §7.4.1.
///
/// Answers no question. What is broken shows in the dialogue, and in which message got a flag.
struct NumbersScenario: Scenario {
    let name = "numbers"
    let questions: [Question] = []

    func play(on stage: Stage) async throws -> Outcome {
        var violations = try await flagsOnTheRightMessage(on: stage)
        violations += try await expungeAppendExpunge(on: stage)
        violations += try await bothExpunge(on: stage)
        try await idling(on: stage)
        return Outcome([], violations)
    }

    /// Client 1 expunges 2 and 3; client 2 sends several commands at once that know nothing of it.
    private func flagsOnTheRightMessage(on stage: Stage) async throws -> [Violation] {
        let mark = stage.mark
        guard let rehearsal = try await Rehearsal.play(on: stage, expunging: 2...3) else {
            return []
        }
        try await rehearsal.second.listen(milliseconds: 300)
        let exchanges = try await rehearsal.second.pipeline([
            "FETCH 1:* (UID FLAGS)", "STORE 6 +FLAGS (\\Flagged)", "FETCH 4:7 (UID BODY.PEEK[])",
            "SEARCH ALL", "CHECK",
        ])
        try await rehearsal.second.run("UID FETCH 1:* (FLAGS)")
        try await rehearsal.second.run("NOOP")
        try await rehearsal.second.run("FETCH 1:* (UID FLAGS)")
        let found = try await stage.client(3).contents(of: rehearsal.mailbox)
        let evidence = stage.evidence(since: mark)
        return NumbersVerdict.violations(
            storing: 6, store: exchanges[1], fetch: exchanges[2],
            flagged: found.letters(with: "\\flagged")
        ).map { $0.with(evidence: evidence) }
    }

    /// As many messages as before, and others.
    private func expungeAppendExpunge(on stage: Stage) async throws -> [Violation] {
        let mark = stage.mark
        guard let rehearsal = try await Rehearsal.play(on: stage, expunging: 1...1) else {
            return []
        }
        try await stage.fill(rehearsal.mailbox, [8, 9])
        try await rehearsal.first.run("NOOP")
        _ = try await rehearsal.expunge([2])
        let fetch = try await rehearsal.second.run("FETCH 4:7 (UID BODY.PEEK[])")
        try await rehearsal.second.run("NOOP")
        try await rehearsal.second.run("FETCH 1:* (UID FLAGS)")
        let evidence = stage.evidence(since: mark)
        return NumbersVerdict.shifts(in: fetch).map { $0.with(evidence: evidence) }
    }

    /// Each expunges its own, and neither waits for the other.
    private func bothExpunge(on stage: Stage) async throws -> [Violation] {
        guard let rehearsal = try await Rehearsal.play(on: stage, expunging: 3...4) else {
            return []
        }
        let mark = stage.mark
        let store = try await rehearsal.second.pipeline([
            "STORE 6:7 +FLAGS.SILENT (\\Deleted)", "FETCH 6:7 (UID FLAGS)",
        ])
        let expunge = try await rehearsal.second.run("EXPUNGE")
        try await rehearsal.second.run("FETCH 1:* (UID FLAGS)")
        let left = Set(
            try await stage.client(3).contents(of: rehearsal.mailbox).compactMap(\.letter))
        guard expunge.isOK, store[0].isOK, left != [1, 2, 5] else { return [] }
        let text = left.sorted().map(String.init).joined(separator: ",")
        return [
            Violation(
                .untrueOK, "Letters 3, 4, 6 and 7 were expunged, and \(text) are left",
                evidence: stage.evidence(since: mark))
        ]
    }

    private func idling(on stage: Stage) async throws {
        guard stage.offers("IDLE") else { return }
        let mailbox = try await stage.makeMailbox("idle")
        try await stage.fill(mailbox, 1...Rehearsal.usualCount)
        let opened = try await Rehearsal.open(mailbox, on: stage)
        guard try await opened.second.idle() else { return }
        _ = try await opened.expunge(2...3)
        try await opened.second.listen(milliseconds: 500)
        _ = try await opened.second.done()
        try await opened.second.run("FETCH 1:* (UID FLAGS)")
    }
}
