import EventLog
import LMDB
import MailEvents
import MailModel
import Synchronization

/// What the parts of an open store share: environment, log, tables, bodies, hub.
final class StoreCore: Sendable {
    let environment: Environment
    let log: LMDBEventLog
    let tables: StoreTables
    let bodies: BodyStore
    let hub: MailboxHub
    let news: NewsCursor
    /// A server's own epoch; nil for a tool, which appends under whichever holds.
    let ownEpoch: Epoch?
    /// What counts as a viewer when this process cannot see a server's sessions.
    let unseenViewers: Int

    init(
        environment: Environment, log: LMDBEventLog, tables: StoreTables, bodies: BodyStore,
        hub: MailboxHub, ownEpoch: Epoch?, unseenViewers: Int
    ) {
        self.environment = environment
        self.log = log
        self.tables = tables
        self.bodies = bodies
        self.hub = hub
        news = NewsCursor(after: log.signal.latest)
        self.ownEpoch = ownEpoch
        self.unseenViewers = unseenViewers
    }

    func epoch(in transaction: borrowing WriteTransaction) throws(StoreError) -> Epoch {
        if let ownEpoch { return ownEpoch }
        do throws(EventLogError) { return try log.currentEpoch(in: transaction) } catch {
            throw .log(error)
        }
    }

    /// How many sessions have a mailbox open, as far as this process can know.
    var viewers: @Sendable (MailboxID, SessionIdentity?) -> Int {
        { [hub, unseenViewers] mailbox, besides in
            hub.viewerCount(of: mailbox, besides: besides) + unseenViewers
        }
    }

    func beginRead() throws(StoreError) -> StoreReader {
        let transaction = try storing { () throws(LMDBError) in try environment.beginRead() }
        return try StoreReader(transaction, tables: tables)
    }

    /// Tells everybody in this process what a commit did; before the answers are delivered.
    ///
    /// - Parameter before: the head that the commit found.
    func didCommit(
        _ head: LogHead, after before: LogPosition, touched: [TouchedMailbox],
        _ notices: [ViewNotice]
    ) {
        hub.announce(touched, notices)
        news.committed(after: before, upTo: head.position)
        log.didCommit(head)
    }

    /// Folds events that reached the log without the projections: those written through the log's
    /// own protocol, or by a crash between an old format and a new one. Usually there are none.
    func foldMissing(
        into state: inout StoreState, upTo head: LogPosition
    ) throws(StoreError) {
        var reached = try tables.position(in: state.transaction)
        // The first event of a log says only that the store exists. Otherwise no position means that
        // the projections were made anew beside this process: it looks at the old ones.
        if reached == .start {
            guard head <= LogPosition(1) else {
                throw .stopped("the projections were made anew meanwhile: open the store again")
            }
            reached = LogPosition(1)
        }
        guard reached < head else { return }
        state.nextPosition = reached.next
        let stored = try StoredBodies(store: bodies, known: tables, in: state.transaction)
        while reached < head {
            let events: [RecordedEvent]
            do throws(EventLogError) {
                events = try log.entries(after: reached, limit: 256, in: state.transaction)
            } catch {
                throw .log(error)
            }
            guard let last = events.last else { break }
            for event in events { try state.apply(event, bodies: stored) }
            reached = last.position
        }
    }
}
