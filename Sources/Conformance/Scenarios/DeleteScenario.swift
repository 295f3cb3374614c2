import MailModel

/// RFC 2180 §3.1–3.3: client 1 deletes the mailbox that client 2 has open, and client 3 makes a new
/// one of that name.
struct DeleteScenario: Scenario {
    let name = "delete"
    let questions = [Question.delete, Question.name]

    func play(on stage: Stage) async throws -> Outcome {
        let mark = stage.mark
        let mailbox = try await stage.makeMailbox("open")
        try await stage.fill(mailbox, 1...Viewer.count)
        let viewer = try await Viewer.open(mailbox, on: stage)
        let delete = try await stage.client(1).run("DELETE \(quoted(mailbox))")
        var attempts: [(exchange: Exchange, isServed: Bool)] = []
        var endedUnasked = false
        if delete.isOK {
            endedUnasked = try await viewer.endsUnasked()
            attempts = endedUnasked ? [] : try await viewer.attempts(copying: true, on: stage)
        }
        var verdict = MailboxVerdict.judge(
            MailboxVerdict.AfterDelete(
                delete: delete, endedUnasked: endedUnasked, attempts: attempts))
        if delete.isOK { verdict.notes += try await whoSees(mailbox, on: stage) }
        if verdict.strategy == .disconnectOnDeletion { verdict.notes += try await idling(stage) }
        let found = Finding(.delete, verdict, evidence: stage.evidence(since: mark))
        guard delete.isOK else {
            return Outcome([found, Finding(.name, .moot("DELETE is refused"), evidence: [])])
        }
        let hasViewer = verdict.strategy == .keepGhostMailbox
        let named = try await recreate(mailbox, viewer, hasViewer: hasViewer, on: stage)
        return Outcome([found] + named.findings, named.violations)
    }

    /// The ghost is nobody else's: §3.2.
    private func whoSees(_ mailbox: String, on stage: Stage) async throws -> [String] {
        let third = try await stage.client(3)
        var notes: [String] = []
        if try await third.run("STATUS \(quoted(mailbox)) (MESSAGES)").isOK {
            notes.append("still there by STATUS")
        }
        let list = try await third.run("LIST \"\" \(quoted(mailbox))").responses(named: "LIST")
        if !list.isEmpty { notes.append("still listed") }
        return notes
    }

    /// Whether a client that idles is disconnected as well: §3.3.
    private func idling(_ stage: Stage) async throws -> [String] {
        guard stage.offers("IDLE") else { return [] }
        let mailbox = try await stage.makeMailbox("idle")
        let viewer = try await Viewer.open(mailbox, on: stage)
        guard try await viewer.client.idle() else { return ["IDLE is refused"] }
        try await stage.client(1).run("DELETE \(quoted(mailbox))")
        if try await viewer.endsUnasked() { return ["IDLE too"] }
        _ = try await viewer.client.done()
        return ["not while it idles"]
    }

    // MARK: The name

    private func recreate(
        _ mailbox: String, _ viewer: Viewer, hasViewer: Bool, on stage: Stage
    ) async throws -> Outcome {
        let mark = stage.mark
        let third = try await stage.client(3)
        let create = try await third.run("CREATE \(quoted(mailbox))")
        var later: Exchange?
        var violations: [Violation] = []
        var isUndisturbed = true
        if create.isOK {
            violations += try await newNumbers(mailbox, viewer, on: stage)
            if hasViewer { isUndisturbed = try await viewer.isUndisturbed() }
        } else if hasViewer {
            try await viewer.client.run("CLOSE")
            later = try await third.run("CREATE \(quoted(mailbox))")
        }
        let verdict = MailboxVerdict.judge(
            MailboxVerdict.AfterCreate(
                hasViewer: hasViewer, create: create, createLater: later,
                isViewerUndisturbed: isUndisturbed))
        let evidence = stage.evidence(since: mark)
        return Outcome(
            [Finding(.name, verdict, evidence: evidence)],
            violations.map { $0.with(evidence: evidence) })
    }

    /// A new mailbox of the name must not give out UIDs of the old one (RFC 3501 §6.3.4).
    private func newNumbers(_ mailbox: String, _ viewer: Viewer, on stage: Stage) async throws
        -> [Violation]
    {
        try await stage.fill(mailbox, [60])
        let opened = try await stage.client(3).openAndLearn(mailbox)
        try await stage.client(3).run("CLOSE")
        guard opened.validity == viewer.opened.validity,
            let first = opened.uids.first, let last = viewer.opened.uids.last, first <= last
        else { return [] }
        return [
            Violation(
                .reusedUID,
                "The new mailbox gave out UID \(first) under the old one's UIDVALIDITY")
        ]
    }
}
