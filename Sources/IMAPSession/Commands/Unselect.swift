/// UNSELECT: RFC 3691. As CLOSE, without expunging.
extension Session {
    mutating func unselect() -> Completion {
        _ = leaveMailbox()
        return .ok("UNSELECT completed")
    }
}
