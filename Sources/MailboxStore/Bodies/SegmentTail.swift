import MailEvents

/// The end of one segment, as read with its lock held: what lies behind the last named body.
struct SegmentTail {
    enum Damage: Hashable, Sendable {
        /// The file ends before the last body that is named in it.
        case endsTooEarly(namedEnd: UInt64, sizeBytes: UInt64)
        /// It does not begin as a segment of this format.
        case isNoSegment
    }

    let file: OpenFile
    /// Where the next record belongs.
    let end: UInt64
    let sizeBytes: UInt64
    let damage: Damage?

    /// - Parameter namedEnd: the end of the last body named in it, looked up after the lock was
    ///   taken; nil when none is.
    init(of file: OpenFile, namedEnd: UInt64?) throws(StoreError) {
        self.file = file
        sizeBytes = try file.sizeBytes()
        let header = try file.read(count: SegmentFormat.fileHeader.count, at: 0)
        let end = SegmentFormat.aligned(max(namedEnd ?? 0, SegmentFormat.headerEnd))
        self.end = end ?? 0
        if let namedEnd, end == nil || sizeBytes < namedEnd {
            damage = .endsTooEarly(namedEnd: namedEnd, sizeBytes: sizeBytes)
        } else if header == SegmentFormat.fileHeader {
            damage = nil
        } else {
            // A crash can leave a new file without its header. That is no damage: nothing is in it.
            let isBlank = header.allSatisfy { $0 == 0 } || header.count < SegmentFormat.headerEnd
            damage = isBlank && namedEnd == nil ? nil : .isNoSegment
        }
    }

    /// Cuts off what nothing names, and mends the header of a file that holds nothing.
    ///
    /// - Returns: how many bytes went.
    @discardableResult
    func cut() throws(StoreError) -> UInt64 {
        if end == SegmentFormat.headerEnd { try file.write(SegmentFormat.fileHeader, at: 0) }
        guard sizeBytes > end else { return 0 }
        try file.truncate(to: end)
        return sizeBytes - end
    }
}
