import IMAPCodec

/// MOVE and UID MOVE: RFC 6851. One change, one event: nobody sees a message twice or not at all.
extension Session {
    mutating func move(_ command: CopyCommand, out: inout ResponseWriter) -> Step {
        transfer(command, moves: true, out: &out)
    }
}
