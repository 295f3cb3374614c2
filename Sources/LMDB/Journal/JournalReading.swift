import Glibc

/// The journal's records as one finds them on the disk.
struct JournalReading: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private let sizeBytes: Int

    init(path: String) throws(LMDBError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw LMDBError(code: errno, operation: "open", subject: path)
        }
        var status = stat()
        sizeBytes = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    deinit { close(descriptor) }

    /// Calls `visit` with the payload of each transaction since a checkpoint, in order.
    ///
    /// The first record that is not whole was being written when the machine stopped, so nobody was
    /// told of its transaction, and nothing can follow it.
    ///
    /// - Returns: how many there were.
    /// - Throws: `corrupted` when a later record is there all the same.
    func forEach(
        since checkpoint: Checkpoint,
        _ visit: (UnsafeRawBufferPointer) throws(LMDBError) -> Void
    ) throws(LMDBError) -> Int {
        var next = JournalHeader(
            generation: checkpoint.generation, transaction: checkpoint.transaction + 1,
            payloadBytes: 0)
        var offset = Int(clamping: checkpoint.offset)
        var count = 0
        while let (place, record) = try record(next, at: offset, isFirst: count == 0) {
            try record.span.bytes.withUnsafeBytes { bytes throws(LMDBError) in
                let payload = bytes[JournalHeader.sizeBytes...]
                try visit(UnsafeRawBufferPointer(rebasing: payload))
            }
            count += 1
            offset =
                place
                + JournalHeader.recordBytes(
                    payload: record.count - JournalHeader.sizeBytes)
            next = JournalHeader(
                generation: next.generation, transaction: next.transaction + 1, payloadBytes: 0)
        }
        try requireNothing(after: next)
        return count
    }

    /// The record of a transaction, at the place where the one before ended or at the file's start.
    ///
    /// The first may be anywhere: who makes a checkpoint beside the journal's owner does not know
    /// how far that has got, and says what the checkpoint before said.
    private func record(
        _ wanted: JournalHeader, at offset: Int, isFirst: Bool
    ) throws(LMDBError) -> (place: Int, record: [UInt8])? {
        for place in offset == 0 ? [0] : [offset, 0] {
            if let record = try record(wanted, at: place) { return (place, record) }
        }
        guard isFirst else { return nil }
        for place in stride(from: 0, to: sizeBytes, by: JournalHeader.blockBytes) {
            if let record = try record(wanted, at: place) { return (place, record) }
        }
        return nil
    }

    private func record(_ wanted: JournalHeader, at place: Int) throws(LMDBError) -> [UInt8]? {
        guard let header = try header(at: place), header.generation == wanted.generation,
            header.transaction == wanted.transaction
        else { return nil }
        return try whole(header, at: place)
    }

    /// Whether a transaction's record was begun, whole or not.
    func hasBegun(_ transaction: UInt64, generation: UInt64) throws(LMDBError) -> Bool {
        for place in stride(from: 0, to: sizeBytes, by: JournalHeader.blockBytes) {
            if let header = try header(at: place), header.generation == generation,
                header.transaction == transaction
            {
                return true
            }
        }
        return false
    }

    /// A record behind the one that is missing would say that it was lost, not that it never was.
    private func requireNothing(after missing: JournalHeader) throws(LMDBError) {
        var offset = 0
        while offset < sizeBytes {
            if let header = try header(at: offset), header.generation == missing.generation,
                header.transaction > missing.transaction, try whole(header, at: offset) != nil
            {
                throw LMDBError(.corrupted, operation: "read", subject: path)
            }
            offset += JournalHeader.blockBytes
        }
    }

    /// The record that a frame is of; nil when it is not what was written.
    private func whole(_ header: JournalHeader, at place: Int) throws(LMDBError) -> [UInt8]? {
        guard header.payloadBytes <= sizeBytes - place - JournalHeader.sizeBytes else { return nil }
        let record = try read(JournalHeader.sizeBytes + header.payloadBytes, at: place)
        return record.withUnsafeBytes { header.matches($0) } ? record : nil
    }

    private func header(at offset: Int) throws(LMDBError) -> JournalHeader? {
        let bytes = try read(JournalHeader.sizeBytes, at: offset)
        return bytes.withUnsafeBytes { JournalHeader($0) }
    }

    /// Fewer bytes only at the file's end.
    private func read(_ count: Int, at offset: Int) throws(LMDBError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(
                    descriptor, buffer.baseAddress.map { $0 + done }, count - done,
                    off_t(offset + done))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw LMDBError(code: errno, operation: "read", subject: path) }
            if got == 0 { break }
            done += got
        }
        bytes.removeLast(count - done)
        return bytes
    }
}
