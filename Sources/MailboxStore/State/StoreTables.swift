import LMDB
import MailModel

/// The LMDB databases that the store itself reads and writes; the log has its own.
package struct StoreTables: Sendable {
    /// Every projection but `bodies`: the set in use.
    package let projections: ProjectionTables
    /// Digest → where a body's bytes are, and how many appends named it.
    package let bodies: Database

    package static let bodiesName = "bodies"

    package init(projections: ProjectionTables, bodies: Database) {
        self.projections = projections
        self.bodies = bodies
    }

    /// The database that has the rows of a kind.
    @inline(__always)
    package subscript(kind: RowKind) -> Database { projections[kind] }

    /// The position that the projections have reached; `.start` in an empty store.
    ///
    /// - Throws: `cannotOpen` when they are laid out as another version of this program does.
    func position(
        in transaction: borrowing some Readable & ~Copyable
    ) throws(StoreError) -> LogPosition {
        guard let reached = try projections.reached(in: transaction) else { return .start }
        guard reached.version == StoreState.projectionVersion else {
            throw .cannotOpen(
                "the projections are of version \(reached.version), and this program reads "
                    + "version \(StoreState.projectionVersion): start a server on the store, or "
                    + "rebuild them")
        }
        return reached.position
    }
}
