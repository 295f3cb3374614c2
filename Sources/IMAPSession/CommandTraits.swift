/// Where a command is allowed and what may be told at its end: the table of `Schemas/session.md`.
package struct CommandTraits: Hashable, Sendable {
    package let states: Set<SessionState.Kind>
    package let numbers: Numbers
    /// What is told before the tagged line, whether that is OK, NO or BAD.
    package let updates: Updates

    /// How a command names messages.
    package enum Numbers: String, Hashable, Sendable {
        case none = "–"
        case sequence = "sequence numbers"
        case uid = "UIDs"
    }

    /// RFC 3501 §5.5, §7.4.1; RFC 9051 §7.5.1.
    package enum Updates: String, Hashable, Sendable {
        /// The view is given up with the command, or nothing may be said.
        case none = "nothing"
        /// EXISTS, RECENT and FETCH; no EXPUNGE, which would renumber what the command is about.
        case appendsAndFlags = "appends and flags"
        case everything = "everything"
    }

    init(_ states: Set<SessionState.Kind>, _ numbers: Numbers, _ updates: Updates) {
        self.states = states
        self.numbers = numbers
        self.updates = updates
    }
}

extension CommandKind {
    package var traits: CommandTraits {
        switch self {
        case .capability, .noop, .id: CommandTraits(.anyOpen, .none, .everything)
        case .logout: CommandTraits(.anyOpen, .none, .none)
        case .startTLS, .authenticate, .login:
            CommandTraits([.notAuthenticated], .none, .none)
        case .select, .examine: CommandTraits(.loggedIn, .none, .none)
        case .enable, .create, .delete, .rename, .subscribe, .unsubscribe, .list, .lsub,
            .namespace, .status, .append, .idle:
            CommandTraits(.loggedIn, .none, .everything)
        case .check, .expunge: CommandTraits([.selected], .none, .everything)
        case .close, .unselect: CommandTraits([.selected], .none, .none)
        case .search, .fetch, .store: CommandTraits([.selected], .sequence, .appendsAndFlags)
        case .copy, .move: CommandTraits([.selected], .sequence, .everything)
        case .uidExpunge, .uidSearch, .uidFetch, .uidStore, .uidCopy, .uidMove:
            CommandTraits([.selected], .uid, .everything)
        // It may be a SEARCH that was misspelled: say nothing.
        case .unknown: CommandTraits(.anyOpen, .none, .none)
        }
    }
}

extension Set<SessionState.Kind> {
    static let anyOpen: Self = [.notAuthenticated, .authenticated, .selected]
    static let loggedIn: Self = [.authenticated, .selected]
}
