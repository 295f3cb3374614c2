import EventLog
import LMDB
import MailEvents
import MailModel

/// The changes of one commit, decided one after another on the state that each leaves to the next.
struct Batch: ~Copyable {
    /// What a batch has done once it is durable.
    struct Committed {
        let head: LogHead
        /// The head that the batch found.
        let before: LogPosition
        let touched: [TouchedMailbox]
        let notices: [ViewNotice]
        let replies: ReplyBatch
    }

    private var state: StoreState
    private var appender: LogAppender
    private let segments: SegmentWriter
    private let bodies = BatchBodies()
    private var replies = ReplyBatch()
    private var hasEvents = false
    private var notices: [ViewNotice] = []
    private let before: LogPosition
    private var room: StoreRoom

    private init(
        _ state: consuming StoreState, _ appender: LogAppender, _ segments: SegmentWriter,
        _ room: StoreRoom
    ) {
        before = appender.head.position
        self.room = room
        self.state = state
        self.appender = appender
        self.segments = segments
    }

    /// Begins the write transaction; waits while another process has one.
    static func begin(
        _ core: StoreCore, _ segments: SegmentWriter, now: Int64
    ) throws(StoreError) -> Batch {
        let transaction = try storing { () throws(LMDBError) in try core.environment.beginWrite() }
        let epoch = try core.epoch(in: transaction)
        let appender: LogAppender
        do throws(EventLogError) {
            appender = try core.log.appender(epoch: epoch, in: transaction)
        } catch {
            throw .log(error)
        }
        // Decisions see the time that their events will carry.
        let facts = DecisionFacts(
            nowNanoseconds: max(now, appender.head.timeNanoseconds), viewers: core.viewers,
            nobodyCanLook: core.ownEpoch == nil && core.unseenViewers == 0)
        var state = StoreState(
            transaction, tables: core.tables, facts: facts,
            nextPosition: appender.head.position.next)
        try core.foldMissing(into: &state, upTo: appender.head.position)
        return Batch(state, appender, segments, StoreRoom(of: core.environment))
    }

    /// Decides a change; what it comes to is told after the commit.
    ///
    /// - Throws: when the transaction can no longer be trusted. A change whose state cannot be read
    ///   or whose body finds no room fails alone.
    mutating func decide(_ pending: PendingChange) throws(StoreError) {
        let decision: Decision
        let incoming = pending.change.bodies
        do throws(StoreError) {
            if pending.change.needsRoom { try room.take(for: incoming) }
            decision = try pending.change.decide(on: state)
            if case .accept = decision { try place(incoming) }
        } catch {
            if error.stopsWriting { throw error }
            replies.add(pending.reply, .failed(error))
            return
        }
        switch decision {
        case .refuse(let refusal):
            replies.add(pending.reply, .refused(refusal))
        case .accept(let events, let result):
            for event in events { try append(event, pending) }
            replies.add(pending.reply, .accepted(result, position: appender.head.position))
        }
    }

    /// Makes bodies durable no later than the events that name them: DESIGN §9.
    consuming func commit() throws(StoreError) -> Committed {
        let head = appender.head
        let touched = try state.touchedMailboxes(head: head.position)
        if hasEvents {
            try state.flush()
            try Batch.makeDurable(segments, with: state.transaction)
            let transaction = state.release()
            do throws(LMDBError) { try transaction.commit() } catch { throw .storage(error) }
        }
        return Committed(
            head: head, before: before, touched: touched, notices: notices, replies: replies)
    }

    /// A flush that fails for want of room may be tried again with less; after any other failure
    /// nobody knows what the disk has, and no later flush would tell.
    private static func makeDurable(
        _ segments: SegmentWriter, with transaction: borrowing WriteTransaction
    ) throws(StoreError) {
        do throws(StoreError) { try segments.synchronize(with: transaction) } catch {
            if case .diskFull = error { throw error }
            throw .stopped("message bodies could not be flushed to disk: \(error)")
        }
    }

    private mutating func append(
        _ event: ScopedEvent, _ pending: PendingChange
    ) throws(StoreError) {
        let draft = EventDraft(
            account: event.account, mailbox: event.mailbox, actor: pending.actor,
            cause: pending.cause, event: event.event)
        let recorded: RecordedEvent
        do throws(EventLogError) {
            recorded = try appender.append(
                draft, nowNanoseconds: state.facts.nowNanoseconds, in: state.transaction)
        } catch {
            throw .log(error)
        }
        try state.apply(recorded, bodies: bodies)
        if let notice = ViewNotice(recorded) { notices.append(notice) }
        hasEvents = true
    }

    /// Puts bodies that no earlier append has named behind the last one.
    private func place(_ incoming: [IncomingBody]) throws(StoreError) {
        for body in incoming {
            guard !bodies.isKnown(body.digest) else { continue }
            let isStored = try state.hasBody(body.digest)
            bodies.add(body, at: isStored ? nil : try segments.place(body))
        }
    }
}

extension StoreState {
    borrowing func hasBody(_ digest: BodyDigest) throws(StoreError) -> Bool {
        try storing { () throws(LMDBError) in
            try transaction.get(tables.bodies, BodyKey(digest)) != nil
        }
    }

    /// What this transaction did to mailboxes, for views, watchers and the reclaimer.
    borrowing func touchedMailboxes(head: LogPosition) throws(StoreError) -> [TouchedMailbox] {
        open.all.compactMap { mailbox in
            guard mailbox.isChanged else { return nil }
            return TouchedMailbox(
                mailbox.id, mailbox.row, hasNews: mailbox.hasNews, head: head)
        }
    }
}
