/// Questions of whoever drives a session.
extension Session {
    /// Whether the client waits in IDLE: then a word now and then keeps its connection alive.
    package var isIdling: Bool { current?.kind == .idle && wantsClientEvents }
}
