import IMAPCodec
import MailModel
import MailboxStore

/// What a session tells of its mailbox at the end of a command, and in IDLE: RFC 9051 §5.2, §7.
extension Session {
    /// Advances the view as far as `extent` allows and writes what that shows: EXPUNGE, EXISTS,
    /// RECENT, FETCH. One short read transaction.
    ///
    /// - Returns: what did not fit the out-buffer, to be told before anything else is.
    mutating func tellUpdates(
        _ extent: CommandTraits.Updates, for kind: CommandKind, _ completion: Completion? = nil,
        out: inout ResponseWriter
    ) -> PendingUpdates? {
        guard let selected = state.selected, let viewExtent = extent.viewExtent else { return nil }
        let format = FlagUpdateFormat(
            showsUID: kind.traits.numbers == .uid, showsModSeq: isCondStoreAware)
        let limit = context.limits.outHighWaterBytes
        var pending: PendingUpdates?
        do throws(StoreError) {
            pending = try context.store.read { reader throws(StoreError) in
                let updates = try selected.view.advance(viewExtent, on: reader)
                selected.forget(updates.expungedUIDs)
                selected.noteCount()
                var pending = PendingUpdates(updates, completion, format, in: selected)
                try pending.write(upTo: limit, on: reader, to: &out)
                return pending.isEmpty ? nil : pending
            }
        } catch {
            complain(of: error, to: &out)
        }
        claimRecent(of: selected)
        return pending
    }

    /// Goes on telling.
    ///
    /// - Returns: whether everything has been told.
    func tell(_ pending: inout PendingUpdates, out: inout ResponseWriter) -> Bool {
        let limit = context.limits.outHighWaterBytes
        do throws(StoreError) {
            try context.store.read { reader throws(StoreError) in
                try pending.write(upTo: limit, on: reader, to: &out)
            }
            return pending.isEmpty
        } catch {
            complain(of: error, to: &out)
            return true
        }
    }

    /// Puts the claim of what was just told as `\Recent` to the writer; nobody waits for it.
    mutating func claimRecent(of selected: SelectedMailbox) {
        guard let user = state.user, let claim = selected.view.takeRecentClaim() else { return }
        submitQuietly(
            ClaimRecent(account: user.account, mailbox: selected.view.mailbox, through: claim))
    }

    /// The command itself was done; its news come when the store can be read again.
    private func complain(of error: StoreError, to out: inout ResponseWriter) {
        let failure = Completion(error)
        out.writeUntagged(.no, code: failure.code, failure.text)
    }
}

extension CommandTraits.Updates {
    fileprivate var viewExtent: MailboxView.Extent? {
        switch self {
        case .none: nil
        case .appendsAndFlags: .appendsAndFlags
        case .everything: .everything
        }
    }
}

extension SelectedMailbox {
    /// A saved result loses what is expunged: RFC 5182 §2.1.
    fileprivate func forget(_ expunged: UIDSet) {
        guard !expunged.isEmpty, !savedResult.isEmpty else { return }
        savedResult = savedResult.subtracting(expunged)
    }
}
