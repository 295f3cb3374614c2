import ArgumentParser
import MailEvents
import MailModel

/// Which events are asked for.
struct LogFilter {
    let account: String?
    let mailbox: MailboxName?
    let kinds: Set<MailEvent.Kind>
    let user: String?
    let since: LogBound?
    let until: LogBound?

    func passes(_ event: RecordedEvent, _ names: NameHistory) -> Bool {
        if !kinds.isEmpty, !kinds.contains(event.event.kind) { return false }
        if let since, since.isAfter(event) { return false }
        if let until, until.isBefore(event) { return false }
        if let user, event.actor.user != user { return false }
        if let account, event.account.flatMap({ names.account($0) }) != account { return false }
        guard let mailbox else { return true }
        return concerned(event, names).contains(mailbox)
    }

    /// The names of the mailboxes that an event is about.
    private func concerned(_ event: RecordedEvent, _ names: NameHistory) -> [MailboxName] {
        let own = event.mailbox.flatMap { names.mailbox($0) }
        let other: MailboxName?
        switch event.event {
        case .messagesCopied(let copied): other = names.mailbox(copied.source)
        case .messagesMoved(let moved): other = names.mailbox(moved.source)
        case .mailboxRenamed(let renamed): other = renamed.to
        case .mailboxSubscribed(let subscribed): other = subscribed.name
        case .mailboxUnsubscribed(let unsubscribed): other = unsubscribed.name
        case .storeCreated, .accountCreated, .accountRemoved, .mailboxCreated, .mailboxDeleted,
            .messagesAppended, .flagsChanged, .messagesExpunged, .recentClaimed, .ghostsReclaimed,
            .policyChanged, .ghostsRevoked:
            other = nil
        }
        return [own, other].compactMap(\.self)
    }
}

/// A place in the log: a position or a time.
enum LogBound: ExpressibleByArgument {
    case position(LogPosition)
    case time(Moment)

    init?(argument: String) {
        if let position = UInt64(argument) {
            self = .position(LogPosition(position))
        } else if let moment = Moment(argument) {
            self = .time(moment)
        } else {
            return nil
        }
    }

    func isAfter(_ event: RecordedEvent) -> Bool {
        switch self {
        case .position(let position): event.position < position
        case .time(let moment): event.timeNanoseconds < moment.nanoseconds
        }
    }

    func isBefore(_ event: RecordedEvent) -> Bool {
        switch self {
        case .position(let position): event.position > position
        case .time(let moment): event.timeNanoseconds > moment.nanoseconds
        }
    }
}
