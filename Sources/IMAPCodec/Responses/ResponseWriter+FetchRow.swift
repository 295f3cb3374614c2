import MailModel
import NIOCore

/// The items of a FETCH response that are a few bytes each; nil is not written.
public struct FetchRow: Hashable, Sendable {
    public var uid: UInt32?
    public var flags: FlagText?
    public var internalDate: InternalDate?
    public var sizeBytes: UInt64?
    public var modSeq: ModSeq?

    public init(
        uid: UInt32? = nil, flags: FlagText? = nil, internalDate: InternalDate? = nil,
        sizeBytes: UInt64? = nil, modSeq: ModSeq? = nil
    ) {
        self.uid = uid
        self.flags = flags
        self.internalDate = internalDate
        self.sizeBytes = sizeBytes
        self.modSeq = modSeq
    }

    /// Whether nothing would be written.
    public var isEmpty: Bool {
        uid == nil && flags == nil && internalDate == nil && sizeBytes == nil && modSeq == nil
    }

    /// What a row takes at most, with the words around it and without keywords.
    fileprivate static let maximumBytes = 224 + ByteCursor.flagBytes

    fileprivate var maximumBytes: Int { FetchRow.maximumBytes + (flags?.keywords.count ?? 0) }
}

/// Whole responses of rows, put one behind the other into a region that was reserved for all of them:
/// of each `begin`, at least one item, `end`.
public struct FetchRowsCursor {
    fileprivate var cursor: ByteCursor
    /// What one response takes at most.
    fileprivate let longest: Int
    /// Where the items of the present response begin.
    private var start = 0

    fileprivate init(_ region: UnsafeMutableRawBufferPointer, longest: Int) {
        cursor = ByteCursor(region)
        self.longest = longest
    }

    /// Bytes put so far.
    public var count: Int { cursor.count }

    public mutating func begin(sequenceNumber: UInt32) {
        precondition(longest <= cursor.left, "rows keep to their reservation")
        cursor.beginFetch(sequenceNumber)
        start = cursor.count
    }

    public mutating func put(uid: UInt32) { cursor.put(uid: uid) }

    public mutating func put(flags: SystemFlags, isRecent: Bool) {
        cursor.put(FlagText(system: flags, isRecent: isRecent), since: start)
    }

    /// - Precondition: the keywords are no longer than was reserved for.
    public mutating func put(flags: FlagText) {
        precondition(
            FetchRow.maximumBytes + flags.keywords.count <= longest, "keywords have their room")
        cursor.put(flags, since: start)
    }

    public mutating func put(internalDate: InternalDate) { cursor.put(internalDate, since: start) }

    public mutating func put(sizeBytes: UInt64) { cursor.put(sizeBytes: sizeBytes, since: start) }

    public mutating func put(modSeq: ModSeq) { cursor.put(modSeq, since: start) }

    public mutating func end() { cursor.put(")\r\n") }
}

extension ResponseWriter {
    /// Writes rows until `body` has put at least `bytes` of them, or `rows` of them.
    ///
    /// - Parameters:
    ///   - keywordBytes: the most that the keywords of one row take.
    ///   - body: stops at what it is told; what it has put when it throws stays written.
    public mutating func writeFetches<Failure: Error>(
        rows: Int, bytes: Int, keywordBytes: Int,
        _ body: (inout FetchRowsCursor) throws(Failure) -> Void
    ) throws(Failure) {
        let longest = FetchRow.maximumBytes + keywordBytes
        // The last row begins before the limit.
        let capacity = rows < bytes / longest ? rows * longest : bytes + longest
        var failure: Failure?
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: capacity) { region in
            var cursor = FetchRowsCursor(region, longest: longest)
            do throws(Failure) { try body(&cursor) } catch { failure = error }
            return cursor.count
        }
        if let failure { throw failure }
    }

    /// `* n FETCH (UID u FLAGS (…) INTERNALDATE "…" RFC822.SIZE s MODSEQ (m))` in one piece.
    public mutating func writeFetch(sequenceNumber: UInt32, _ row: FetchRow) {
        write(atMost: row.maximumBytes) { cursor in
            cursor.beginFetch(sequenceNumber)
            cursor.put(row)
            cursor.put(")\r\n")
        }
    }

    /// The beginning of a response that goes on with other items: `endFetch` ends it.
    public mutating func beginFetch(sequenceNumber: UInt32, _ row: FetchRow) {
        write(atMost: row.maximumBytes) { cursor in
            cursor.beginFetch(sequenceNumber)
            cursor.put(row)
        }
        fetchHasItems = !row.isEmpty
    }
}

extension ByteCursor {
    fileprivate mutating func beginFetch(_ sequenceNumber: UInt32) {
        put("* ")
        put(sequenceNumber)
        put(" FETCH (")
    }

    fileprivate mutating func put(_ row: FetchRow) {
        let start = count
        if let uid = row.uid { put(uid: uid) }
        if let flags = row.flags { put(flags, since: start) }
        if let date = row.internalDate { put(date, since: start) }
        if let sizeBytes = row.sizeBytes { put(sizeBytes: sizeBytes, since: start) }
        if let modSeq = row.modSeq { put(modSeq, since: start) }
    }

    @inline(__always)
    fileprivate mutating func put(uid: UInt32) {
        put("UID ")
        put(uid)
    }

    /// - Parameter start: where the first item is, or would be.
    @inline(__always)
    fileprivate mutating func put(_ flags: FlagText, since start: Int) {
        separate(since: start)
        put("FLAGS ")
        put(flags: flags)
    }

    fileprivate mutating func put(_ date: InternalDate, since start: Int) {
        separate(since: start)
        put("INTERNALDATE ")
        put(date)
    }

    @inline(__always)
    fileprivate mutating func put(sizeBytes: UInt64, since start: Int) {
        separate(since: start)
        put("RFC822.SIZE ")
        put(sizeBytes)
    }

    @inline(__always)
    fileprivate mutating func put(_ modSeq: ModSeq, since start: Int) {
        separate(since: start)
        put("MODSEQ (")
        put(modSeq.rawValue)
        put(UInt8(ascii: ")"))
    }

    @inline(__always)
    private mutating func separate(since start: Int) {
        if count > start { put(UInt8(ascii: " ")) }
    }

    /// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
    ///
    /// RFC 9051 §9; 28 bytes.
    private mutating func put(_ date: InternalDate) {
        let day = date.localDate
        let second = date.localSecondOfDay
        let zone = Int(date.zoneMinutes.magnitude)
        put(UInt8(ascii: "\""))
        if day.day < 10 { put(UInt8(ascii: " ")) } else { put(digit: day.day / 10) }
        put(digit: day.day % 10)
        put(UInt8(ascii: "-"))
        put(CalendarDate.monthNames[day.month - 1])
        put(UInt8(ascii: "-"))
        put(two: day.year / 100)
        put(two: day.year % 100)
        put(UInt8(ascii: " "))
        put(two: second / 3600)
        put(UInt8(ascii: ":"))
        put(two: second / 60 % 60)
        put(UInt8(ascii: ":"))
        put(two: second % 60)
        put(UInt8(ascii: " "))
        put(date.zoneMinutes < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        put(two: zone / 60)
        put(two: zone % 60)
        put(UInt8(ascii: "\""))
    }

    private mutating func put(two number: Int) {
        put(digit: number / 10)
        put(digit: number % 10)
    }

    private mutating func put(digit: Int) {
        put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit))
    }
}
