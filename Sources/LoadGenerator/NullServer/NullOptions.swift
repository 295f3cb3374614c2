import ArgumentParser

/// How the null server differs from its usual self.
struct NullOptions {
    /// Clients send literals without waiting: RFC 7888.
    var hasLiteralPlus = true
    /// What it does wrong, to show that the checks find it.
    var fault: NullFault?

    var capabilities: StaticString {
        hasLiteralPlus
            ? "IMAP4rev1 LITERAL+ UIDPLUS MULTIAPPEND MOVE IDLE UNSELECT"
            : "IMAP4rev1 UIDPLUS MOVE IDLE UNSELECT"
    }
}

/// One thing that a server may do wrong.
enum NullFault: String, CaseIterable, ExpressibleByArgument {
    /// FETCH leaves out the last message.
    case lostFetch = "lost-fetch"
    /// A letter is kept with one byte changed.
    case wrongByte = "wrong-byte"
    /// FETCH tells the size of another letter.
    case wrongSize = "wrong-size"
    /// STORE is answered with the flags as they were.
    case staleFlags = "stale-flags"
    /// APPEND is answered with OK, and of ten letters one is not kept.
    case lostAppend = "lost-append"
    /// SEARCH finds one message too many, if there is one.
    case phantomHit = "phantom-hit"
    /// STATUS counts one message too many.
    case wrongCount = "wrong-count"
    /// A tagged answer has another command's tag.
    case wrongTag = "wrong-tag"
    /// EXPUNGE is told of twice.
    case doubleExpunge = "double-expunge"
}
