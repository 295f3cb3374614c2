import Crypto
import LMDB
import MailModel

/// A key of a kind alone, or of a kind and an ID.
package struct StateKey: RowKey {
    package let kind: RowKind
    let id: UInt64?

    package static let position = StateKey(kind: .position, id: nil)
    package static func account(_ id: AccountID) -> StateKey {
        StateKey(kind: .account, id: id.rawValue)
    }
    package static func mailbox(_ id: MailboxID) -> StateKey {
        StateKey(kind: .mailbox, id: id.rawValue)
    }
    package static func keywords(_ id: MailboxID) -> StateKey {
        StateKey(kind: .keywords, id: id.rawValue)
    }

    @inline(__always)
    package func write(to key: inout KeyWriter) {
        key.append(kind.rawValue)
        if let id { key.append(id) }
    }
}

/// A message of a mailbox: live (`message`) or expunged (`ghost`).
package struct MessageKey: RowKey {
    package let kind: RowKind
    let mailbox: MailboxID
    let uid: UInt32

    package static func live(_ mailbox: MailboxID, _ uid: UInt32) -> MessageKey {
        MessageKey(kind: .message, mailbox: mailbox, uid: uid)
    }
    package static func ghost(_ mailbox: MailboxID, _ uid: UInt32) -> MessageKey {
        MessageKey(kind: .ghost, mailbox: mailbox, uid: uid)
    }

    /// The UID in a key's bytes; nil when they are no message key.
    @inline(__always)
    package static func uid(in key: UnsafeRawBufferPointer) -> UInt32? {
        guard key.count == 13 else { return nil }
        return UInt32(bigEndian: key.loadUnaligned(fromByteOffset: 9, as: UInt32.self))
    }

    @inline(__always)
    package func write(to key: inout KeyWriter) {
        key.append(kind.rawValue)
        key.append(mailbox.rawValue)
        key.append(uid)
    }
}

/// What one event did to one mailbox.
///
/// By position first: whatever mailboxes a commit touches, their deltas stand side by side in the
/// last page. Those of one mailbox are found from its row on, each naming the one before.
package struct DeltaKey: RowKey {
    package var kind: RowKind { .delta }
    let position: LogPosition
    let mailbox: MailboxID

    package init(position: LogPosition, mailbox: MailboxID) {
        self.position = position
        self.mailbox = mailbox
    }

    @inline(__always)
    package func write(to key: inout KeyWriter) {
        key.append(kind.rawValue)
        key.append(position.rawValue)
        key.append(mailbox.rawValue)
    }
}

/// A message's summary, or the number of rows that share it.
package struct EmailKey: RowKey {
    package let kind: RowKind
    let email: EmailID

    package static func summary(_ email: EmailID) -> EmailKey {
        EmailKey(kind: .summary, email: email)
    }
    package static func shared(_ email: EmailID) -> EmailKey {
        EmailKey(kind: .shared, email: email)
    }

    package static func email(in key: UnsafeRawBufferPointer) -> EmailID? {
        guard key.count == 13 else { return nil }
        return EmailID(
            position: LogPosition(
                UInt64(bigEndian: key.loadUnaligned(fromByteOffset: 1, as: UInt64.self))),
            index: UInt32(bigEndian: key.loadUnaligned(fromByteOffset: 9, as: UInt32.self)))
    }

    package func write(to key: inout KeyWriter) {
        key.append(kind.rawValue)
        key.append(email.position.rawValue)
        key.append(email.index)
    }
}

/// A name within an account, or (without an account) an account's own name.
///
/// Names longer than `inlineBytes` are cut there and followed by 0xFF (never in UTF-8) and the
/// SHA-256 of the whole: keys stay below LMDB's 511 bytes, and the row holds the name itself.
package struct NameKey: RowKey {
    package let kind: RowKind
    let account: AccountID?
    let name: String

    package static let inlineBytes = 400

    package static func mailbox(_ account: AccountID, _ name: MailboxName) -> NameKey {
        NameKey(kind: .name, account: account, name: name.string)
    }
    package static func subscription(_ account: AccountID, _ name: MailboxName) -> NameKey {
        NameKey(kind: .subscription, account: account, name: name.string)
    }
    package static func account(_ name: String) -> NameKey {
        NameKey(kind: .accountName, account: nil, name: name)
    }

    package func write(to key: inout KeyWriter) {
        key.append(kind.rawValue)
        if let account { key.append(account.rawValue) }
        var text = name
        text.withUTF8 { utf8 in
            let bytes = UnsafeRawBufferPointer(utf8)
            guard bytes.count > NameKey.inlineBytes else {
                key.append(bytes)
                return
            }
            key.append(UnsafeRawBufferPointer(rebasing: bytes[..<NameKey.inlineBytes]))
            key.append(0xFF as UInt8)
            SHA256.hash(data: bytes).withUnsafeBytes { key.append($0) }
        }
    }
}

/// The common start of all rows of one kind, or of one mailbox or account within it.
package struct RowPrefix: RowKey {
    package let kind: RowKind
    let id: UInt64?

    package static func messages(_ mailbox: MailboxID) -> RowPrefix {
        RowPrefix(kind: .message, id: mailbox.rawValue)
    }
    package static func ghosts(_ mailbox: MailboxID) -> RowPrefix {
        RowPrefix(kind: .ghost, id: mailbox.rawValue)
    }
    package static func names(_ account: AccountID) -> RowPrefix {
        RowPrefix(kind: .name, id: account.rawValue)
    }
    package static func subscriptions(_ account: AccountID) -> RowPrefix {
        RowPrefix(kind: .subscription, id: account.rawValue)
    }
    package static func all(_ kind: RowKind) -> RowPrefix { RowPrefix(kind: kind, id: nil) }

    package func write(to key: inout KeyWriter) {
        key.append(kind.rawValue)
        if let id { key.append(id) }
    }
}
