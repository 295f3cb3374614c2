import IMAPCodec
import MIME
import MailboxStore
import NIOCore

/// A FETCH response whose sections are still to be written; its beginning is in the out-buffer.
struct MessageInProgress {
    let location: BodyLocation
    private var pending: ArraySlice<(ContentItem, ContentValue)>
    private var literal: LiteralWriter?

    init(_ contents: [(ContentItem, ContentValue)], of location: BodyLocation) {
        self.location = location
        pending = contents[...]
    }

    /// Goes on until the response is complete or the out-buffer holds `limit` bytes.
    ///
    /// - Returns: whether the response is complete.
    /// - Throws: when a body cannot be read in the midst of a literal that was announced: nothing
    ///   sensible can follow on this connection.
    mutating func write(
        upTo limit: Int, in bodies: BodyStore, to out: inout ResponseWriter
    ) throws(StoreError) -> Bool {
        while true {
            if var current = literal {
                while !current.isDone {
                    let room = limit - out.buffer.readableBytes
                    guard room > 0 else {
                        literal = current
                        return false
                    }
                    try current.write(atMost: room, of: location, in: bodies, to: &out)
                }
                literal = nil
            }
            guard let (item, value) = pending.popFirst() else {
                out.endFetch()
                return true
            }
            literal = out.begin(item, value)
        }
    }
}

extension ResponseWriter {
    /// Writes an item's name and what is known of its value at once.
    ///
    /// - Returns: the bytes that must follow, if any.
    mutating func begin(_ item: ContentItem, _ value: ContentValue) -> LiteralWriter? {
        var literal: LiteralWriter?
        let content: SectionValue
        switch value {
        case .unknownEncoding: return nil
        case .size(let sizeBytes):
            if case .binarySize(let part) = item.name {
                writeBinarySize(part: part, sizeBytes: sizeBytes)
            }
            return nil
        case .nothing: content = .nil
        case .bytes(let bytes, let hasNUL):
            if bytes.byteCount == 0 {
                content = .empty
            } else {
                content = item.form(sizeBytes: UInt64(clamping: bytes.byteCount), hasNUL: hasNUL)
                literal = LiteralWriter(bytes)
            }
        }
        begin(item, content)
        return literal
    }

    private mutating func begin(_ item: ContentItem, _ content: SectionValue) {
        let offset = item.partial?.offset
        switch item.name {
        case .rfc822: writeRFC822(content)
        case .rfc822Header: writeRFC822Header(content)
        case .rfc822Text: writeRFC822Text(content)
        case .section(let section): writeBodySection(section, offset: offset, content)
        case .binary(let part): writeBinary(part: part, offset: offset, content)
        case .binarySize(let part): writeBinarySize(part: part, sizeBytes: 0)
        }
    }
}

extension ContentItem {
    /// BINARY alone may hold NUL, in a literal8: RFC 3516 §4.2. Bytes of BODY are sent as they are.
    fileprivate func form(sizeBytes: UInt64, hasNUL: Bool) -> SectionValue {
        if case .binary = name, hasNUL { return .literal8(sizeBytes: sizeBytes) }
        return .literal(sizeBytes: sizeBytes)
    }
}
