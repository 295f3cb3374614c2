/// RFC 2180 §4.3: client 2 looks for what client 1 has expunged.
struct SearchScenario: Scenario {
    let name = "search"
    let questions = [Question.search]

    func play(on stage: Stage) async throws -> Outcome {
        guard let rehearsal = try await Rehearsal.play(on: stage) else {
            return .mootWithoutExpunge(questions)
        }
        let mark = stage.mark
        var searches: [(name: String, exchange: Exchange)] = []
        for key in ["ALL", "UNFLAGGED", "SUBJECT \(stage.server.token)"] {
            let name = String(key.prefix { $0 != " " })
            searches.append((name, try await rehearsal.second.run("SEARCH \(key)")))
        }
        let evidence = stage.evidence(since: mark)
        try await rehearsal.second.run("NOOP")
        let verdict = SearchVerdict.judge(searches, expunged: rehearsal.expunged)
        return Outcome([Finding(.search, verdict, evidence: evidence)])
    }
}
