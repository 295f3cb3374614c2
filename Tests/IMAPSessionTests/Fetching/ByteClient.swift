import Authentication
import Foundation
import IMAPCodec
import IMAPSession
import MailEvents
import MailModel
import MailboxStore
import NIOCore

/// As `MemoryClient`, for answers that are no text: a session that has logged in and selected INBOX,
/// whose out-buffer is taken away whenever it says that it is full.
final class ByteClient {
    private var session: Session
    private var decoder = CommandDecoder()
    private var out = ResponseWriter()
    private let owner: TemporaryStore
    private let account: AccountID
    private var received: [UInt8] = []
    /// The most that has waited in the out-buffer at once, during the last `send`.
    private(set) var mostWaiting = 0
    /// Jobs that were run off the event loop.
    private(set) var jobs = 0
    /// Changes that were put to the store and waited for.
    private(set) var changes = 0
    private(set) var isClosed = false
    /// Called when the session waits for room, with how often it has.
    var whenPaused: ((Int) throws -> Void)?
    /// How often the session waited for room.
    private(set) var pauses = 0
    /// What jobs are told when they ask.
    var isCancelled: @Sendable () -> Bool = { false }

    struct Failure: Error { let what: String }

    /// - Parameter messages: appended to INBOX, in one change, before it is selected.
    init(
        _ owner: TemporaryStore, user: String = "anna", _ messages: [[UInt8]] = [],
        flags: [FlagSet] = [], limits: SessionLimits = SessionLimits(), sessionID: UInt64 = 1000,
        select: String = "SELECT INBOX"
    ) throws {
        self.owner = owner
        let context = SessionContext(
            store: owner.store, sessionID: sessionID, remoteAddress: "192.0.2.9:9",
            allowsPlaintextLogin: true, createsAccounts: true, limits: limits)
        session = Session(context: context)
        _ = ByteClient.perform(CreateAccount(name: user), owner)
        let found = try owner.store.read { reader throws(StoreError) in
            try reader.account(named: user)
        }
        guard let found else { throw Failure(what: "no account") }
        account = found
        try append(messages, flags: flags)
        session.greet(into: &out)
        send("l LOGIN \(user) secret")
        send("s \(select)")
    }

    private static func perform(_ change: any Change, _ owner: TemporaryStore) -> ChangeOutcome {
        owner.store.perform(
            change, actor: Actor(user: "t", session: "t", protocolName: "t"),
            cause: Cause(command: "t"))
    }

    func append(_ messages: [[UInt8]], flags: [FlagSet] = []) throws {
        guard !messages.isEmpty else { return }
        let incoming = messages.enumerated().map { index, bytes in
            IncomingMessage(
                body: IncomingBody(of: bytes),
                flags: index < flags.count ? flags[index] : FlagSet(),
                internalDate: InternalDate(
                    secondsSinceEpoch: 1_700_000_000 + Int64(index) * 86_400, zoneMinutes: 60))
        }
        let outcome = ByteClient.perform(
            AppendMessages(account: account, destination: .inbox, messages: incoming), owner)
        guard case .accepted = outcome else { throw Failure(what: "\(outcome)") }
    }

    /// Sends a line and gives what was answered.
    @discardableResult
    func send(_ line: String) -> [UInt8] {
        var input = ByteBuffer(string: line + "\r\n")
        mostWaiting = 0
        while !isClosed {
            if session.wantsRoom {
                pauses += 1
                flush()
                try? whenPaused?(pauses)
                receive(.room)
            } else if session.wantsClientEvents, let event = decoder.next(from: &input) {
                receive(.client(event))
            } else {
                break
            }
        }
        flush()
        defer { received = [] }
        return received
    }

    /// The same, as text.
    func text(_ line: String) -> String { String(decoding: send(line), as: UTF8.self) }

    private func flush() {
        mostWaiting = max(mostWaiting, out.buffer.readableBytes)
        received += out.buffer.readableBytesView
        out.buffer.clear()
    }

    func receive(_ input: SessionInput) {
        session.receive(input, now: 1_735_787_045_000_000_000, out: &out)
        for effect in session.takeEffects() {
            switch effect {
            case .submit(let change, let actor, let cause):
                changes += 1
                receive(
                    .answer(.changed(owner.store.perform(change, actor: actor, cause: cause))))
            case .submitQuietly(let change, let actor, let cause):
                _ = owner.store.perform(change, actor: actor, cause: cause)
            case .verify(let attempt):
                receive(.answer(.verified(DemoCredentials(password: "secret").verify(attempt))))
            case .run(let job):
                jobs += 1
                receive(.answer(.job(job.perform(isCancelled: isCancelled))))
            case .setParserLimits(let limits): decoder.limits = limits
            case .close: isClosed = true
            case .beginBody, .feedBody, .finishBody, .abandonBody, .acceptAppendLiteral,
                .refuseAppendLiteral, .expectLine, .expectDone, .watch, .unwatch:
                break
            }
        }
    }
}

extension TemporaryStore {
    /// Cuts the file of bodies within that of a message in anna's INBOX, as a failing disk might.
    func cutBody(ofUID uid: UInt32) throws {
        let found = try store.read { reader throws(StoreError) -> BodyLocation? in
            guard let account = try reader.account(named: "anna"),
                let mailbox = try reader.mailbox(named: .inbox, in: account), let uid = UID(uid),
                let row = try reader.message(mailbox, uid),
                let summary = try reader.summary(row.emailID)
            else { return nil }
            return try reader.bodyLocation(summary.digest)
        }
        guard let found else { throw Failure(what: "no such message") }
        let number = String(found.segment)
        let name = String(repeating: "0", count: 8 - number.count) + number
        let path = "\(directory)/segments/\(name).seg"
        guard let file = FileHandle(forWritingAtPath: path) else { throw Failure(what: path) }
        try file.truncate(atOffset: found.offset + found.sizeBytes / 2)
        try file.close()
    }
}
