import MailModel

/// One message of one mailbox, as FETCH of flags, sizes and dates needs it; 48 bytes and the
/// keyword bits.
///
/// Everything that a copy shares with its original is behind `emailID`, in the summary row.
package struct MessageRow: StoredRow, Hashable, Sendable {
    package var modSeq: ModSeq
    package var emailID: EmailID
    package var sizeBytes: UInt64
    package var internalDate: InternalDate
    /// When the message came into this mailbox, UTC: SAVEDATE of RFC 8514.
    package var savedSeconds: Int64
    package var flags: SystemFlags
    /// Bit i is keyword i of the mailbox's keyword table.
    package var keywords: KeywordBits

    package init(
        modSeq: ModSeq, emailID: EmailID, sizeBytes: UInt64, internalDate: InternalDate,
        savedSeconds: Int64, flags: SystemFlags, keywords: KeywordBits
    ) {
        self.modSeq = modSeq
        self.emailID = emailID
        self.sizeBytes = sizeBytes
        self.internalDate = internalDate
        self.savedSeconds = savedSeconds
        self.flags = flags
        self.keywords = keywords
    }

    /// - Returns: nil when the bytes are no message row.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard let view = MessageRowView(bytes) else { return nil }
        self.init(
            modSeq: view.modSeq, emailID: view.emailID, sizeBytes: view.sizeBytes,
            internalDate: view.internalDate, savedSeconds: view.savedSeconds, flags: view.flags,
            keywords: KeywordBits(bytes: Array(view.keywordBytes)))
    }

    package var rowBytes: Int { MessageRowView.fixedSize + keywords.bytes.count }

    @inline(__always)
    package func fill(_ row: inout RowWriter) {
        row.put(modSeq.rawValue)
        row.put(emailID.position.rawValue)
        row.put(sizeBytes)
        row.put(internalDate.secondsSinceEpoch)
        row.put(savedSeconds)
        row.put(emailID.index)
        row.put(internalDate.zoneMinutes)
        row.put(flags.rawValue)
        row.put(UInt8(0))
        row.put(bytes: keywords.bytes)
    }
}

/// A message row read in place: nothing is copied, no object is made.
///
/// Valid only within the read transaction that gave the bytes.
@usableFromInline
package struct MessageRowView {
    @usableFromInline let bytes: UnsafeRawBufferPointer

    @usableFromInline package static let fixedSize = 48

    @inlinable
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= MessageRowView.fixedSize else { return nil }
        self.bytes = bytes
    }

    @inlinable
    func number<Number: FixedWidthInteger>(at offset: Int, as _: Number.Type) -> Number {
        Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }

    @inlinable package var modSeq: ModSeq { ModSeq(number(at: 0, as: UInt64.self)) }
    @inlinable package var emailID: EmailID {
        EmailID(
            position: LogPosition(number(at: 8, as: UInt64.self)),
            index: number(at: 40, as: UInt32.self))
    }
    @inlinable package var sizeBytes: UInt64 { number(at: 16, as: UInt64.self) }
    @inlinable package var internalDate: InternalDate {
        InternalDate(
            secondsSinceEpoch: number(at: 24, as: Int64.self),
            zoneMinutes: number(at: 44, as: Int16.self))
    }
    @inlinable package var savedSeconds: Int64 { number(at: 32, as: Int64.self) }
    @inlinable package var flags: SystemFlags { SystemFlags(rawValue: bytes[46]) }
    /// Bit i (byte i / 8, bit i % 8) is keyword i of the mailbox's table.
    @inlinable package var keywordBytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[MessageRowView.fixedSize...])
    }
}

/// Which keywords of its mailbox's table a message has; grows without a limit, holds no zero tail.
package struct KeywordBits: Hashable, Sendable {
    package private(set) var bytes: [UInt8]

    package init() { bytes = [] }

    package init(bytes: [UInt8]) {
        self.bytes = bytes
        trim()
    }

    package func contains(_ index: Int) -> Bool {
        index / 8 < bytes.count && bytes[index / 8] & (1 << (index % 8)) != 0
    }

    package mutating func insert(_ index: Int) {
        while bytes.count <= index / 8 { bytes.append(0) }
        bytes[index / 8] |= 1 << (index % 8)
    }

    package mutating func formUnion(_ other: UnsafeRawBufferPointer) {
        while bytes.count < other.count { bytes.append(0) }
        for (index, byte) in other.enumerated() { bytes[index] |= byte }
    }

    package mutating func remove(_ index: Int) {
        guard index / 8 < bytes.count else { return }
        bytes[index / 8] &= ~(1 << (index % 8))
        trim()
    }

    /// The indices of the bits that are on, ascending.
    package var indices: [Int] {
        var result: [Int] = []
        for (place, byte) in bytes.enumerated() where byte != 0 {
            for bit in 0..<8 where byte & (1 << bit) != 0 { result.append(place * 8 + bit) }
        }
        return result
    }

    private mutating func trim() {
        while bytes.last == 0 { bytes.removeLast() }
    }
}
