import Authentication
import IMAPCodec
import MailEvents
import MailModel
import MailboxStore
import NIOCore

/// What a session wants done outside of it, in order.
package enum SessionEffect {
    // Asking for an answer.

    /// Put to the store's writer. Answer: `.changed`.
    case submit(any Change, Actor, Cause)
    /// Off the event loop, after whatever delay the throttle demands. Answer: `.verified`.
    case verify(LoginAttempt)
    /// Ends the body that was begun. Answer: `.body`.
    case finishBody
    /// Off the event loop. Answer: `.job`.
    case run(any OffLoopJob)

    // Not asking for an answer.

    /// Put to the store's writer; nobody waits for what becomes of it.
    case submitQuietly(any Change, Actor, Cause)
    /// The bytes of a message are about to come.
    case beginBody(sizeBytes: UInt64)
    case feedBody(ByteBuffer)
    /// Forgets the body that was begun and what was fed.
    case abandonBody

    // For the decoder, before it is asked for its next event.

    case acceptAppendLiteral
    case refuseAppendLiteral
    /// The next line is no command but a SASL response.
    case expectLine
    /// The next line is no command but DONE: `ParserLimits.doneLineBytes`.
    case expectDone
    case setParserLimits(ParserLimits)

    /// Calls for `.news` once when the watch stands (something may have happened before it did), and
    /// after each commit that touches the mailbox, until `unwatch`.
    case watch(MailboxID)
    case unwatch

    /// Flush, then close the connection.
    case close
}

/// Work that takes longer than an event loop may be kept: it runs on a thread of its own.
package protocol OffLoopJob: Sendable {
    /// - Parameter isCancelled: true once the connection is gone; ask it now and then.
    func perform(isCancelled: @Sendable () -> Bool) -> any Sendable
}
