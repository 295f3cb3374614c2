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
        guard let checkpoint = try checkpoints.load(), let size = dataBytes, size > 0 else {
            return
        }
        let newest = try newestMeta()
        let count = try journal.forEach(since: checkpoint) { _ in }
        let next = checkpoint.transaction + UInt64(count) + 1
        // A record that is not whole, of a transaction that nobody was told of.
        let isTorn = try journal.hasBegun(next, generation: checkpoint.generation)
        if try isOwn(checkpoint, of: newest, last: isTorn ? next : next - 1) {
            guard holds(size, checkpoint) else { throw corrupted }
            guard newest != checkpoint.meta || count > 0 else { return }
            try restore(checkpoint)
            try redo(journal, since: checkpoint)
        } else if newest?.transaction == next {
            // A commit with LMDB's own flushes, which made all before it durable but what was attached.
            try restoreAttachments(journal, since: checkpoint)
        }
        guard let meta = try newestMeta() else { throw corrupted }
        // Records of the generation before are done, and void.
        try checkpoints.store { _ in
            Checkpoint(
                sequence: 0, generation: UInt64.random(in: 1...UInt64.max), offset: 0, meta: meta)
        }
    }

    /// Whether the checkpoint is one of this data file. Put into another, it would destroy that:
    /// somebody put an older copy there, or a newer one back, or a program without a journal has
    /// written it. All of these leave LMDB's own state, which is whole.
    ///
    /// A checkpoint's state is on the disk before it, so the file's newest is not an older one. Nor
    /// is it newer than what the journal holds, unless LMDB's own flushes made it: of a tool that came
    /// no further, perhaps, and whose commit others have seen.
    private func isOwn(
        _ checkpoint: Checkpoint, of newest: MetaPage?, last: UInt64
    ) throws(LMDBError) -> Bool {
        // A file without a whole meta page may be one that lost its power while writing it.
        guard let newest else { return true }
        guard (checkpoint.transaction...last).contains(newest.transaction),
            newest.pageBytes == checkpoint.meta.pageBytes
        else { return false }
        let same = try withDataFile { file throws(LMDBError) in
            MetaPage.of(checkpoint.transaction, in: file, pageBytes: newest.pageBytes)
        }
        return same == nil || same == checkpoint.meta
    }

    private func holds(_ bytes: UInt64, _ checkpoint: Checkpoint) -> Bool {
        checkpoint.meta.fileBytes.map { bytes >= $0 } ?? false
    }

    private func restore(_ checkpoint: Checkpoint) throws(LMDBError) {
        try withDataFile { file throws(LMDBError) in
            if !checkpoint.meta.restore(in: file) { throw failure("restore the checkpoint of") }
        }
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
        try synchronizeFiles()
        try transaction.commit()
    }

    private func restoreAttachments(
        _ journal: borrowing JournalReading, since checkpoint: Checkpoint
    ) throws(LMDBError) {
        _ = try journal.forEach(since: checkpoint) { payload throws(LMDBError) in
            var operations = JournalOperations(payload)
            while let operation = operations.next() {
                if case .attachment(let bytes) = operation { try restore(bytes) }
            }
        }
        try synchronizeFiles()
    }

    private func restore(_ attachment: UnsafeRawBufferPointer) throws(LMDBError) {
        do { try files.restore(attachment) } catch {
            throw LMDBError(.other, operation: "recover: \(error)", subject: directory)
        }
    }

    private func synchronizeFiles() throws(LMDBError) {
        do { try files.synchronize() } catch {
            throw LMDBError(.other, operation: "recover: \(error)", subject: directory)
        }
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
        case .attachment(let bytes): try restore(bytes)
        }
    }

    private func newestMeta() throws(LMDBError) -> MetaPage? {
        try withDataFile { file throws(LMDBError) in MetaPage.newest(in: file) }
    }

    /// nil when there is no data file. Without one there is nothing to recover; a new one has nothing
    /// to do with the old.
    private var dataBytes: UInt64? {
        var status = stat()
        return stat(dataPath, &status) == 0 ? UInt64(clamping: status.st_size) : nil
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
