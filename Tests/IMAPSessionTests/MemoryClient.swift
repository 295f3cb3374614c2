import Authentication
import Glibc
import IMAPCodec
import IMAPSession
import MailEvents
import MailModel
import MailboxStore
import NIOCore

/// A store in a folder of its own that goes with it.
final class TemporaryStore {
    let store: MailboxStore
    let directory: String
    private var sessions: UInt64 = 0

    init(policy: PolicyLayer = PolicyLayer()) throws {
        var template = Array("/tmp/hindsight-session-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure(what: "mkdtemp") }
        directory = String(cString: made)
        store = try MailboxStore.open(
            directory: directory,
            options: StoreOptions(
                role: .server, mapSizeBytes: 256 << 20))
        guard !policy.isEmpty else { return }
        _ = store.perform(
            ChangePolicy(.store, .replace(policy)), actor: Actor(), cause: Cause(command: "set-up"))
    }

    struct Failure: Error { let what: String }

    deinit {
        store.close()
        for path in [directory] { system("rm -rf '\(path)'") }
    }

    /// A client that has been greeted.
    func connect(_ limits: SessionLimits = SessionLimits(), secure: Bool = true) -> MemoryClient {
        sessions += 1
        return MemoryClient(
            SessionContext(
                store: store, sessionID: sessions, remoteAddress: "192.0.2.1:\(sessions)",
                allowsPlaintextLogin: secure, createsAccounts: true, limits: limits),
            keeping: self)
    }

    /// A client that has logged in as `user`.
    func login(_ user: String = "anna") -> MemoryClient {
        let client = connect()
        client.send("l LOGIN \(user) secret")
        return client
    }
}

/// Drives one session without a socket: every effect is performed at once.
final class MemoryClient {
    private var session: Session
    private var decoder = CommandDecoder()
    private var input = ByteBuffer()
    private var out = ResponseWriter()
    private let store: MailboxStore
    private var intake: BodyIntake?
    private var bodyFailure: StoreError?
    private(set) var isClosed = false
    private(set) var isWatching = false
    private(set) var greeting = ""
    /// The most that any step has written.
    var largestWrite = 0
    private var sent = ""
    /// 2025-01-02 03:04:05 UTC.
    private let now: Int64 = 1_735_787_045_000_000_000

    /// The folder goes when the last client does.
    private let owner: TemporaryStore

    init(_ context: SessionContext, keeping owner: TemporaryStore) {
        self.owner = owner
        store = context.store
        session = Session(context: context)
        session.greet(into: &out)
        greeting = taken()
    }

    var state: SessionState.Kind { session.state.kind }

    /// Sends a line and gives what was answered.
    @discardableResult
    func send(_ line: String) -> String { sendRaw(line + "\r\n") }

    @discardableResult
    func sendRaw(_ text: String) -> String {
        input.writeString(text)
        pump()
        return taken()
    }

    /// What the watched mailbox brought.
    func news() -> String {
        receive(.news)
        pump()
        return taken()
    }

    func receive(_ input: SessionInput) {
        session.receive(input, now: now, out: &out)
        perform()
    }

    private func taken() -> String {
        flush()
        defer { sent = "" }
        return sent
    }

    private func flush() {
        largestWrite = max(largestWrite, out.buffer.readableBytes)
        sent += String(buffer: out.buffer)
        out.buffer.clear()
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

    private func perform() {
        for effect in session.takeEffects() {
            switch effect {
            case .submit(let change, let actor, let cause):
                receive(.answer(.changed(store.perform(change, actor: actor, cause: cause))))
            case .submitQuietly(let change, let actor, let cause):
                _ = store.perform(change, actor: actor, cause: cause)
            case .verify(let attempt):
                let answer = DemoCredentials(password: "secret").verify(attempt)
                receive(.answer(.verified(answer)))
            case .run(let job):
                receive(.answer(.job(job.perform { false })))
            case .beginBody: intake = store.bodies.makeIntake()
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
            case .watch:
                isWatching = true
                receive(.news)
            case .unwatch: isWatching = false
            case .close: isClosed = true
            }
        }
    }

    private func feed(_ bytes: ByteBuffer) {
        do throws(StoreError) {
            try intake?.feed(Array(bytes.readableBytesView))
        } catch {
            bodyFailure = error
        }
    }

    private func finishBody() {
        let body = intake
        intake = nil
        do throws(StoreError) {
            if let bodyFailure { throw bodyFailure }
            guard let body else { throw .body("no body was begun") }
            receive(.answer(.body(.success(try body.finish()))))
        } catch {
            receive(.answer(.body(.failure(error))))
        }
    }
}
