import MailEvents
import MailModel

/// An event as one line for people.
struct EventLine {
    let event: RecordedEvent
    let names: NameHistory
    let utc: Bool

    var text: String {
        let place = [event.account.map(account), event.mailbox.map(mailbox)].compactMap(\.self)
        let time = Moment(nanoseconds: event.timeNanoseconds).forPeople(utc: utc)
        let parts = [
            "\(event.position)", time, place.isEmpty ? "-" : place.joined(separator: " "), actor,
            happened,
        ]
        return parts.map(Terminal.printable).joined(separator: "  ")
    }

    private func account(_ id: AccountID) -> String { names.account(id) ?? "\(id)" }
    private func mailbox(_ id: MailboxID) -> String { names.mailbox(id)?.string ?? "\(id)" }

    /// `ann@127.0.0.1:5000 via Thunderbird (a12 UID STORE)`
    private var actor: String {
        let actor = event.actor
        var text = actor.user.isEmpty ? actor.protocolName : actor.user
        if !actor.address.isEmpty { text += "@\(actor.address)" }
        if !actor.clientID.isEmpty { text += " via \(actor.clientID)" }
        let command = [actor.tag, event.cause.command].filter { !$0.isEmpty }
        return command.isEmpty ? text : "\(text) (\(command.joined(separator: " ")))"
    }

    /// What happened, in words.
    private var happened: String {
        switch event.event {
        case .storeCreated: "created the store"
        case .accountCreated(let created): "created account \(created.name)"
        case .accountRemoved: "removed the account"
        case .mailboxCreated(let created):
            "created the mailbox" + EventLine.uses(created.specialUse)
        case .mailboxRenamed(let renamed):
            "renamed \(renamed.from) to \(renamed.to)"
                + (renamed.disconnects ? " and disconnected the others" : "")
        case .mailboxDeleted(let deleted):
            "deleted the mailbox" + (deleted.disconnects ? " and disconnected the others" : "")
        case .mailboxSubscribed(let subscribed): "subscribed to \(subscribed.name)"
        case .mailboxUnsubscribed(let unsubscribed): "unsubscribed from \(unsubscribed.name)"
        case .messagesAppended(let appended):
            "appended "
                + EventLine.messages(
                    UIDSet(numbers: appended.messages.lazy.map(\.uid.rawValue)))
        case .messagesCopied(let copied):
            "copied \(EventLine.messages(copied.sourceUIDs)) from \(mailbox(copied.source))"
                + EventLine.new(copied.destinationUIDs)
        case .messagesMoved(let moved):
            "moved \(EventLine.messages(moved.sourceUIDs)) from \(mailbox(moved.source))"
                + EventLine.new(moved.destinationUIDs)
        case .flagsChanged(let changed): EventLine.flags(changed)
        case .messagesExpunged(let expunged): "expunged \(EventLine.messages(expunged.uids))"
        case .recentClaimed(let claimed):
            "was told of what is recent, through UID \(claimed.through.rawValue)"
        case .ghostsReclaimed(let reclaimed):
            reclaimed.wholeMailbox
                ? "reclaimed the deleted mailbox"
                : "reclaimed \(EventLine.messages(reclaimed.uids)) expunged before"
        case .policyChanged(let changed): EventLine.policy(changed)
        case .ghostsRevoked(let revoked):
            revoked.wholeMailbox
                ? "withdrew the deleted mailbox"
                : "withdrew \(EventLine.messages(revoked.uids)) expunged before"
        }
    }

    private static func policy(_ changed: PolicyChanged) -> String {
        let answers = changed.layer.answers.map { "\($0.question.name) \($0.name)" }
        let layer = answers.isEmpty ? "nothing of its own" : answers.joined(separator: ", ")
        return changed.isFromConfiguration
            ? "policy of the configuration file: \(layer)" : "policy: \(layer)"
    }

    private static func flags(_ changed: FlagsChanged) -> String {
        let flags = changed.flags.texts.joined(separator: " ")
        let messages = messages(changed.uids)
        return switch changed.operation {
        case .replace:
            flags.isEmpty
                ? "cleared the flags of \(messages)" : "set the flags of \(messages) to \(flags)"
        case .add: "added \(flags) to \(messages)"
        case .remove: "removed \(flags) from \(messages)"
        }
    }

    /// `3 messages (UIDs 4:6)`
    private static func messages(_ uids: UIDSet) -> String {
        uids.count == 1 ? "1 message (UID \(uids))" : "\(uids.count) messages (UIDs \(uids))"
    }

    private static func new(_ uids: ClosedRange<UInt32>?) -> String {
        uids.map { ", here UIDs \(UIDSet($0))" } ?? ""
    }

    private static func uses(_ uses: [SpecialUse]) -> String {
        uses.isEmpty ? "" : " for \(uses.map { "\($0.attribute)" }.joined(separator: " "))"
    }
}

extension FlagSet {
    /// `\Seen`, `$Forwarded` …
    var texts: [String] {
        SystemFlags.names.filter { system.contains($0.flag) }.map { "\($0.name)" }
            + keywords.map(\.name)
    }
}
