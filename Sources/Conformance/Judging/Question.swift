/// What RFC 2180 leaves to the server, as questions that a run of the kit answers.
package enum Question: String, CaseIterable, Sendable {
    /// DELETE while another session has the mailbox open: §3.1–3.3.
    case delete
    /// The name of a deleted mailbox that another session still has open: §3.2.
    case name
    /// RENAME while another session has the mailbox open: §3.1, §3.3, §3.4.
    case rename
    /// EXPUNGE, UID EXPUNGE, CLOSE and MOVE while another session has the mailbox open: §4.1.4.
    case expunge
    /// FETCH of expunged messages: §4.1.1–4.1.3.
    case fetch
    /// STORE on a mixture of expunged and other messages: §4.2.
    case store
    /// SEARCH over expunged messages: §4.3.
    case search
    /// COPY of expunged messages: §4.4.
    case copy
    /// MOVE of expunged messages (RFC 6851): RFC 2180 says nothing of it, so no answer has a name.
    case move
}
