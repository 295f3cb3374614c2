import EventLog
import Glibc
import LMDB
import MailEvents
import MailModel

/// Makes the projections anew from the log and the bodies, in an environment of its own.
///
/// The same `apply` as live traffic, so equal logs and bodies must give equal rows.
struct ProjectionFold: ~Copyable {
    let environment: Environment
    let tables: StoreTables
    private let directory: String

    /// Events folded in one transaction: bounds memory and what a commit writes.
    private static let chunk = 2000

    /// Makes an empty scratch environment in the store's directory.
    static func begin(store: String) throws(StoreError) -> ProjectionFold {
        let directory = store + "/rebuild.tmp"
        remove(directory)
        let environment: Environment
        let bodies: Database
        do throws(LMDBError) {
            environment = try Environment(path: directory)
            bodies = try environment.openDatabase(StoreTables.bodiesName)
        } catch {
            throw .storage(error)
        }
        let projections = try ProjectionTables(opening: .a, in: environment)
        let tables = StoreTables(projections: projections, bodies: bodies)
        return ProjectionFold(environment, tables, directory)
    }

    private init(_ environment: Environment, _ tables: StoreTables, _ directory: String) {
        self.environment = environment
        self.tables = tables
        self.directory = directory
    }

    deinit {
        environment.close()
        ProjectionFold.remove(directory)
    }

    /// Folds the log up to and including a position.
    ///
    /// - Parameter progress: called with each position reached.
    borrowing func run(
        _ log: LMDBEventLog, bodies: StoredBodies, through head: LogPosition,
        progress: (LogPosition) -> Void
    ) throws(StoreError) {
        var reached = LogPosition.start
        while reached < head {
            let limit = Int(min(UInt64(ProjectionFold.chunk), head.rawValue - reached.rawValue))
            let after = reached
            let events = try logging { () throws(EventLogError) in
                try log.entries(after: after, limit: limit)
            }
            guard let last = events.last else {
                throw .corrupt("the log has no record after position \(reached)")
            }
            try fold(events, bodies)
            reached = last.position
            progress(reached)
        }
    }

    private borrowing func fold(
        _ events: [RecordedEvent], _ bodies: StoredBodies
    ) throws(StoreError) {
        let transaction = try storing { () throws(LMDBError) in try environment.beginWrite() }
        let facts = DecisionFacts(nowNanoseconds: 0, viewers: { _, _ in 0 })
        var state = StoreState(
            transaction, tables: tables, facts: facts,
            nextPosition: events.first?.position ?? .start)
        for event in events { try state.apply(event, bodies: bodies) }
        try state.flush()
        let written = state.release()
        do throws(LMDBError) { try written.commit() } catch { throw .storage(error) }
    }

    private static func remove(_ directory: String) {
        for file in ["data.mdb", "lock.mdb"] { unlink(directory + "/" + file) }
        rmdir(directory)
    }
}
