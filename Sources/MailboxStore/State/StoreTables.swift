import LMDB
import MailModel

/// The LMDB databases that the store itself reads and writes; the log has its own.
package struct StoreTables: Sendable {
    /// Every projection: rows told apart by the first byte of their keys.
    package let state: Database
    /// Digest → where a body's bytes are, and how many appends named it.
    package let bodies: Database

    package static let bodiesName = "bodies"
    /// Two names that take turns: `rebuild` fills the other one and then switches.
    package static let stateNames = ["state.a", "state.b"]

    package init(state: Database, bodies: Database) {
        self.state = state
        self.bodies = bodies
    }

    /// The position that the projections have reached; `.start` in an empty store.
    static func position(
        in transaction: borrowing some Readable & ~Copyable, _ state: Database
    ) throws(StoreError) -> LogPosition {
        do throws(LMDBError) {
            guard let bytes = try transaction.get(state, StateKey.position) else { return .start }
            var row = RowReader(bytes)
            guard let position: UInt64 = row.next() else { return .start }
            return LogPosition(position)
        } catch {
            throw .storage(error)
        }
    }
}
