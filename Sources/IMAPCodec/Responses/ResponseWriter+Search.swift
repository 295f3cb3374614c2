import MailModel
import NIOCore

/// The answer to a SEARCH with RETURN: RFC 4731 §3. Absent values are not written.
public struct ESearchData: Hashable, Sendable {
    /// Of the SEARCH that is answered.
    public var tag: String
    public var kind: NumberKind
    public var min: UInt32?
    public var max: UInt32?
    /// Not written when empty: there is no wire form of nothing.
    public var all: NumberSet?
    public var count: UInt32?
    /// RFC 7162 §3.1.10.
    public var modSeq: ModSeq?

    public init(
        tag: String, kind: NumberKind, min: UInt32? = nil, max: UInt32? = nil,
        all: NumberSet? = nil, count: UInt32? = nil, modSeq: ModSeq? = nil
    ) {
        self.tag = tag
        self.kind = kind
        self.min = min
        self.max = max
        self.all = all
        self.count = count
        self.modSeq = modSeq
    }
}

extension ResponseWriter {
    /// `* SEARCH 2 84 882`, with `(MODSEQ n)` where RFC 7162 §3.1.5 wants it.
    public mutating func writeSearch(_ numbers: NumberSet, modSeq: ModSeq? = nil) {
        write("* SEARCH")
        for range in numbers.ranges {
            for number in range { writeSpaced(number) }
        }
        if let modSeq, !numbers.isEmpty {
            write(" (MODSEQ ")
            write(modSeq.rawValue)
            write(UInt8(ascii: ")"))
        }
        endLine()
    }

    private mutating func writeSpaced(_ number: UInt32) {
        write(atMost: 21) { cursor in
            cursor.put(UInt8(ascii: " "))
            cursor.put(number)
        }
    }

    /// esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
    ///
    /// RFC 4731 §4.
    public mutating func writeESearch(_ data: ESearchData) {
        write("* ESEARCH (TAG ")
        writeQuoted(data.tag.utf8)
        write(UInt8(ascii: ")"))
        if data.kind == .uid { write(" UID") }
        writeItem(" MIN ", data.min.map(UInt64.init))
        writeItem(" MAX ", data.max.map(UInt64.init))
        writeItem(" COUNT ", data.count.map(UInt64.init))
        if let all = data.all, !all.isEmpty {
            write(" ALL ")
            write(all)
        }
        writeItem(" MODSEQ ", data.modSeq?.rawValue)
        endLine()
    }

    private mutating func writeItem(_ name: StaticString, _ number: UInt64?) {
        guard let number else { return }
        write(name)
        write(number)
    }
}
