import IMAPCodec
import MIME
import MailboxStore
import NIOCore

/// A FETCH response whose sections are still to be written; its beginning is in the out-buffer.
struct MessageInProgress {
    private let contents: MessageContents
    private var pending: ArraySlice<ContentItem>
    /// Of the first pending item, when a job had to find it.
    private var found: ContentValue?
    /// What is left of a literal that was announced: one of them, or none.
    private var stored: LiteralWriter?
    private var decoded: DecodedLiteral?
    /// Whether an item was answered by NIL because its bytes cannot be read.
    private(set) var isDamaged = false

    /// The bytes that must follow what was written of an item.
    enum Literal {
        case stored(LiteralWriter)
        case decoded(DecodedLiteral)
    }

    enum Progress {
        case complete
        /// The out-buffer is full, or others are to get their turn.
        case paused
        case needs(any BodyJob)
    }

    /// How many rows' time an item takes, beside the bytes that are looked through for it.
    private static let visitsPerItem = 4

    init(_ items: [ContentItem], of contents: MessageContents) {
        self.contents = contents
        pending = items[...]
    }

    /// Goes on until the response is complete, the out-buffer holds `limit` bytes or `visitsLeft` is
    /// used up.
    ///
    /// - Throws: when a body cannot be read in the midst of a literal that was announced: nothing
    ///   sensible can follow on this connection.
    mutating func write(
        upTo limit: Int, _ visitsLeft: inout Int, in bodies: BodyStore,
        to out: inout ResponseWriter
    ) throws(StoreError) -> Progress {
        var header: MessageContents.HeaderAtHand?
        while true {
            if stored != nil, try !writeStored(upTo: limit, in: bodies, to: &out) {
                return .paused
            }
            if decoded != nil,
                let pause = try writeDecoded(upTo: limit, &visitsLeft, in: bodies, to: &out)
            {
                return pause
            }
            guard let item = pending.first else {
                out.endFetch()
                return .complete
            }
            guard visitsLeft > 0, out.buffer.readableBytes < limit else { return .paused }
            visitsLeft -= MessageInProgress.visitsPerItem
            if let value = found {
                found = nil
                begin(item, value, &out)
            } else {
                visitsLeft -= Int(clamping: contents.cost(of: item) / 64)
                switch find(item, &header, in: bodies) {
                case .value(let value): begin(item, value, &out)
                case .needs(let job): return .needs(job)
                }
            }
            pending.removeFirst()
        }
    }

    /// Takes what a job gives; the job that failed leaves a NIL, or an announced literal without bytes.
    ///
    /// - Throws: in the midst of a literal.
    mutating func take(_ outcome: BodyJobOutcome) throws(StoreError) {
        switch outcome {
        case .fields(let content):
            found = .bytes(content).slice(pending.first?.partial)
        case .piece(let bytes, let next): decoded?.take(bytes, next)
        case .failed(let error):
            if decoded != nil { throw error }
            isDamaged = true
            found = .nothing
        case .cancelled: throw .body("the connection is gone")
        case .apart: break
        }
    }

    private mutating func find(
        _ item: ContentItem, _ header: inout MessageContents.HeaderAtHand?, in bodies: BodyStore
    ) -> MessageContents.Finding {
        do throws(StoreError) {
            return try contents.find(item, &header, in: bodies)
        } catch {
            // Told by NIL and by the tagged line; the audit finds the place.
            isDamaged = true
            return .value(.nothing)
        }
    }

    private mutating func begin(
        _ item: ContentItem, _ value: ContentValue, _ out: inout ResponseWriter
    ) {
        switch out.begin(item, value) {
        case .stored(let writer): stored = writer
        case .decoded(let writer): decoded = writer
        case nil: break
        }
    }

    /// - Returns: whether the literal is complete.
    private mutating func writeStored(
        upTo limit: Int, in bodies: BodyStore, to out: inout ResponseWriter
    ) throws(StoreError) -> Bool {
        while stored?.isDone == false {
            let room = limit - out.buffer.readableBytes
            guard room > 0 else { return false }
            try stored?.write(atMost: room, of: contents.location, in: bodies, to: &out)
        }
        stored = nil
        return true
    }

    /// - Returns: why it cannot go on; nil when the literal is complete.
    private mutating func writeDecoded(
        upTo limit: Int, _ visitsLeft: inout Int, in bodies: BodyStore,
        to out: inout ResponseWriter
    ) throws(StoreError) -> Progress? {
        while decoded?.isDone == false {
            if decoded?.needsPiece == true, let job = decoded?.job(contents.location, in: bodies) {
                guard visitsLeft > 0 else { return .paused }
                guard job.isQuick else { return .needs(job) }
                visitsLeft -= Int(clamping: job.costBytes / 64)
                try take(job.outcome { false })
            }
            let room = limit - out.buffer.readableBytes
            guard room > 0 else { return .paused }
            decoded?.write(atMost: room, to: &out)
        }
        decoded = nil
        return nil
    }
}

extension ResponseWriter {
    /// Writes an item's name and what is known of its value at once.
    ///
    /// - Returns: the bytes that must follow, if any.
    mutating func begin(
        _ item: ContentItem, _ value: ContentValue
    ) -> MessageInProgress.Literal? {
        switch value {
        case .unknownEncoding: return nil
        case .size(let sizeBytes):
            if case .binarySize(let part) = item.name {
                writeBinarySize(part: part, sizeBytes: sizeBytes)
            }
            return nil
        case .nothing:
            begin(item, .nil)
            return nil
        case .bytes(let bytes):
            begin(item, item.form(sizeBytes: UInt64(clamping: bytes.byteCount)))
            return bytes.byteCount == 0 ? nil : .stored(LiteralWriter(bytes))
        case .decoded(let part, let range):
            let size = range.upperBound - range.lowerBound
            begin(item, item.form(sizeBytes: size, hasNUL: part.hasNUL))
            if size == 0 { return nil }
            guard let bytes = part.bytes else { return .decoded(DecodedLiteral(part, range)) }
            let piece = bytes[Int(range.lowerBound)..<Int(range.upperBound)]
            return .stored(LiteralWriter(SectionContent(ranges: [], suffix: Array(piece))))
        }
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
    /// BINARY alone may hold NUL, in a literal8: RFC 3516 §4.2. Bytes of BODY are sent as they are, and
    /// a whole message asked for by BINARY is not looked through for NULs.
    fileprivate func form(sizeBytes: UInt64, hasNUL: Bool = true) -> SectionValue {
        if sizeBytes == 0 { return .empty }
        if case .binary = name, hasNUL { return .literal8(sizeBytes: sizeBytes) }
        return .literal(sizeBytes: sizeBytes)
    }
}
