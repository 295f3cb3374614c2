import CLMDB

/// A view of the environment as of one commit, until the value goes out of scope.
///
/// Keep it short: while it lives, no page that was freed since can be used again, and the file
/// grows. Beginning one takes no system call and no lock that a writer holds.
public struct ReadTransaction: ~Copyable, Readable {
    public let handle: OpaquePointer
    private let environment: Environment

    public var writing: WritingState? { nil }
    public var regions: MapRegions? { environment.regions }

    init(_ environment: Environment) throws(LMDBError) {
        self.handle = try environment.beginReading()
        self.environment = environment
    }

    deinit { environment.endReading(handle) }

    /// The number of the commit that this transaction sees; it grows with each.
    public var commitNumber: Int { mdb_txn_id(handle) }
}
