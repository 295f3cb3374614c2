import MailModel

/// The states of RFC 9051 §3, each with what exists in it.
package enum SessionState {
    case notAuthenticated
    case authenticated(LoggedInUser)
    case selected(LoggedInUser, SelectedMailbox)
    /// Nothing more is read or written.
    case loggedOut

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case notAuthenticated = "not authenticated"
        case authenticated = "authenticated"
        case selected = "selected"
        case loggedOut = "logged out"
    }

    package var kind: Kind {
        switch self {
        case .notAuthenticated: .notAuthenticated
        case .authenticated: .authenticated
        case .selected: .selected
        case .loggedOut: .loggedOut
        }
    }

    package var isOpen: Bool { kind != .loggedOut }

    package var user: LoggedInUser? {
        switch self {
        case .authenticated(let user), .selected(let user, _): user
        case .notAuthenticated, .loggedOut: nil
        }
    }

    package var selected: SelectedMailbox? {
        if case .selected(_, let mailbox) = self { mailbox } else { nil }
    }

    /// Why `kind` may not be given here.
    func complaint(about kind: CommandKind) -> String {
        switch self {
        case .notAuthenticated: "Log in first"
        case .authenticated:
            kind.traits.states.contains(.notAuthenticated)
                ? "Already logged in" : "Select a mailbox first"
        case .selected: "Already logged in"
        case .loggedOut: "Logged out"
        }
    }
}

/// Who has logged in.
package struct LoggedInUser: Sendable {
    package let name: String
    package let account: AccountID
}
