import MailEvents
import MailModel

/// COPY: RFC 9051 §6.4.7. All messages or none: whoever asks has judged before what becomes of those
/// that are expunged (RFC 2180 §4.4), and is told when there are others by now.
package struct CopyMessages: Change {
    package let account: AccountID
    package let source: MailboxID
    package let uids: UIDSet
    package let destination: MailboxName
    /// Whether ghosts may be among the messages: §4.4.2. Otherwise they refuse the whole: §4.4.1.
    package let takesGhosts: Bool

    package init(
        account: AccountID, source: MailboxID, uids: UIDSet, destination: MailboxName,
        takesGhosts: Bool = true
    ) {
        self.account = account
        self.source = source
        self.uids = uids
        self.destination = destination
        self.takesGhosts = takesGhosts
    }

    package var needsRoom: Bool { true }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard let target = try state.mailbox(named: destination, in: account),
            let row = try state.mailboxRow(target)
        else { return .refuse(try state.refusal(ofMissing: destination, in: account)) }
        let present =
            takesGhosts
            ? try state.readableUIDs(of: source, among: uids)
            : try state.liveUIDs(of: source, among: uids)
        guard !present.isEmpty, present == uids else { return .refuse(.messagesExpunged) }
        guard try state.hasRoomForKeywords(of: present, in: source, copiedTo: target) else {
            return .refuse(.tooManyKeywords(limit: KeywordTable.most))
        }
        guard let newUIDs = row.nextUIDs(count: present.count), let first = UID(newUIDs.lowerBound)
        else { return .refuse(.noUIDsLeft(destination.string)) }
        let event = MailEvent.messagesCopied(
            MessagesCopied(
                source: source, sourceUIDs: present, destination: target, firstUID: first))
        return .accept(
            [ScopedEvent(account: account, mailbox: target, event)],
            .copied(uidValidity: row.uidValidity, source: present, destination: UIDSet(newUIDs)))
    }
}

extension StoreState {
    /// Whether the destination's keyword table has room for those of the messages.
    ///
    /// Their rows are looked at only where both tables together are too large.
    borrowing func hasRoomForKeywords(
        of uids: UIDSet, in source: MailboxID, copiedTo destination: MailboxID
    ) throws(StoreError) -> Bool {
        guard source != destination else { return true }
        let theirs = try keywordTable(source)
        let table = try keywordTable(destination)
        guard table.keywords.count + theirs.keywords.count > KeywordTable.most else { return true }
        var used = KeywordBits()
        for uid in uids {
            guard let bytes = try messageBytes(source, uid), let row = MessageRowView(bytes) else {
                continue
            }
            used.formUnion(row.keywordBytes)
        }
        return table.hasRoom(for: theirs.keywords(of: used))
    }
}
