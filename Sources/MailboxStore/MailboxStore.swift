import EventLog
import LMDB
import MailEvents
import MailModel
import Synchronization

/// A store: one directory with the log, its projections and the bodies of many accounts.
///
/// Changes go to one writer thread; reads are short snapshots that wait for nobody; each session
/// sees a mailbox through a view.
package final class MailboxStore: Sendable {
    package let directory: String
    package let options: StoreOptions
    let core: StoreCore
    /// What a server found and did to the bodies when it opened the store; nil for a tool. Damage in
    /// it is for the operator to read.
    package let recovery: SegmentRecovery?
    private let queue = ChangeQueue()
    private let writer: WriterThread
    private let lock: Mutex<StoreLock?>
    private let ticker: NewsTicker?

    init(
        directory: String, options: StoreOptions, core: StoreCore, lock: consuming StoreLock?,
        recovery: SegmentRecovery?
    ) throws(StoreError) {
        self.directory = directory
        self.options = options
        self.core = core
        self.recovery = recovery
        self.lock = Mutex(lock)
        writer = try WriterThread(core, queue: queue, options: options)
        ticker = options.role == .server ? try NewsTicker(core, options) : nil
        if options.role == .server { try startReclaiming() }
    }

    deinit { close() }

    package var hub: MailboxHub { core.hub }
    package var bodies: BodyStore { core.bodies }
    package var log: LMDBEventLog { core.log }

    /// Drains the writer, then lets go of the store. Again is harmless.
    package func close() {
        ticker?.stop()
        queue.close()
        writer.join()
        core.environment.close()
        lock.withLock { $0 = nil }
    }
}

/// Changing.
extension MailboxStore {
    /// Puts a change to the writer; never blocks. The answer comes once it is durable.
    package func submit(_ change: any Change, actor: Actor, cause: Cause, reply: Reply) {
        let pending = PendingChange(change: change, actor: actor, cause: cause, reply: reply)
        guard !queue.add(pending) else { return }
        let reason = queue.reasonForClosing
        reply.lane.execute { reply.deliver(.failed(.stopped(reason))) }
    }

    /// Puts a change to the writer and waits until it is durable. For tools and tests: never on an
    /// event loop.
    package func perform(_ change: any Change, actor: Actor, cause: Cause) -> ChangeOutcome {
        let waiting = WaitingCaller()
        submit(
            change, actor: actor, cause: cause,
            reply: Reply(on: WriterLane()) { waiting.resume($0) })
        return waiting.wait()
    }
}

/// Reading.
extension MailboxStore {
    /// A snapshot as of the latest commit. Keep it for a chunk of a command at most.
    package func beginRead() throws(StoreError) -> StoreReader { try core.beginRead() }

    /// Reads within one snapshot.
    package func read<Result>(
        _ body: (borrowing StoreReader) throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        let reader = try core.beginRead()
        return try body(reader)
    }

    /// Why messages cannot be put into a mailbox of this name, as it looks before they have come; nil
    /// when they can.
    package func refusal(
        ofAppendingTo name: MailboxName, in account: AccountID
    ) throws(StoreError) -> Refusal? {
        let viewers = core.viewers
        return try read { reader throws(StoreError) in
            guard try reader.mailbox(named: name, in: account) == nil else { return nil }
            return try reader.refusal(ofMissing: name, in: account) { viewers($0, nil) }
        }
    }

    /// Opens a session's view of a mailbox at the newest position.
    ///
    /// - Returns: nil when there is no such mailbox, or it has been deleted.
    package func openView(
        of mailbox: MailboxID, owner: SessionIdentity, readOnly: Bool
    ) throws(StoreError) -> MailboxView? {
        // Registered first: no ghost that the snapshot shows can then be reclaimed.
        let registration = hub.register(mailbox, owner: owner, readOnly: readOnly)
        do throws(StoreError) {
            let reader = try core.beginRead()
            return try MailboxView(registration, on: reader)
        } catch {
            registration.close()
            throw error
        }
    }
}

/// Ghosts.
extension MailboxStore {
    /// After a start no view is open: whatever was a ghost may go. From here on the hub asks.
    private func startReclaiming() throws(StoreError) {
        let reader = try core.beginRead()
        core.hub.announce(try reader.mailboxesWithGhosts())
        core.hub.startReclaiming { [weak self] request in self?.reclaim(request) }
    }

    private func reclaim(_ request: ReclaimRequest) {
        let change = ReclaimGhosts(
            mailbox: request.mailbox, account: request.account, through: request.through,
            whole: request.whole)
        let reply = Reply(on: WriterLane()) { [weak self] outcome in
            switch outcome {
            case .accepted(.reclaimed(more: true), _): self?.reclaim(request)
            case .accepted(.reclaimed(more: false), _): self?.hub.reclaimFinished(request)
            case .accepted: self?.hub.reclaimPostponed(request)
            case .refused, .failed: self?.hub.reclaimFailed(request)
            }
        }
        let pending = PendingChange(
            change: change, actor: Actor(user: "", protocolName: "store"),
            cause: Cause(command: "reclaim"), reply: reply)
        // Not `submit`: on a closed store that would call back at once, and the hub asks under a
        // lock. What is left then goes at the next start.
        _ = queue.add(pending)
    }
}

extension StoreReader {
    /// Every mailbox that has something to reclaim: itself, or expunged messages.
    borrowing func mailboxesWithGhosts() throws(StoreError) -> [TouchedMailbox] {
        var result: [TouchedMailbox] = []
        var scan = try rows(prefix: RowPrefix.all(.mailbox))
        while let entry = try scan.nextRow() {
            let row = try decoded(MailboxRow(entry.value), "a mailbox")
            var key = RowReader(entry.key)
            _ = key.next(UInt8.self)
            guard row.ghosts > 0 || row.deletedAt != nil, let id: UInt64 = key.next() else {
                continue
            }
            result.append(TouchedMailbox(MailboxID(id), row, hasNews: false, head: head))
        }
        return result
    }
}

extension StoreReader: MailboxHistory {
    package borrowing func liveUIDs(
        _ mailbox: MailboxID, _ visit: (UInt32) -> Void
    ) throws(StoreError) {
        try scanMessages(mailbox, in: 1...UInt32.max) { uid, _ in
            visit(uid)
            return true
        }
    }

    package borrowing func firstLiveUID(_ mailbox: MailboxID) throws(StoreError) -> UInt32? {
        var messages = try liveMessages(mailbox, in: 1...UInt32.max)
        return try messages.next()?.uid
    }
}
