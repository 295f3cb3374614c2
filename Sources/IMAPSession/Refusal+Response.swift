import IMAPCodec
import MailModel
import MailboxStore
import MultiAccess

/// The one place where a refusal becomes NO and its response code: RFC 5530, RFC 9051 §7.1.
extension Completion {
    package init(_ refusal: Refusal) {
        switch refusal {
        case .noSuchAccount:
            self = .no("There is no such account", code: .nonExistent)
        case .accountExists:
            self = .no("The account exists already", code: .alreadyExists)
        case .noSuchMailbox:
            self = .no("Mailbox does not exist", code: .nonExistent)
        case .noSuchDestination:
            self = .no("Mailbox does not exist; create it first", code: .tryCreate)
        case .mailboxExists:
            self = .no("The mailbox exists already", code: .alreadyExists)
        case .mailboxInUse(let name):
            self = .no("Mailbox \(name) is in use by another user.", code: .inUse)
        case .nameInUse(let name):
            self = .no("Mailbox \(name) is still in use. Try again later.", code: .inUse)
        case .messagesExpunged: self = .messagesExpunged
        case .notExpunged:
            self = .no("What is not expunged cannot be withdrawn", code: .cannot)
        case .mailboxDeleted:
            self = .no("The mailbox has been deleted", code: .nonExistent)
        case .cannotDeleteInbox:
            self = .no("INBOX cannot be deleted", code: .cannot)
        case .cannotRenameInto:
            self = .no("The mailbox cannot get this name", code: .cannot)
        case .hasChildren:
            self = .no("The name only holds other mailboxes; delete those", code: .hasChildren)
        case .specialUseTaken:
            self = .no("Another mailbox has this special use", code: .useAttr)
        case .noUIDsLeft:
            self = .no("The mailbox has no UIDs left; use a new one", code: .limit)
        case .tooManyKeywords(let limit):
            self = .no("A mailbox may have at most \(limit) keywords", code: .limit)
        case .messageTooLarge(let limitBytes):
            self = .no("A message may have at most \(limitBytes) bytes", code: .tooBig)
        }
    }

    /// What is said of a failure of the world: calm, and without what only the log should know.
    package init(_ error: StoreError) {
        switch error {
        case .corrupt:
            self = .no("Stored data cannot be read; the log names the place", code: .corruption)
        case .body:
            self = .no("The message's bytes cannot be read", code: .corruption)
        case .diskFull:
            self = .no("The disk is full; nothing was changed", code: .unavailable)
        case _ where error.isMapFull:
            self = .no("The store is full; nothing was changed", code: .limit)
        case .storage, .log, .stopped, .cannotOpen:
            self = .no("The store cannot do this now; nothing was changed", code: .unavailable)
        }
    }
}

extension Completion {
    /// NO to a command on expunged messages, some or all: RFC 2180 §4, RFC 5530 §3.
    static let messagesExpunged = Completion.no(
        "Some of the requested messages no longer exist", code: .expungeIssued)
    static let allExpunged = Completion.no("Messages have been expunged", code: .expungeIssued)
}

extension Session {
    /// The answer to a change that was not made; nil for one that was.
    package func failure(_ outcome: ChangeOutcome) -> Completion? {
        switch outcome {
        case .accepted: nil
        case .refused(let refusal): answer(to: refusal)
        case .failed(let error): Completion(error)
        }
    }

    /// As `Completion`, and with the new name for who uses the old one: RFC 2180 §3.4.
    func answer(to refusal: Refusal) -> Completion {
        switch refusal {
        case .noSuchMailbox(let name), .noSuchDestination(let name):
            let old = MailboxName(unchecked: name)
            guard let new = newName(of: old) else { break }
            return .no("Mailbox has been renamed", code: .newName(old, new))
        case .noSuchAccount, .accountExists, .mailboxExists, .mailboxInUse, .nameInUse,
            .mailboxDeleted, .cannotDeleteInbox, .cannotRenameInto, .hasChildren, .specialUseTaken,
            .noUIDsLeft, .tooManyKeywords, .messageTooLarge, .messagesExpunged, .notExpunged:
            break
        }
        return Completion(refusal)
    }

    /// As long as some session has the mailbox open by its old name, and policy lets it be told.
    private func newName(of old: MailboxName) -> MailboxName? {
        guard let user = state.user,
            let mailbox = context.store.hub.mailbox(formerlyNamed: old, in: user.account)
        else { return nil }
        // What cannot be read is no reason to withhold the answer: only the hint is lost.
        return try? context.store.read { reader throws(StoreError) in
            guard let row = try reader.mailboxRow(mailbox), row.deletedAt == nil else { return nil }
            let facts = MailboxRenaming(
                otherViewers: context.store.hub.viewerCount(of: mailbox, besides: nil))
            switch try reader.policy(of: mailbox).renaming.judge(facts) {
            case .follow(hintsNewName: true): return row.name
            case .follow(hintsNewName: false), .refuse, .disconnectViewers: return nil
            }
        }
    }
}
