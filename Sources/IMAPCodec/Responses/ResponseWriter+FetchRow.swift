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

    /// What the row takes at most, with the words around it.
    fileprivate var maximumBytes: Int {
        224 + ByteCursor.flagBytes + (flags?.keywords.count ?? 0)
    }
}

extension ResponseWriter {
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
        if let uid = row.uid {
            put("UID ")
            put(uid)
        }
        if let flags = row.flags {
            separate(since: start)
            put("FLAGS ")
            put(flags: flags)
        }
        if let date = row.internalDate {
            separate(since: start)
            put("INTERNALDATE ")
            put(date)
        }
        if let sizeBytes = row.sizeBytes {
            separate(since: start)
            put("RFC822.SIZE ")
            put(sizeBytes)
        }
        if let modSeq = row.modSeq {
            separate(since: start)
            put("MODSEQ (")
            put(modSeq.rawValue)
            put(UInt8(ascii: ")"))
        }
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
