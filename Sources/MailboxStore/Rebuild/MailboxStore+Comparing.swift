import LMDB
import MailEvents
import MailModel

/// What a comparison of the projections with the log found.
package struct ProjectionComparison: Sendable {
    /// Compared as of this position.
    package let head: LogPosition
    package let rowsCompared: Int
    /// The first differences, in the order of tables and keys.
    package let differences: [ProjectionDifference]
}

/// One row that is not what the log says.
package struct ProjectionDifference: Hashable, Sendable {
    package let table: String
    package let key: [UInt8]
    /// What the log and the bodies say; nil: no such row.
    package let expected: [UInt8]?
    /// What the store has; nil: no such row.
    package let found: [UInt8]?
}

extension MailboxStore {
    /// Folds the log anew beside the store and compares every row, byte for byte: invariant 1.
    ///
    /// Works beside a running server: it compares as of one snapshot. That snapshot is kept open
    /// meanwhile, so the store's file may grow.
    package func compareProjections(
        limit: Int = 10, progress: (LogPosition) -> Void = { _ in }
    ) throws(StoreError) -> ProjectionComparison {
        let environment = core.environment
        let snapshot = try storing { () throws(LMDBError) in try environment.beginRead() }
        let head = try core.tables.position(in: snapshot)
        let stored = try StoredBodies(store: core.bodies, known: core.tables, in: snapshot)
        let fold = try ProjectionFold.begin(store: directory)
        try fold.run(core.log, bodies: stored, through: head, progress: progress)
        let scratch = fold.environment
        let folded = try storing { () throws(LMDBError) in try scratch.beginRead() }
        var walk = RowComparison(limit: limit)
        for table in RowTable.allCases {
            try walk.compare(
                table.rawValue, folded, fold.tables.projections[table], with: snapshot,
                core.tables.projections[table])
        }
        try walk.compare(
            "bodies", folded, fold.tables.bodies, with: snapshot, core.tables.bodies)
        return ProjectionComparison(
            head: head, rowsCompared: walk.rows, differences: walk.differences)
    }
}

/// Walks two tables side by side, in key order.
private struct RowComparison {
    let limit: Int
    var rows = 0
    var differences: [ProjectionDifference] = []

    init(limit: Int) { self.limit = limit }

    mutating func compare(
        _ table: String, _ expected: borrowing ReadTransaction, _ expectedTable: Database,
        with found: borrowing ReadTransaction, _ foundTable: Database
    ) throws(StoreError) {
        var left = try RowComparison.scan(expected, expectedTable)
        var right = try RowComparison.scan(found, foundTable)
        var wanted = try left.nextRow()
        var stored = try right.nextRow()
        while differences.count < limit, wanted != nil || stored != nil {
            rows += 1
            switch RowComparison.order(wanted, stored) {
            case 0:
                if let wanted, let stored, !wanted.value.elementsEqual(stored.value) {
                    note(table, wanted, stored)
                }
                wanted = try left.nextRow()
                stored = try right.nextRow()
            case ..<0:
                note(table, wanted, nil)
                wanted = try left.nextRow()
            default:
                note(table, nil, stored)
                stored = try right.nextRow()
            }
        }
    }

    private mutating func note(_ table: String, _ expected: Entry?, _ found: Entry?) {
        differences.append(
            ProjectionDifference(
                table: table,
                key: Array(expected?.key ?? found?.key ?? .init(start: nil, count: 0)),
                expected: expected.map { Array($0.value) }, found: found.map { Array($0.value) }))
    }

    /// Below 0 when the first comes before the second in key order; a missing one comes last.
    private static func order(_ left: Entry?, _ right: Entry?) -> Int {
        guard let left else { return 1 }
        guard let right else { return -1 }
        if left.key.elementsEqual(right.key) { return 0 }
        return left.key.lexicographicallyPrecedes(right.key) ? -1 : 1
    }

    private static func scan(
        _ transaction: borrowing ReadTransaction, _ table: Database
    ) throws(StoreError) -> Scan {
        do throws(LMDBError) { return try transaction.scan(table) } catch { throw .storage(error) }
    }
}
