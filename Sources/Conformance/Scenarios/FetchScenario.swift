/// RFC 2180 §4.1: client 2 asks for what client 1 has expunged.
struct FetchScenario: Scenario {
    let name = "fetch"
    let questions = [Question.fetch]

    func play(on stage: Stage) async throws -> Outcome {
        let mailbox = try await stage.makeMailbox("fetch")
        try await stage.fill(mailbox, 1...Rehearsal.usualCount)
        // Flags that are set can be told from the empty ones of §4.1.3.
        let first = try await stage.client(1)
        try await first.run("SELECT \(quoted(mailbox))").expectOK()
        try await first.run("STORE 1:* +FLAGS.SILENT (\\Answered)").expectOK()
        let opened = try await Rehearsal.open(mailbox, on: stage)
        guard let rehearsal = try await opened.expunge(Rehearsal.usualExpunged) else {
            return .mootWithoutExpunge(questions)
        }
        let mark = stage.mark
        var probes: [FetchVerdict.Probe] = []
        for (name, range, items) in FetchScenario.asked {
            let set = "\(range.lowerBound):\(range.upperBound)"
            probes.append(
                FetchVerdict.Probe(
                    name, try await rehearsal.second.run("FETCH \(set) \(items)"),
                    asked: Array(range), expunged: rehearsal.expunged))
        }
        let evidence = stage.evidence(since: mark)
        try await rehearsal.second.run("NOOP")
        try await rehearsal.second.run("FETCH 1:* (UID FLAGS)")
        return Outcome([Finding(.fetch, FetchVerdict.judge(probes), evidence: evidence)])
    }

    /// The RFC's own sets, with the kinds of items that servers keep in different places.
    private static let asked: [(String, ClosedRange<Int>, String)] = [
        ("envelopes", 3...5, "(UID ENVELOPE)"),
        ("flags", 3...5, "(UID FLAGS)"),
        ("bodies", 3...5, "(UID BODY.PEEK[])"),
        ("sizes", 3...5, "(RFC822.SIZE INTERNALDATE)"),
        ("bodies of expunged only", 4...7, "(UID BODY.PEEK[])"),
        ("envelopes of expunged only", 4...7, "(ENVELOPE)"),
    ]
}
