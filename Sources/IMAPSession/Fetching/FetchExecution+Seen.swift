import IMAPCodec
import MailModel
import MailboxStore
import MultiAccess

/// Expunged messages and `\Seen`.
extension FetchExecution {
    /// - Returns: how the command ends, when policy lets it go no further.
    mutating func judgeExpunged(in session: inout Session) -> Completion? {
        do throws(StoreError) {
            guard let split = try session.splitExpunged(rest, of: selected) else { return nil }
            let verdict = session.context.policy.fetching.judge(
                ExpungedFetch(
                    live: split.live, expunged: split.expunged, retained: split.retained,
                    askedBefore: split.expunged.intersection(selected.refusedExpunged)))
            return follow(verdict, split)
        } catch {
            return Completion(error)
        }
    }

    private mutating func follow(
        _ verdict: ExpungedFetchVerdict, _ split: ExpungedSplit
    ) -> Completion? {
        switch verdict {
        case .serveAll: return nil
        case .omit(let lost, let tagged):
            rest = rest.subtracting(lost)
            if tagged == .no {
                flaws.insert(.expunged)
                selected.refusedExpunged = selected.refusedExpunged.union(lost)
            }
            return nil
        case .answerNIL(let lost):
            rest = rest.subtracting(lost)
            nilAnswers = Array(lost)[...]
            return nil
        case .refuse:
            selected.refusedExpunged = selected.refusedExpunged.union(split.expunged)
            return FetchFlaws.expunged.completion
        case .disconnect:
            var completion = FetchFlaws.expunged.completion
            completion.endsWithBye = "Send NOOP to learn which messages have been expunged"
            return completion
        }
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
