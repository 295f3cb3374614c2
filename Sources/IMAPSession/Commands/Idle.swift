import IMAPCodec
import MailboxStore
import NIOCore

/// IDLE: RFC 2177. The one command that tells news as they come, expunges included.
struct IdleExecution: RunningCommand {
    /// What did not fit the out-buffer.
    private var pending: PendingUpdates?

    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        switch resumption {
        case .begin:
            session.ask(.expectDone)
            out.writeContinuation("idling")
            if let selected = session.state.selected { session.ask(.watch(selected.view.mailbox)) }
            return tellNews(in: &session, out: &out)
        case .news, .room:
            return tellNews(in: &session, out: &out)
        case .client(.line(let line)):
            abandon(in: &session)
            let isDone = line.readableBytesView.elementsEqual("DONE".utf8) { $0 & 0xDF == $1 }
            return .finished(isDone ? .ok("IDLE completed") : .bad("Expected DONE"))
        case .client, .answer:
            return .waiting(for: .client)
        }
    }

    mutating func abandon(in session: inout Session) {
        if session.state.selected != nil { session.ask(.unwatch) }
    }

    /// What was left first, then everything new: news that came meanwhile woke nobody.
    private mutating func tellNews(
        in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        if var left = pending {
            pending = nil
            if !session.tell(&left, out: &out) {
                pending = left
                return .waiting(for: .room)
            }
        }
        pending = session.tellUpdates(.everything, for: .idle, out: &out)
        return .waiting(for: pending == nil ? .client : .room)
    }
}
