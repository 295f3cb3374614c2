import Authentication
import IMAPCodec
import IMAPSession
import MailboxStore
import NIOCore

/// Drives one session without a socket; what it answers is counted and thrown away.
final class MemorySession {
    private var session: Session
    private var decoder = CommandDecoder()
    private var input = ByteBuffer()
    private var out = ResponseWriter()
    private let store: MailboxStore

    init(_ store: MailboxStore, user: String) throws {
        self.store = store
        session = Session(
            context: SessionContext(
                store: store, sessionID: 1, remoteAddress: "127.0.0.1:1", allowsPlaintextLogin: true
            ))
        session.greet(into: &out)
        try expectOK("a LOGIN \(user) secret")
    }

    /// Sends a command.
    ///
    /// - Returns: how many bytes were answered.
    @discardableResult
    func send(_ line: String) -> Int {
        input.writeString(line + "\r\n")
        return pump()
    }

    /// - Throws: when the answer is not OK.
    func expectOK(_ line: String) throws {
        input.writeString(line + "\r\n")
        var end = ""
        _ = pump { end = String(buffer: $0) }
        guard end.contains("a OK") else {
            throw BenchmarkFailure("\(line.prefix(20)) was answered \(end.suffix(100))")
        }
    }

    private func pump(_ show: (ByteBuffer) -> Void = { _ in }) -> Int {
        var bytes = 0
        while true {
            if session.wantsRoom {
                bytes += taken(show)
                receive(.room)
            } else if session.wantsClientEvents, let event = decoder.next(from: &input) {
                receive(.client(event))
            } else {
                return bytes + taken(show)
            }
        }
    }

    private func taken(_ show: (ByteBuffer) -> Void) -> Int {
        defer { out.buffer.clear() }
        show(out.buffer)
        return out.buffer.readableBytes
    }

    private func receive(_ input: SessionInput) {
        session.receive(input, now: 1_767_225_600_000_000_000, out: &out)
        for effect in session.takeEffects() {
            switch effect {
            case .submit(let change, let actor, let cause):
                receive(.answer(.changed(store.perform(change, actor: actor, cause: cause))))
            case .submitQuietly(let change, let actor, let cause):
                _ = store.perform(change, actor: actor, cause: cause)
            case .verify(let attempt):
                receive(.answer(.verified(DemoCredentials(password: "secret").verify(attempt))))
            case .run(let job): receive(.answer(.job(job.perform { false })))
            case .expectLine: decoder.expectLine()
            case .expectDone: decoder.expectLine(upTo: ParserLimits.doneLineBytes)
            case .setParserLimits(let limits): decoder.limits = limits
            default: break
            }
        }
    }
}
