/// RFC 2180 §3.1, §3.3, §3.4: client 1 renames the mailbox that client 2 has open.
struct RenameScenario: Scenario {
    let name = "rename"
    let questions = [Question.rename]

    /// The number of the letter that comes after the renaming.
    private static let news = Viewer.count + 1
    private static let attempts = 5

    func play(on stage: Stage) async throws -> Outcome {
        let mark = stage.mark
        let mailbox = try await stage.makeMailbox("old")
        let newName = stage.newName("new")
        var verdict = try await rename(
            mailbox, to: newName, opening: mailbox, which: newName, on: stage)
        let evidence = stage.evidence(since: mark)
        if let ofParent = try await parent(on: stage), ofParent.answer != verdict.answer {
            verdict.notes.append("a parent of it: \(ofParent.answer)")
        }
        return Outcome([Finding(.rename, verdict, evidence: evidence)])
    }

    /// Client 2 has a child open, and its parent is renamed; nil where mailboxes have no children.
    private func parent(on stage: Stage) async throws -> Verdict? {
        let parent = try await stage.makeMailbox("parent")
        guard let child = stage.childName(of: parent, "child") else { return nil }
        guard try await stage.client(1).run("CREATE \(quoted(child))").isOK else { return nil }
        let newParent = stage.newName("newparent")
        guard let newChild = stage.childName(of: newParent, "child") else { return nil }
        return try await rename(parent, to: newParent, opening: child, which: newChild, on: stage)
    }

    /// - Parameters:
    ///   - old: the mailbox that client 2 has open, called `new` afterwards.
    private func rename(
        _ name: String, to newName: String, opening old: String, which new: String, on stage: Stage
    ) async throws -> Verdict {
        try await stage.fill(old, 1...Viewer.count)
        let viewer = try await Viewer.open(old, on: stage)
        let rename = try await stage.client(1).run("RENAME \(quoted(name)) \(quoted(newName))")
        guard rename.isOK else {
            return MailboxVerdict.judge(.init(refused: rename))
        }
        let endedUnasked = try await viewer.endsUnasked()
        let attempts = endedUnasked ? [] : try await viewer.attempts(copying: false, on: stage)
        var byOldName: Exchange?
        var learns = false
        if viewer.client.isOpen {
            byOldName = try await viewer.client.run("STATUS \(quoted(old)) (MESSAGES)")
            learns = try await learnsOfNews(viewer, in: new, on: stage)
        }
        return MailboxVerdict.judge(
            MailboxVerdict.AfterRename(
                rename: rename, endedUnasked: endedUnasked, attempts: attempts,
                byOldName: byOldName, learnsOfNews: learns))
    }

    private func learnsOfNews(_ viewer: Viewer, in mailbox: String, on stage: Stage) async throws
        -> Bool
    {
        try await stage.fill(mailbox, [RenameScenario.news])
        for _ in 0..<RenameScenario.attempts where viewer.client.isOpen {
            let noop = try await viewer.client.run("NOOP")
            if noop.responses(named: "EXISTS").contains(where: { $0.number == RenameScenario.news })
            {
                return true
            }
            try await viewer.client.listen(milliseconds: 200)
        }
        return false
    }
}

extension MailboxVerdict.AfterRename {
    init(refused rename: Exchange) {
        self.init(
            rename: rename, endedUnasked: false, attempts: [], byOldName: nil, learnsOfNews: false)
    }
}
