import EventLog
import LMDB
import MailEvents
import MailModel

extension MailboxStore {
    /// Makes every projection anew from the log and the bodies, and puts them in the place of the
    /// old ones. Needs the store to itself: no server may run on it.
    ///
    /// A crash in the midst leaves the old projections in use.
    ///
    /// - Returns: the position reached.
    package func rebuildProjections(
        progress: (LogPosition) -> Void = { _ in }
    ) throws(StoreError) -> LogPosition {
        guard core.unseenViewers == 0 else {
            throw .cannotOpen("a server is running on \(directory): stop it, then rebuild")
        }
        return try core.rebuildProjections(store: directory, progress: progress)
    }
}

extension StoreCore {
    /// As `MailboxStore.rebuildProjections`, for whoever is sure to have the store alone.
    func rebuildProjections(
        store: String, progress: (LogPosition) -> Void
    ) throws(StoreError) -> LogPosition {
        while true {
            if let head = try rebuildOnce(store: store, progress: progress) { return head }
        }
    }

    /// - Returns: nil when a tool has appended meanwhile; the old projections stay then.
    private func rebuildOnce(
        store: String, progress: (LogPosition) -> Void
    ) throws(StoreError) -> LogPosition? {
        let head = try logging { () throws(EventLogError) in try log.head() }.position
        let fold = try ProjectionFold.begin(store: store)
        let stored: StoredBodies
        do {
            let snapshot = try storing { () throws(LMDBError) in try environment.beginRead() }
            stored = try StoredBodies(store: bodies, known: tables, in: snapshot)
        }
        try fold.run(log, bodies: stored, through: head, progress: progress)
        let scratch = fold.environment
        let folded = try storing { () throws(LMDBError) in try scratch.beginRead() }
        let spare = try spareState()
        try clear(spare)
        try copy(folded, fold.tables.state, to: spare)
        return try switchOver(folded, fold.tables, to: spare, at: head) ? head : nil
    }

    /// Of the two names for the projections, the one not in use.
    private func spareState() throws(StoreError) -> Database {
        let names = StoreTables.stateNames
        let spare = tables.state.name == names[0] ? names[1] : names[0]
        return try storing { () throws(LMDBError) in try environment.openDatabase(spare) }
    }

    private func clear(_ table: Database) throws(StoreError) {
        let transaction = try storing { () throws(LMDBError) in try environment.beginWrite() }
        do throws(LMDBError) {
            try transaction.clear(table)
            try transaction.commit()
        } catch {
            throw .storage(error)
        }
    }

    /// Rows copied in one commit.
    private static let chunk = 50_000
    /// Bytes copied in one commit: LMDB wants commits well below 512 MB.
    private static let chunkBytes = 64 << 20

    /// Copies every row but the position reached: until that is there, the table is not in use.
    private func copy(
        _ folded: borrowing ReadTransaction, _ source: Database, to target: Database
    ) throws(StoreError) {
        do throws(LMDBError) {
            var scan = try folded.scan(source)
            var isDone = false
            while !isDone {
                let transaction = try environment.beginWrite()
                var copied = 0
                for _ in 0..<StoreCore.chunk where copied < StoreCore.chunkBytes {
                    guard let entry = try scan.next() else {
                        isDone = true
                        break
                    }
                    guard entry.key.first != RowKind.position.rawValue else { continue }
                    try transaction.put(target, entry.key, entry.value)
                    copied += entry.key.count + entry.value.count
                }
                try transaction.commit()
            }
        } catch {
            throw .storage(error)
        }
    }

    /// One commit: the bodies' table, the new position, and an end to the old projections.
    ///
    /// - Returns: false, with nothing done, when the log ends no longer at `head`: the table of bodies
    ///   would lack those appended since.
    private func switchOver(
        _ folded: borrowing ReadTransaction, _ source: StoreTables, to target: Database,
        at head: LogPosition
    ) throws(StoreError) -> Bool {
        let transaction = try storing { () throws(LMDBError) in try environment.beginWrite() }
        let now = try logging { () throws(EventLogError) in try log.head(in: transaction) }
        guard now.position == head else { return false }
        do throws(LMDBError) {
            try transaction.clear(tables.bodies)
            var scan = try folded.scan(source.bodies)
            while let entry = try scan.next() {
                try transaction.put(tables.bodies, entry.key, entry.value)
            }
            if let position = try folded.get(source.state, StateKey.position) {
                try transaction.put(target, StateKey.position, position)
            }
            try transaction.clear(tables.state)
            try transaction.commit()
            return true
        } catch {
            throw .storage(error)
        }
    }
}

extension StoreCore {
    /// Whether the projections are missing, of another version, or not as far as the log: a server
    /// then makes them anew before it serves, and before it takes any body for one that nothing names.
    func needsRebuild() throws(StoreError) -> Bool {
        // One snapshot: another process may be appending.
        let transaction = try storing { () throws(LMDBError) in try environment.beginRead() }
        let head = try logging { () throws(EventLogError) in
            try log.head(in: transaction)
        }.position
        let position = try storing { () throws(LMDBError) in
            try transaction.get(tables.state, StateKey.position)
        }
        // Position 1 says only that the store exists, and leaves no row.
        guard let position else { return head > LogPosition(1) }
        var row = RowReader(position)
        guard let reached: UInt64 = row.next(), let version: UInt32 = row.next() else {
            return true
        }
        if version != StoreState.projectionVersion || reached != head.rawValue { return true }
        return try storing { () throws(LMDBError) in
            var summaries = try transaction.scan(
                tables.state, prefix: RowPrefix.all(.summary))
            guard try summaries.next() != nil else { return false }
            return try transaction.count(tables.bodies) == 0
        }
    }
}
