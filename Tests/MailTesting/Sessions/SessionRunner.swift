import Authentication
import IMAPCodec
import IMAPSession
import MailEvents
import MailModel
import MailboxStore
import NIOCore
import Synchronization

/// Drives one session without a socket: bytes in, bytes out, every effect performed at once.
package final class SessionRunner {
    private var session: Session
    private var decoder = CommandDecoder()
    private var input = ByteBuffer()
    private var out = ResponseWriter()
    private var written: [UInt8] = []
    private unowned let server: MemoryServer
    private var intake: BodyIntake?
    private var bodyFailure: StoreError?
    private var watch: (token: WatchToken, bell: Bell)?
    /// The server has closed the connection.
    package private(set) var isClosed = false

    init(_ context: SessionContext, of server: MemoryServer) {
        self.server = server
        session = Session(context: context)
        session.greet(into: &out)
    }

    package var state: SessionState { session.state }

    /// Gives the session bytes of its client, then lets everybody who idles hear of what they did.
    package func send(_ bytes: some Sequence<UInt8>) {
        guard !isClosed else { return }
        input.writeBytes(bytes)
        pump()
        server.deliverNews()
    }

    /// The client goes away without a word.
    package func drop() {
        receive(.connectionClosed)
        isClosed = true
        server.deliverNews()
    }

    /// What the session has written since this was last asked.
    package func takeOutput() -> [UInt8] {
        flush()
        defer { written = [] }
        return written
    }

    package func checkInvariants() {
        session.state.selected?.view.checkInvariants()
    }

    // MARK: News

    func takeNews() -> Bool { watch?.bell.isRung.exchange(false, ordering: .relaxed) ?? false }

    func tellNews() {
        receive(.news)
        pump()
    }

    /// Says BYE if the eviction is meant for this session as it is now.
    func leave(_ eviction: Eviction) { receive(.evicted(eviction)) }

    // MARK: Driving

    private func receive(_ input: SessionInput) {
        session.receive(input, now: server.test.nowNanoseconds, out: &out)
        for effect in session.takeEffects() { perform(effect) }
    }

    private func pump() {
        while true {
            if session.wantsRoom {
                flush()
                receive(.room)
            } else if session.wantsClientEvents, let event = decoder.next(from: &input) {
                receive(.client(event))
            } else {
                return
            }
        }
    }

    private func flush() {
        written.append(contentsOf: out.buffer.readableBytesView)
        out.buffer.clear()
    }

    private func perform(_ effect: SessionEffect) {
        switch effect {
        case .submit(let change, let actor, let cause):
            let outcome = server.store.perform(change, actor: actor, cause: cause)
            receive(.answer(.changed(outcome)))
        case .submitQuietly(let change, let actor, let cause):
            _ = server.store.perform(change, actor: actor, cause: cause)
        case .verify(let attempt): receive(.answer(.verified(server.verify(attempt))))
        case .run(let job): receive(.answer(.job(job.perform { false })))
        case .beginBody: intake = server.store.bodies.makeIntake()
        case .feedBody(let bytes): feed(bytes)
        case .finishBody: finishBody()
        case .abandonBody:
            intake?.abandon()
            intake = nil
        case .acceptAppendLiteral: decoder.acceptAppendLiteral()
        case .refuseAppendLiteral: decoder.refuseAppendLiteral()
        case .expectLine: decoder.expectLine()
        case .expectDone: decoder.expectLine(upTo: ParserLimits.doneLineBytes)
        case .setParserLimits(let limits): decoder.limits = limits
        case .watch(let mailbox): startWatching(mailbox)
        case .unwatch: stopWatching()
        case .close: close()
        }
    }

    private func close() {
        flush()
        isClosed = true
    }
}

/// Watching a mailbox.
extension SessionRunner {
    private func startWatching(_ mailbox: MailboxID) {
        let bell = Bell()
        let token = server.store.hub.watch(mailbox, on: ImmediateLane()) { bell.ring() }
        watch = (token, bell)
        receive(.news)
    }

    private func stopWatching() {
        guard let token = watch?.token else { return }
        watch = nil
        server.store.hub.unwatch(token)
    }
}

/// A message that is coming in.
extension SessionRunner {
    private func feed(_ bytes: ByteBuffer) {
        do throws(StoreError) {
            try intake?.feed(Array(bytes.readableBytesView))
        } catch {
            bodyFailure = error
        }
    }

    private func finishBody() {
        let (body, failure) = (intake, bodyFailure)
        intake = nil
        bodyFailure = nil
        do throws(StoreError) {
            if let failure { throw failure }
            guard let body else { throw .body("no body was begun") }
            receive(.answer(.body(.success(try body.finish()))))
        } catch {
            receive(.answer(.body(.failure(error))))
        }
    }
}

/// Rung by the store's writer, heard by whoever runs the session.
private final class Bell: Sendable {
    let isRung = Atomic<Bool>(false)

    func ring() { isRung.store(true, ordering: .relaxed) }
}

/// Does at once, on the writer's thread, what is handed to it: ringing bells.
///
/// The writer hands over news of a commit before the answers to it, so the bell has rung when the
/// change that caused it has been answered.
private final class ImmediateLane: ReplyLane {
    func execute(_ work: @escaping @Sendable () -> Void) { work() }
}
