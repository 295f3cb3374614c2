import IMAPCodec
import MailEvents
import MailModel
import MailboxStore
import NIOCore

/// APPEND and MULTIAPPEND: RFC 9051 §6.3.12, RFC 3502, RFC 7889. All messages or none.
///
/// What can be refused is refused before the client is told to send: an unknown mailbox, a message
/// over the limit. The bytes go to the store as they come and are never held here.
struct AppendExecution: RunningCommand {
    private let first: AppendHeader
    private var destination: MailboxName?
    /// The message that is coming in.
    private var header: AppendHeader
    private var messages: [IncomingMessage] = []
    private var totalBytes: UInt64 = 0
    /// Named by the messages so far.
    private var totalKeywords = 0
    /// Whether a body has been begun and not finished.
    private var holdsBody = false
    /// Whether the message that is coming in has a NUL that it may not have.
    private var hasBadNUL = false

    init(first: AppendHeader) {
        self.first = first
        header = first
    }

    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        switch resumption {
        case .begin:
            return admit(first, in: &session)
        case .client(.appendBegan(_, let next)):
            return admit(next, in: &session)
        case .client(.appendBytes(let bytes)):
            feed(bytes, in: &session)
            return .waiting(for: .client)
        case .client(.appendMessageEnded):
            if hasBadNUL {
                return .finished(.no("NUL can be sent in a literal8 only", code: .cannot))
            }
            session.ask(.finishBody)
            return .waiting(for: .answer)
        case .answer(.body(let result)):
            return take(result, in: &session)
        case .client(.appendEnded):
            return store(in: &session)
        case .answer(.changed(let outcome)):
            return .finished(AppendExecution.completion(outcome, in: session))
        case .client, .answer, .room, .news:
            return .waiting(for: .client)
        }
    }

    mutating func abandon(in session: inout Session) {
        guard holdsBody else { return }
        holdsBody = false
        session.ask(.abandonBody)
    }

    /// A literal has no NUL, `CHAR8 = %x01-ff`: RFC 9051 §9. One that has is refused, as Cyrus does:
    /// most mail programs would cut the message there, and who means it says so by a literal8, whose
    /// bytes BINARY gives back as they are (RFC 3516 §4.4).
    private mutating func feed(_ bytes: ByteBuffer, in session: inout Session) {
        if !header.isBinary, !hasBadNUL, bytes.readableBytesView.contains(0) {
            hasBadNUL = true
            abandon(in: &session)
        }
        if !hasBadNUL { session.ask(.feedBody(bytes)) }
    }

    /// Lets the next message come, or ends the command before it does.
    private mutating func admit(_ next: AppendHeader, in session: inout Session) -> Step {
        if let refusal = refusal(of: next, in: &session) {
            session.ask(.refuseAppendLiteral)
            return .finished(refusal)
        }
        header = next
        holdsBody = true
        totalBytes += next.sizeBytes
        totalKeywords += next.flags.keywords.count
        session.ask(.beginBody(sizeBytes: next.sizeBytes))
        session.ask(.acceptAppendLiteral)
        return .waiting(for: .client)
    }

    private mutating func refusal(
        of next: AppendHeader, in session: inout Session
    ) -> Completion? {
        let limits = session.context.limits
        // RFC 3502 §3: this is also how a client gives up half-way.
        if next.sizeBytes == 0 { return .no("An empty message cannot be appended", code: .cannot) }
        if next.sizeBytes > limits.appendBytes {
            return Completion(.messageTooLarge(limitBytes: limits.appendBytes))
        }
        if totalBytes + next.sizeBytes > limits.bytesPerAppend
            || messages.count >= limits.messagesPerAppend
            || totalKeywords + next.flags.keywords.count > limits.keywordsPerAppend
        {
            return .no("Too much for one APPEND", code: .limit)
        }
        return destination == nil ? refusalOfDestination(in: &session) : nil
    }

    private mutating func refusalOfDestination(in session: inout Session) -> Completion? {
        guard let user = session.state.user else { return .bad("Log in first") }
        switch first.mailbox {
        case .invalid(let reason): return .no(reason, code: .cannot)
        case .valid(let name):
            do throws(StoreError) {
                let store = session.context.store
                if let refusal = try store.refusal(ofAppendingTo: name, in: user.account) {
                    return session.answer(to: refusal)
                }
            } catch {
                return Completion(error)
            }
            destination = name
            return nil
        }
    }

    private mutating func take(
        _ result: Result<IncomingBody, StoreError>, in session: inout Session
    ) -> Step {
        holdsBody = false
        switch result {
        case .failure(let error): return .finished(Completion(error))
        case .success(let body):
            let date =
                header.internalDate
                ?? InternalDate(secondsSinceEpoch: session.now / 1_000_000_000)
            messages.append(
                IncomingMessage(body: body, flags: header.flags, internalDate: date))
            return .waiting(for: .client)
        }
    }

    private mutating func store(in session: inout Session) -> Step {
        guard let user = session.state.user, let destination else {
            return .finished(.bad("Log in first"))
        }
        session.submit(
            AppendMessages(
                account: user.account, destination: destination, messages: messages))
        messages = []
        return .waiting(for: .answer)
    }

    private static func completion(
        _ outcome: ChangeOutcome, in session: borrowing Session
    ) -> Completion {
        guard case .accepted(.appended(_, let validity, let uids), _) = outcome else {
            return session.failure(outcome) ?? .ok("APPEND completed")
        }
        return .ok("APPEND completed", code: .appendUID(validity, uids))
    }
}
