import IMAPCodec
import MailModel
import MailboxStore

/// The one place where a refusal becomes NO and its response code: RFC 5530, RFC 9051 §7.1.
extension Completion {
    package init(_ refusal: Refusal) {
        switch refusal {
        case .noSuchAccount:
            self = .no("There is no such account", code: .nonExistent)
        case .accountExists:
            self = .no("The account exists already", code: .alreadyExists)
        case .noSuchMailbox:
            self = .no("There is no such mailbox", code: .nonExistent)
        case .noSuchDestination:
            self = .no("There is no such mailbox; create it first", code: .tryCreate)
        case .mailboxExists:
            self = .no("The mailbox exists already", code: .alreadyExists)
        case .mailboxInUse:
            self = .no("The mailbox is in use by another session", code: .inUse)
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

extension ChangeOutcome {
    /// The answer to a change that was not made; nil for one that was.
    package var failure: Completion? {
        switch self {
        case .accepted: nil
        case .refused(let refusal): Completion(refusal)
        case .failed(let error): Completion(error)
        }
    }
}
