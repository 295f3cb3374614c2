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
        let spare = try ProjectionTables(opening: tables.projections.turn.other, in: environment)
        try clear(spare)
        for table in RowTable.allCases {
            try copy(folded, fold.tables.projections[table], to: spare[table])
        }
        return try switchOver(folded, fold.tables, to: spare, at: head) ? head : nil
    }

    private func clear(_ projections: ProjectionTables) throws(StoreError) {
        let transaction = try storing { () throws(LMDBError) in try environment.beginWrite() }
        do throws(LMDBError) {
            for table in projections.all { try transaction.clear(table) }
            try transaction.commit()
        } catch {
            throw .storage(error)
        }
    }

    /// Rows copied in one commit.
    private static let chunk = 50_000
    /// Bytes copied in one commit: LMDB wants commits well below 512 MB.
    private static let chunkBytes = 64 << 20

    /// Copies every row but the position reached: until that is there, the projections are not in use.
    ///
    /// - Parameter target: empty, so that each row comes behind all others and pages get full.
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
                    try transaction.put(target, entry.key, entry.value, mode: .append)
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
        _ folded: borrowing ReadTransaction, _ source: StoreTables, to spare: ProjectionTables,
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
            if let position = try folded.get(source[.position], StateKey.position) {
                try transaction.put(spare[.position], StateKey.position, position)
            }
            for table in tables.projections.all { try transaction.clear(table) }
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
        // Position 1 says only that the store exists, and leaves no row.
        guard let reached = try tables.projections.reached(in: transaction) else {
            return head > LogPosition(1)
        }
        guard reached.version == StoreState.projectionVersion, reached.position == head else {
            return true
        }
        return try storing { () throws(LMDBError) in try hasLostTable(transaction) }
    }

    /// Whether one table of those that a message stands in is empty, and another one is not.
    private func hasLostTable(
        _ transaction: borrowing ReadTransaction
    ) throws(LMDBError) -> Bool {
        let summaries = try transaction.count(tables[.summary])
        let messages = try transaction.count(tables[.message])
        guard summaries > 0 else { return messages > 0 }
        let deltas = try transaction.count(tables[.delta])
        let bodies = try transaction.count(tables.bodies)
        return messages == 0 || deltas == 0 || bodies == 0
    }
}
