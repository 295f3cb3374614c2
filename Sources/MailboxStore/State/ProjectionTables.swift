import LMDB
import MailModel

/// One set of the projections' databases, each with its rows told apart by their keys' first byte.
///
/// There are two sets that take turns: `rebuild` fills the one not in use and then switches.
package struct ProjectionTables: Sendable {
    package enum Turn: String, CaseIterable, Sendable {
        case a, b

        var other: Turn { self == .a ? .b : .a }
    }

    package let turn: Turn
    private let state: Database
    private let messages: Database
    private let deltas: Database
    private let summaries: Database

    /// Opens the databases of one set, making those that are missing.
    package init(opening turn: Turn, in environment: Environment) throws(StoreError) {
        self.turn = turn
        let names = ProjectionTables.names(turn)
        let opened = try storing { () throws(LMDBError) in try environment.openDatabases(names) }
        // In the order of `RowTable.allCases`, as the names are.
        (state, messages, deltas, summaries) = (opened[0], opened[1], opened[2], opened[3])
    }

    /// The names of a set's databases, in the order of `RowTable.allCases`.
    package static func names(_ turn: Turn) -> [String] {
        RowTable.allCases.map { "\($0.rawValue).\(turn.rawValue)" }
    }

    @inline(__always)
    package subscript(table: RowTable) -> Database {
        switch table {
        case .state: state
        case .messages: messages
        case .deltas: deltas
        case .summaries: summaries
        }
    }

    @inline(__always)
    package subscript(kind: RowKind) -> Database { self[kind.table] }

    package var all: [Database] { RowTable.allCases.map { self[$0] } }

    /// How far these projections have got, and in which version; nil in an empty set.
    func reached(
        in transaction: borrowing some Readable & ~Copyable
    ) throws(StoreError) -> PositionRow? {
        let bytes = try storing { () throws(LMDBError) in
            try transaction.get(self[.position], StateKey.position)
        }
        return bytes.flatMap(PositionRow.init)
    }
}
