import IMAPCodec

/// Each command with its UID form apart, by its name: the rows of `CommandTraits`.
///
/// The name is also the cause that events are recorded with.
package enum CommandKind: String, CaseIterable, Hashable, Sendable {
    case capability = "CAPABILITY"
    case noop = "NOOP"
    case logout = "LOGOUT"
    case id = "ID"
    case startTLS = "STARTTLS"
    case authenticate = "AUTHENTICATE"
    case login = "LOGIN"
    case enable = "ENABLE"
    case select = "SELECT"
    case examine = "EXAMINE"
    case create = "CREATE"
    case delete = "DELETE"
    case rename = "RENAME"
    case subscribe = "SUBSCRIBE"
    case unsubscribe = "UNSUBSCRIBE"
    case list = "LIST"
    case lsub = "LSUB"
    case namespace = "NAMESPACE"
    case status = "STATUS"
    case append = "APPEND"
    case idle = "IDLE"
    case check = "CHECK"
    case close = "CLOSE"
    case unselect = "UNSELECT"
    case expunge = "EXPUNGE"
    case uidExpunge = "UID EXPUNGE"
    case search = "SEARCH"
    case uidSearch = "UID SEARCH"
    case fetch = "FETCH"
    case uidFetch = "UID FETCH"
    case store = "STORE"
    case uidStore = "UID STORE"
    case copy = "COPY"
    case uidCopy = "UID COPY"
    case move = "MOVE"
    case uidMove = "UID MOVE"
    /// Any name that is none of these.
    case unknown = "unknown"

    package init(_ command: Command) {
        switch command {
        case .capability: self = .capability
        case .noop: self = .noop
        case .logout: self = .logout
        case .id: self = .id
        case .startTLS: self = .startTLS
        case .authenticate: self = .authenticate
        case .login: self = .login
        case .enable: self = .enable
        case .select: self = .select
        case .examine: self = .examine
        case .create: self = .create
        case .delete: self = .delete
        case .rename: self = .rename
        case .subscribe: self = .subscribe
        case .unsubscribe: self = .unsubscribe
        case .list: self = .list
        case .lsub: self = .lsub
        case .namespace: self = .namespace
        case .status: self = .status
        case .idle: self = .idle
        case .check: self = .check
        case .close: self = .close
        case .unselect: self = .unselect
        case .expunge(let command): self = command.uids == nil ? .expunge : .uidExpunge
        case .search(let command): self = command.kind == .uid ? .uidSearch : .search
        case .fetch(let command): self = command.kind == .uid ? .uidFetch : .fetch
        case .store(let command): self = command.kind == .uid ? .uidStore : .store
        case .copy(let command): self = command.kind == .uid ? .uidCopy : .copy
        case .move(let command): self = command.kind == .uid ? .uidMove : .move
        case .unknown: self = .unknown
        }
    }
}
