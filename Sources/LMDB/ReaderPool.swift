/// Read transactions that have ended but keep their slot in LMDB's reader table (renewing one costs
/// a fraction of beginning a new one), and the count of transactions that keep the environment open.
struct ReaderPool {
    /// A reset read transaction. With MDB_NOTLS it belongs to no thread, so it may be handed on.
    struct IdleReader: @unchecked Sendable {
        let handle: OpaquePointer
    }

    var idle: [IdleReader] = []
    var openTransactions = 0
    var isClosing = false
    var isClosed = false

    /// A commit failed for a reason that leaves unknown what is on disk.
    var hasFailedCommit = false

    mutating func enter(_ operation: String, _ path: String) throws(LMDBError) {
        guard !isClosing else {
            throw LMDBError(.closed, operation: operation, subject: path)
        }
        openTransactions += 1
    }

    /// - Returns: whether the environment is to be closed now.
    mutating func leave() -> Bool {
        openTransactions -= 1
        return mayClose()
    }

    /// - Returns: true once, when closing was asked for and no transaction is left.
    mutating func mayClose() -> Bool {
        guard isClosing, openTransactions == 0, !isClosed else { return false }
        isClosed = true
        return true
    }
}
