/// Expunges nothing while somebody else has the mailbox open: RFC 2180 §4.1.4.
///
/// Costs nothing; no client ever meets an expunged message. Hurts everybody in a shared mailbox, from
/// which nothing may ever go: CLOSE closes and leaves the messages, MOVE is refused.
package struct RefuseExpunge: ExpungingStrategy {
    package init() {}

    package func judge(_ expunging: Expunging) -> ExpungingVerdict {
        expunging.otherViewers > 0 ? .refuse : .allow
    }
}
