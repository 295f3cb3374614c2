import MailEvents
import MailModel

/// What an event means to the sessions that have its mailbox open, beside the news that their views tell.
package enum ViewNotice: Hashable, Sendable {
    /// They are to be disconnected.
    case eviction(Eviction)
    /// They may ask for it by its old name: RFC 2180 §3.4.
    case renamed(RenamedMailbox)

    /// - Returns: nil for nearly all events.
    init?(_ recorded: RecordedEvent) {
        switch recorded.event {
        case .mailboxDeleted(let event) where event.disconnects:
            self = .eviction(Eviction(event.mailbox, .deleted(event.name), by: recorded))
        case .mailboxRenamed(let event) where event.disconnects:
            self = .eviction(Eviction(event.mailbox, .renamed(event.from), by: recorded))
        case .mailboxRenamed(let event):
            guard let account = recorded.account else { return nil }
            self = .renamed(
                RenamedMailbox(
                    account: account, mailbox: event.mailbox, oldName: event.from,
                    position: recorded.position))
        case .ghostsRevoked(let event) where event.wholeMailbox:
            self = .eviction(Eviction(event.mailbox, .revoked, by: recorded))
        case .storeCreated, .accountCreated, .accountRemoved, .mailboxCreated, .mailboxDeleted,
            .mailboxSubscribed, .mailboxUnsubscribed, .messagesAppended, .messagesCopied,
            .messagesMoved, .flagsChanged, .messagesExpunged, .recentClaimed, .ghostsReclaimed,
            .ghostsRevoked, .policyChanged:
            return nil
        }
    }
}

/// Sessions must leave a mailbox at once, with `* BYE`: RFC 2180 §3.3.
package struct Eviction: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case deleted(MailboxName)
        case renamed(MailboxName)
        /// What the session could still read was withdrawn: §5.
        case revoked
        /// Its cursor has held ghosts back for longer than it may, or too many of them.
        case laggedBehind
    }

    package let mailbox: MailboxID
    package let reason: Reason
    /// Views opened at this position or later are not meant.
    package let position: LogPosition
    /// The session whose command it was, which stays.
    let requester: UInt64?

    init(_ mailbox: MailboxID, _ reason: Reason, by recorded: RecordedEvent) {
        self.mailbox = mailbox
        self.reason = reason
        position = recorded.position
        requester = recorded.actor.protocolName == "imap" ? UInt64(recorded.actor.session) : nil
    }

    init(laggingIn mailbox: MailboxID, asOf head: LogPosition) {
        self.mailbox = mailbox
        reason = .laggedBehind
        position = head.next
        requester = nil
    }
}

/// A mailbox had another name until an event.
package struct RenamedMailbox: Hashable, Sendable {
    let account: AccountID
    let mailbox: MailboxID
    let oldName: MailboxName
    let position: LogPosition
}
