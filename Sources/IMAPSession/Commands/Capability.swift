import IMAPCodec

/// CAPABILITY: RFC 9051 §6.1.1. Lists what works now, in this state, and nothing else.
extension Session {
    var capabilities: [Capability] {
        switch state.kind {
        case .notAuthenticated, .loggedOut:
            Session.always + [
                context.allowsPlaintextLogin ? .authPlain : .loginDisabled
            ]
        case .authenticated, .selected:
            Session.always + Session.afterLogin + [.appendLimit(context.limits.appendBytes)]
        }
    }

    /// IDLE and ENABLE too: clients exist that ask only once, before they log in.
    private static let always: [Capability] = [
        .imap4rev1, .literalPlus, .saslIR, .id, .enable, .idle,
    ]

    private static let afterLogin: [Capability] = [
        .namespace, .children, .uidPlus, .unselect, .move, .specialUse, .createSpecialUse,
        .listExtended, .listStatus, .statusSize, .eSearch, .searchRes, .within, .multiAppend,
        .binary, .objectID, .saveDate, .condStore,
    ]

    func capability(out: inout ResponseWriter) -> Completion {
        out.writeCapability(capabilities)
        return .ok("CAPABILITY completed")
    }
}
