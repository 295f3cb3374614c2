import LMDB
import MailEvents
import MailModel
import Synchronization

/// The log in an LMDB environment, which other databases of the store may share.
///
/// Any process that has the environment open may append: the head is read inside the transaction
/// that appends, never remembered. What happens in other processes is noticed by `lookForNews`.
package final class LMDBEventLog: EventLog {
    package let environment: Environment
    package let signal: LogSignal
    package let meta: MetaTable
    package let storeID: [UInt8]

    let table: LogTable
    let clock: WallClock
    /// The head last seen, which spares decoding the last record for its time. It counts only where
    /// position and digest are those of the last record in the transaction.
    let lastSeen: Mutex<LogHead>

    /// Opens the log of an environment.
    ///
    /// - Parameter genesis: the first event of the log, when it is to be made if it is missing.
    /// - Throws: `noLog`, `newerFormat`, `storage`, `damaged`.
    package init(
        environment: Environment, creating genesis: Genesis? = nil,
        clock: @escaping WallClock = SystemClock.wall
    ) throws(EventLogError) {
        let (table, meta) = try Self.openTables(environment)
        if let genesis { try Self.create(genesis, table, meta, environment, now: clock()) }
        let transaction = try storing { () throws(LMDBError) in try environment.beginRead() }
        try Self.checkFormat(meta.format(in: transaction))
        guard let last = try table.last(in: transaction) else { throw .noLog }
        self.storeID = try meta.storeID(in: transaction)
        self.environment = environment
        self.table = table
        self.meta = meta
        self.clock = clock
        self.lastSeen = Mutex(try last.decoded().head)
        self.signal = LogSignal(position: last.position)
    }

    private static func openTables(
        _ environment: Environment
    ) throws(EventLogError) -> (LogTable, MetaTable) {
        do throws(LMDBError) {
            let databases = try environment.openDatabases([
                LogTable.databaseName, MetaTable.databaseName,
            ])
            return (LogTable(database: databases[0]), MetaTable(database: databases[1]))
        } catch {
            throw error.kind == .missingDatabase ? .noLog : .storage(error)
        }
    }

    private static func checkFormat(_ format: UInt32?) throws(EventLogError) {
        guard let format else { throw .noLog }
        guard format <= MetaTable.formatVersion else {
            throw .newerFormat(found: format, known: MetaTable.formatVersion)
        }
    }

    /// Makes the log, unless it is there.
    private static func create(
        _ genesis: Genesis, _ table: LogTable, _ meta: MetaTable, _ environment: Environment,
        now: Int64
    ) throws(EventLogError) {
        let transaction = try storing { () throws(LMDBError) in try environment.beginWrite() }
        guard try meta.format(in: transaction) == nil else { return }
        try meta.set(.format, MetaTable.formatVersion, in: transaction)
        try meta.set(.store, genesis.storeID, in: transaction)
        var appender = LogAppender(head: .start, table: table)
        _ = try appender.append(genesis.draft, nowNanoseconds: now, in: transaction)
        do throws(LMDBError) { try transaction.commit() } catch { throw .storage(error) }
    }
}
