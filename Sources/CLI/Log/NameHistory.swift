import MailEvents
import MailModel

/// The names of accounts and mailboxes as of one event after another: a fold of the log.
///
/// Removed accounts and deleted mailboxes keep their last names, for events may still be about them.
struct NameHistory {
    private var accounts: [AccountID: String] = [:]
    private var mailboxes: [MailboxID: MailboxName] = [:]

    func account(_ id: AccountID) -> String? { accounts[id] }
    /// Whether any account had this name, a removed one included.
    func knows(account name: String) -> Bool { accounts.values.contains(name) }
    func mailbox(_ id: MailboxID) -> MailboxName? { mailboxes[id] }

    /// Before an event is told: what it names anew.
    mutating func meet(_ event: RecordedEvent) {
        if case .accountCreated(let created) = event.event, let account = event.account {
            accounts[account] = created.name
        }
        if case .mailboxCreated(let created) = event.event, let mailbox = event.mailbox {
            mailboxes[mailbox] = created.name
        }
    }

    /// After it was told: what it has renamed.
    mutating func leave(_ event: RecordedEvent) {
        if case .mailboxRenamed(let renamed) = event.event {
            mailboxes[renamed.mailbox] = renamed.to
        }
    }
}
