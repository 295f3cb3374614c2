import MailEvents
import MailModel

/// APPEND and MULTIAPPEND: RFC 9051 §6.3.12, RFC 3502. All messages or none.
package struct AppendMessages: Change {
    package let account: AccountID
    package let destination: MailboxName
    package let messages: [IncomingMessage]

    package init(account: AccountID, destination: MailboxName, messages: [IncomingMessage]) {
        self.account = account
        self.destination = destination
        self.messages = messages
    }

    package var bodies: [IncomingBody] { messages.map(\.body) }
    package var needsRoom: Bool { true }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard let mailbox = try state.mailbox(named: destination, in: account),
            let row = try state.mailboxRow(mailbox)
        else { return .refuse(try state.refusal(ofMissing: destination, in: account)) }
        let keywords = Set(messages.lazy.flatMap { $0.flags.keywords })
        if !keywords.isEmpty, try !state.keywordTable(mailbox).hasRoom(for: keywords) {
            return .refuse(.tooManyKeywords(limit: KeywordTable.most))
        }
        guard let uids = row.nextUIDs(count: messages.count) else {
            return .refuse(.noUIDsLeft(destination.string))
        }
        var appended: [AppendedMessage] = []
        appended.reserveCapacity(messages.count)
        for (message, rawUID) in zip(messages, uids) {
            guard let uid = UID(rawUID) else { continue }
            appended.append(
                AppendedMessage(
                    uid: uid, digest: message.body.digest, sizeBytes: message.body.sizeBytes,
                    internalDate: message.internalDate, flags: message.flags))
        }
        let event = MailEvent.messagesAppended(
            MessagesAppended(mailbox: mailbox, messages: appended))
        return .accept(
            [ScopedEvent(account: account, mailbox: mailbox, event)],
            .appended(mailbox: mailbox, uidValidity: row.uidValidity, uids: UIDSet(uids)))
    }
}

/// A message on its way into a mailbox.
package struct IncomingMessage: Sendable {
    package var body: IncomingBody
    package var flags: FlagSet
    package var internalDate: InternalDate

    package init(body: IncomingBody, flags: FlagSet, internalDate: InternalDate) {
        self.body = body
        self.flags = flags
        self.internalDate = internalDate
    }
}

extension MailboxRow {
    /// The UIDs that the next `count` messages get; nil when there are not so many left, or none
    /// is asked for.
    package func nextUIDs(count: Int) -> ClosedRange<UInt32>? {
        guard count > 0, let first = UInt32(exactly: uidNext), let more = UInt32(exactly: count - 1)
        else { return nil }
        let (last, overflow) = first.addingReportingOverflow(more)
        return overflow ? nil : first...last
    }
}
