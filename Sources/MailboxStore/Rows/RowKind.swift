import LMDB

/// The kinds of rows of the projections: the first byte of each key. `Schemas/storage.md`.
package enum RowKind: UInt8, CaseIterable, Sendable {
    case account = 0x41  // A
    case accountName = 0x61  // a
    case shared = 0x43  // C
    case delta = 0x45  // E
    case ghost = 0x47  // G
    case keywords = 0x4B  // K
    case mailbox = 0x4D  // M
    case name = 0x4E  // N
    case position = 0x50  // P
    case message = 0x52  // R
    case subscription = 0x53  // S
    case summary = 0x55  // U
    case policy = 0x59  // Y

    /// Where rows of this kind are kept; said here and nowhere else.
    @inline(__always)
    package var table: RowTable {
        switch self {
        case .account, .accountName, .keywords, .mailbox, .name, .policy, .position, .subscription:
            .state
        case .ghost, .message, .shared: .messages
        case .delta: .deltas
        case .summary: .summaries
        }
    }
}

/// The tables of the projections, told apart by how they grow.
///
/// One that grows at its end alone has full pages, where an insert into the midst of a tree leaves two
/// half full; and what every session needs stays in a tree of few pages, quickly read by a server that
/// has just started.
package enum RowTable: String, CaseIterable, Sendable {
    /// Accounts, names, mailboxes, and the position reached.
    case state
    /// What there is of each message in each mailbox: grows at the end of a mailbox.
    case messages
    /// What each event did: grows at its end.
    case deltas
    /// What the copies of a message share, by far the most: grows at its end.
    case summaries
}

/// The key of a projection's row, or the beginning of one: its kind says in which table it is.
package protocol RowKey: KeyCodable {
    var kind: RowKind { get }
}
