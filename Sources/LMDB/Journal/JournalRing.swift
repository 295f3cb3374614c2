/// Which bytes of the journal's file are taken: those of the records since the checkpoint, which
/// follow one another and begin again at the file's start where the end is too near.
struct JournalRing: Equatable {
    /// Where the first record since the checkpoint is, or will be.
    private(set) var start = 0
    /// Behind the last record.
    private(set) var tail = 0
    /// Whether the records go on at the file's start: then `tail` is before `start`.
    private(set) var isWrapped = false
    /// Of the file, in bytes.
    private(set) var capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    var isEmpty: Bool { start == tail && !isWrapped }

    var usedBytes: Int { isWrapped ? capacity - start + tail : tail - start }

    /// Where a record of that size can go; nil when there is no room until the next checkpoint.
    func place(for bytes: Int) -> Int? {
        if isWrapped { return tail + bytes < start ? tail : nil }
        if tail + bytes <= capacity { return tail }
        return bytes < start ? 0 : nil
    }

    /// How large the file has to be for a record that finds no place in it; nil when growing does
    /// not help.
    func capacityNeeded(for bytes: Int) -> Int? { isWrapped ? nil : tail + bytes }

    mutating func grow(to capacity: Int) { self.capacity = capacity }

    /// A record was written at what `place` said.
    mutating func took(_ place: Int, bytes: Int) {
        if place == 0, tail != 0 { isWrapped = true }
        tail = place + bytes
    }

    /// A checkpoint was made when the tail was at `offset`: what is before is free.
    mutating func release(to offset: Int) {
        if isWrapped, offset <= tail { isWrapped = false }
        start = offset
    }
}
