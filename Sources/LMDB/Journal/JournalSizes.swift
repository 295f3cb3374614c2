/// How much a journal holds, and when a checkpoint frees it. Tests choose smaller ones.
struct JournalSizes: Sendable {
    /// Of a record; what is larger is committed with LMDB's own flushes.
    var recordBytes = 8 << 20
    var firstCapacity = 1 << 20
    var greatestCapacity = 32 << 20
    /// Pages written since the last checkpoint cannot be used again before the next one, so the data
    /// file grows by them; but each checkpoint costs some flushes. An eighth of the file, within
    /// these bounds.
    var pagesBetweenCheckpoints = 512...4096
    /// How long a commit may wait for a checkpoint: bounds what a start after a crash has to do.
    var restMilliseconds = 1000
    /// Brought to the disk in one go by a checkpoint.
    var flushBytes = 256 << 10

    /// How long closing waits for other processes' transactions.
    static let closingMilliseconds = 3000
    /// What a commit writes besides a page for each change: roots, branches, LMDB's free list.
    static let pagesOfCommit = 8
}
