import MailEvents
import MailModel

/// An event as one JSON object with everything that is on record.
struct EventJSON {
    let event: RecordedEvent
    let names: NameHistory

    var text: String {
        JSON.object([
            ("position", .unsigned(event.position.rawValue)),
            ("time", .string(Moment(nanoseconds: event.timeNanoseconds).rfc3339)),
            ("type", .string(event.event.kindName)),
            ("account", .optional(event.account.flatMap { names.account($0) })),
            ("accountID", .optional(event.account.map { "\($0)" })),
            ("mailbox", .optional(event.mailbox.flatMap { names.mailbox($0)?.string })),
            ("mailboxID", .optional(event.mailbox.map { "\($0)" })),
            ("actor", actor), ("cause", .string(event.cause.command)),
            ("event", .object(payload)),
            ("schemaVersion", .unsigned(UInt64(event.schemaVersion))),
            ("digest", .string("\(event.digest)")),
        ]).text
    }

    private var actor: JSON {
        .object([
            ("user", .string(event.actor.user)), ("session", .string(event.actor.session)),
            ("address", .string(event.actor.address)),
            ("protocol", .string(event.actor.protocolName)),
            ("client", .string(event.actor.clientID)), ("tag", .string(event.actor.tag)),
        ])
    }

    /// What is peculiar to the type of event.
    private var payload: [(String, JSON)] {
        switch event.event {
        case .storeCreated(let created): [("storeID", .string(created.storeID.hexadecimal))]
        case .accountCreated(let created): [("name", .string(created.name))]
        case .accountRemoved(let removed): [("accountID", .string("\(removed.account)"))]
        case .mailboxCreated(let created):
            [
                ("name", .string(created.name.string)),
                ("uidValidity", .unsigned(UInt64(created.uidValidity.rawValue))),
                ("specialUse", .array(created.specialUse.map { .string("\($0.attribute)") })),
            ]
        case .mailboxRenamed(let renamed):
            [
                ("from", .string(renamed.from.string)), ("to", .string(renamed.to.string)),
                ("disconnects", .bool(renamed.disconnects)),
            ]
        case .mailboxDeleted(let deleted):
            [
                ("name", .string(deleted.name.string)), ("disconnects", .bool(deleted.disconnects)),
            ]
        case .mailboxSubscribed(let subscribed): [("name", .string(subscribed.name.string))]
        case .mailboxUnsubscribed(let gone): [("name", .string(gone.name.string))]
        case .messagesAppended(let appended):
            [("messages", .array(appended.messages.map(EventJSON.message)))]
        case .messagesCopied(let copied):
            transfer(copied.source, copied.sourceUIDs, copied.destination, copied.destinationUIDs)
        case .messagesMoved(let moved):
            transfer(moved.source, moved.sourceUIDs, moved.destination, moved.destinationUIDs)
        case .flagsChanged(let changed):
            [
                ("uids", .string("\(changed.uids)")),
                ("operation", .string(EventJSON.name(changed.operation))),
                ("flags", EventJSON.flags(changed.flags)),
            ]
        case .messagesExpunged(let expunged): [("uids", .string("\(expunged.uids)"))]
        case .recentClaimed(let claimed): [("through", .unsigned(UInt64(claimed.through.rawValue)))]
        case .ghostsReclaimed(let reclaimed):
            [
                ("through", .unsigned(reclaimed.through.rawValue)),
                ("wholeMailbox", .bool(reclaimed.wholeMailbox)),
                ("uids", .string("\(reclaimed.uids)")),
            ]
        case .policyChanged(let changed):
            [
                ("fromConfiguration", .bool(changed.isFromConfiguration)),
                (
                    "answers",
                    .object(
                        changed.layer.answers.map { ($0.question.name, .string($0.name)) })
                ),
            ]
        case .ghostsRevoked(let revoked):
            [
                ("wholeMailbox", .bool(revoked.wholeMailbox)),
                ("uids", .string("\(revoked.uids)")),
            ]
        }
    }

    private func transfer(
        _ source: MailboxID, _ uids: UIDSet, _ destination: MailboxID, _ new: ClosedRange<UInt32>?
    ) -> [(String, JSON)] {
        [
            ("source", .optional(names.mailbox(source)?.string)),
            ("sourceID", .string("\(source)")),
            ("sourceUIDs", .string("\(uids)")),
            ("destination", .optional(names.mailbox(destination)?.string)),
            ("destinationID", .string("\(destination)")),
            ("destinationUIDs", .optional(new.map { "\(UIDSet($0))" })),
        ]
    }

    private static func message(_ message: AppendedMessage) -> JSON {
        .object([
            ("uid", .unsigned(UInt64(message.uid.rawValue))),
            ("digest", .string("\(message.digest)")), ("sizeBytes", .unsigned(message.sizeBytes)),
            ("internalDate", .string("\(message.internalDate)")), ("flags", flags(message.flags)),
        ])
    }

    private static func flags(_ flags: FlagSet) -> JSON { .array(flags.texts.map { .string($0) }) }

    private static func name(_ operation: FlagOperation) -> String {
        switch operation {
        case .replace: "replace"
        case .add: "add"
        case .remove: "remove"
        }
    }
}
