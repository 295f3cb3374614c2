import IMAPCodec
import MailModel
import MailboxStore
import MultiAccess

/// Expunged messages and `\Seen`.
extension FetchExecution {
    /// Asks the policy about expunged messages among those not told yet: when the command begins, and
    /// again when others are expunged while it goes on (RFC 2180 §4.1).
    ///
    /// - Returns: how the command ends, when policy lets it go no further.
    mutating func judgeExpunged(in session: borrowing Session) throws(StoreError) -> Completion? {
        let view = selected.view
        let last = try session.context.store.read { reader throws(StoreError) in
            try reader.mailboxRow(view.mailbox)?.lastExpunge
        }
        guard let last, last > max(view.expunged, judgedExpunges) else { return nil }
        let left = walk.map { $0.rest.union(rest) } ?? rest
        let split = try session.splitExpunged(left, of: selected, after: judgedExpunges)
        judgedExpunges = last
        guard let split else { return nil }
        let verdict = split.policy.fetching.judge(
            ExpungedFetch(
                live: split.live, expunged: split.expunged, retained: split.retained))
        return follow(verdict)
    }

    private mutating func follow(_ verdict: ExpungedFetchVerdict) -> Completion? {
        switch verdict {
        case .serveAll: return nil
        case .omit(let lost):
            leaveOut(lost)
            flaws.insert(.expunged)
            return nil
        case .answerNIL(let lost):
            leaveOut(lost)
            nilAnswers += Array(lost)
            return nil
        case .refuse: return .allExpunged
        }
    }

    private mutating func leaveOut(_ lost: UIDSet) {
        rest = rest.subtracting(lost)
        walk?.leaveOut(lost)
    }

    /// Messages that were expunged and reclaimed since policy was asked.
    mutating func noteMissing() {
        if let missing = walk?.missing, !missing.isEmpty { flaws.insert(.expunged) }
    }

    /// Takes the next messages: all of them, or as many as get `\Seen` in one change.
    mutating func beginChunk(in session: inout Session) -> Step? {
        noteMissing()
        let marks = plan.setsSeen && !selected.isReadOnly
        let chunk = marks ? rest.prefix(FetchExecution.markChunk) : rest
        rest = rest.subtracting(chunk)
        walk = MessageWalk(chunk, of: selected.view.mailbox, map: selected.view.map)
        marked = UIDSet()
        guard marks else { return nil }
        do throws(StoreError) {
            let unseen = try unseen(chunk, in: session)
            guard !unseen.isEmpty else { return nil }
            session.submit(
                ChangeFlags(
                    account: user.account, mailbox: selected.view.mailbox, uids: unseen,
                    operation: .add, flags: FlagSet(system: .seen)))
            return .waiting(for: .answer)
        } catch {
            return .finished(Completion(error))
        }
    }

    /// The live ones that will be told and lack `\Seen`.
    private func unseen(
        _ chunk: UIDSet, in session: borrowing Session
    ) throws(StoreError) -> UIDSet {
        let since = plan.changedSince ?? .start
        return try session.context.store.read { reader throws(StoreError) in
            var unseen = UIDSet()
            for range in chunk.ranges {
                try reader.scanMessages(selected.view.mailbox, in: range) { uid, row in
                    if !row.flags.contains(.seen), row.modSeq > since {
                        unseen.insertLast(uid...uid)
                    }
                    return true
                }
            }
            return unseen
        }
    }

    /// A change that was refused or failed (the mailbox is deleted, the disk full) keeps nobody from
    /// reading: the flags stay as they are.
    mutating func note(_ outcome: ChangeOutcome) {
        guard case .accepted(.flagsChanged(let changed, _, _), let position) = outcome,
            !changed.isEmpty
        else { return }
        marked = changed
        // The responses of this command tell them.
        selected.view.ignoreFlags(at: position)
    }
}
