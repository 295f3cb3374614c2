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
    private let number: UInt32
    /// Behind the last named body.
    let end: UInt64
    let sizeBytes: UInt64
    let damage: Damage?

    /// - Parameter namedEnd: the end of the last body named in it, looked up after the lock was
    ///   taken; nil when none is.
    init(
        of file: OpenFile, number: UInt32, namedEnd: UInt64?
    ) throws(StoreError) {
        self.file = file
        self.number = number
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

    /// The whole bodies behind the last named one; nil when there are none, which is usual.
    ///
    /// Nobody was told that they are stored, unless the log at hand is older than they are: so they
    /// stay. Cost: every byte behind the last named body is read.
    func unnamedBodies() throws(StoreError) -> UnnamedBodies? {
        guard sizeBytes > end else { return nil }
        var found = UnnamedBodies(segment: number, end: end)
        let scan = try SegmentScan(number, of: file, from: end)
        try scan.run { finding in
            if case .body(_, let location) = finding { found.add(location) }
        }
        return found.count > 0 ? found : nil
    }

    /// Cuts off what is no body, and mends the header of a file in which nothing is named.
    ///
    /// - Parameter kept: what stays behind the last named body.
    /// - Returns: how many bytes went.
    @discardableResult
    func cut(keeping kept: UnnamedBodies? = nil) throws(StoreError) -> UInt64 {
        if end == SegmentFormat.headerEnd { try file.write(SegmentFormat.fileHeader, at: 0) }
        let end = kept?.end ?? end
        guard sizeBytes > end else { return 0 }
        try file.truncate(to: end)
        return sizeBytes - end
    }
}

/// Whole bodies of a segment that nothing names, behind all that are named.
package struct UnnamedBodies: Hashable, Sendable {
    package let segment: UInt32
    package private(set) var count = 0
    package private(set) var sizeBytes: UInt64 = 0
    /// Behind the last of them, aligned.
    fileprivate private(set) var end: UInt64

    fileprivate init(segment: UInt32, end: UInt64) {
        self.segment = segment
        self.end = end
    }

    fileprivate mutating func add(_ location: BodyLocation) {
        count += 1
        sizeBytes += location.sizeBytes
        end = location.end.flatMap(SegmentFormat.aligned) ?? end
    }
}
