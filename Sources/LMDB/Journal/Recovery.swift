import Glibc

/// Brings an environment that nobody has open to the state of its last durable commit: the newest
/// checkpoint, with the journal's records since then done again.
///
/// After a killed process this gives what LMDB's file has anyway; after a power cut it is the only
/// state there is, for pages and meta pages behind the checkpoint reach the disk in any order.
struct Recovery {
    let directory: String
    let options: EnvironmentOptions
    let files: any AttachedFiles

    func run(_ journal: borrowing JournalReading) throws(LMDBError) {
        let checkpoints = try CheckpointFile(directory: directory)
        guard let checkpoint = try checkpoints.load(), try isNeeded(checkpoint, journal) else {
            return
        }
        try withDataFile { file throws(LMDBError) in
            if !checkpoint.meta.restore(in: file) { throw failure("restore the checkpoint of") }
        }
        try redo(journal, since: checkpoint)
        let meta = try withDataFile { file throws(LMDBError) in MetaPage.newest(in: file) }
        guard let meta else { throw corrupted }
        // Records of the generation before are done, and void.
        try checkpoints.store { _ in
            Checkpoint(
                sequence: 0, generation: UInt64.random(in: 1...UInt64.max), offset: 0, meta: meta)
        }
    }

    private func isNeeded(
        _ checkpoint: Checkpoint, _ journal: borrowing JournalReading
    ) throws(LMDBError) -> Bool {
        var status = stat()
        // Without a log there is nothing to recover; a new one has nothing to do with the old.
        guard stat(dataPath, &status) == 0, status.st_size > 0 else { return false }
        guard let needed = checkpoint.meta.fileBytes, UInt64(status.st_size) >= needed else {
            throw corrupted
        }
        let newest = try withDataFile { file throws(LMDBError) in MetaPage.newest(in: file) }
        if newest != checkpoint.meta { return true }
        return try journal.forEach(since: checkpoint) { _ in } > 0
    }

    /// Does the journal's transactions again, all in one.
    private func redo(
        _ journal: borrowing JournalReading, since checkpoint: Checkpoint
    ) throws(LMDBError) {
        var plain = options
        plain.durability = .flushed
        let environment = try Environment(path: directory, options: plain)
        defer { environment.close() }
        let transaction = try environment.beginWrite()
        _ = try journal.forEach(since: checkpoint) { payload throws(LMDBError) in
            var databases: [UInt8: Database] = [:]
            var operations = JournalOperations(payload)
            while let operation = operations.next() {
                try redo(operation, &databases, in: transaction)
            }
            guard operations.isAtEnd else { throw corrupted }
        }
        do { try files.synchronize() } catch {
            throw LMDBError(.other, operation: "recover: \(error)", subject: directory)
        }
        try transaction.commit()
    }

    private func redo(
        _ operation: JournalOperation, _ databases: inout [UInt8: Database],
        in transaction: borrowing WriteTransaction
    ) throws(LMDBError) {
        func database(_ number: UInt8) throws(LMDBError) -> Database {
            guard let database = databases[number] else { throw corrupted }
            return database
        }
        switch operation {
        case .database(let number, let name):
            databases[number] = try transaction.openDatabase(name)
        case .put(let number, let key, let value):
            try transaction.put(try database(number), key, value)
        case .delete(let number, let key):
            try transaction.delete(try database(number), key)
        case .clear(let number):
            try transaction.clear(try database(number))
        case .attachment(let bytes):
            do { try files.restore(bytes) } catch {
                throw LMDBError(.other, operation: "recover: \(error)", subject: directory)
            }
        }
    }

    private var dataPath: String { directory + "/data.mdb" }

    private var corrupted: LMDBError {
        LMDBError(.corrupted, operation: "recover", subject: directory)
    }

    private func failure(_ operation: String) -> LMDBError {
        LMDBError(code: errno, operation: operation, subject: dataPath)
    }

    private func withDataFile<Result>(
        _ body: (Int32) throws(LMDBError) -> Result
    ) throws(LMDBError) -> Result {
        let file = open(dataPath, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw failure("open") }
        defer { close(file) }
        return try body(file)
    }
}
