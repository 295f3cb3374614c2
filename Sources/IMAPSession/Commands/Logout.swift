import IMAPCodec

/// LOGOUT: RFC 9051 §6.1.3.
extension Session {
    /// The view is given up before the tagged OK (RFC 2180 §3.2: nobody waits longer than that).
    func logout(out: inout ResponseWriter) -> Completion {
        state.selected?.close()
        out.writeUntagged(.bye, "Logging out")
        var completion = Completion.ok("LOGOUT completed")
        completion.ends = true
        return completion
    }
}
