import MailModel

/// A command of a client, parsed: RFC 9051 §6, RFC 3501 §6 and the extensions.
///
/// APPEND is not here: its messages stream, so it comes as events of `CommandDecoder`.
public enum Command: Hashable, Sendable {
    // In any state.
    case capability
    case noop
    case logout
    case id(IDCommand)

    // Before authentication.
    case startTLS
    case authenticate(AuthenticateCommand)
    case login(LoginCommand)

    // Authenticated.
    case enable(EnableCommand)
    case select(SelectCommand)
    case examine(SelectCommand)
    case create(CreateCommand)
    case delete(DeleteCommand)
    case rename(RenameCommand)
    case subscribe(SubscribeCommand)
    case unsubscribe(SubscribeCommand)
    case list(ListCommand)
    case lsub(LsubCommand)
    case namespace
    case status(StatusCommand)
    case idle

    // Selected.
    case check
    case close
    case unselect
    case expunge(ExpungeCommand)
    case search(SearchCommand)
    case fetch(FetchCommand)
    case store(StoreCommand)
    case copy(CopyCommand)
    case move(CopyCommand)

    /// A name that this codec does not know; its arguments are skipped.
    case unknown(name: String)
}

/// A command and the tag that its answer carries.
public struct TaggedCommand: Hashable, Sendable {
    /// 1*<any ASTRING-CHAR except "+">: ASCII.
    public let tag: String
    public let command: Command

    public init(tag: String, command: Command) {
        self.tag = tag
        self.command = command
    }
}

/// Whether a command names messages by sequence number or by UID, and answers in kind.
public enum NumberKind: Hashable, Sendable {
    case sequence
    case uid
}

extension Command {
    /// The command's name in capitals, with its UID prefix: `UID FETCH`.
    public var name: String {
        switch self {
        case .capability: "CAPABILITY"
        case .noop: "NOOP"
        case .logout: "LOGOUT"
        case .id: "ID"
        case .startTLS: "STARTTLS"
        case .authenticate: "AUTHENTICATE"
        case .login: "LOGIN"
        case .enable: "ENABLE"
        case .select: "SELECT"
        case .examine: "EXAMINE"
        case .create: "CREATE"
        case .delete: "DELETE"
        case .rename: "RENAME"
        case .subscribe: "SUBSCRIBE"
        case .unsubscribe: "UNSUBSCRIBE"
        case .list: "LIST"
        case .lsub: "LSUB"
        case .namespace: "NAMESPACE"
        case .status: "STATUS"
        case .idle: "IDLE"
        case .check: "CHECK"
        case .close: "CLOSE"
        case .unselect: "UNSELECT"
        case .expunge(let command): command.uids == nil ? "EXPUNGE" : "UID EXPUNGE"
        case .search(let command): command.kind == .uid ? "UID SEARCH" : "SEARCH"
        case .fetch(let command): command.kind == .uid ? "UID FETCH" : "FETCH"
        case .store(let command): command.kind == .uid ? "UID STORE" : "STORE"
        case .copy(let command): command.kind == .uid ? "UID COPY" : "COPY"
        case .move(let command): command.kind == .uid ? "UID MOVE" : "MOVE"
        case .unknown(let name): name
        }
    }
}
