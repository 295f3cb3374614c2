import NIOCore

/// Input that is read and thrown away, up to the end of the command it belongs to.
struct SkippedInput {
    /// Bytes of a literal that are still to come.
    var remaining: UInt64
    /// Bytes of further literals that will be put up with.
    var allowance: UInt64
}

extension CommandDecoder {
    /// What the client is going to send of a literal that it announced, unless told to.
    enum Pending {
        /// It waits for the continuation.
        case none
        case bytes(UInt64)
        case endless

        init(_ literal: LiteralAnnouncement) {
            self = literal.isSynchronising ? .none : .bytes(literal.sizeBytes)
        }
    }

    /// Ends the framed command with `failure`; its rest is skipped so far as `allowance` goes.
    mutating func fail(
        _ failure: ParseFailure, _ buffer: inout ByteBuffer, pending: Pending, allowance: UInt64
    ) -> Step {
        drop(&buffer, pending: pending, allowance: allowance)
        guard case .failing = state else { return .event(.failed(failure)) }
        state = .closed
        return .event(.failed(failure.closing))
    }

    /// Drops the framed command; its rest is skipped so far as `allowance` goes.
    mutating func drop(_ buffer: inout ByteBuffer, pending: Pending, allowance: UInt64) {
        buffer.moveReaderIndex(forwardBy: min(frame.end, buffer.readableBytes))
        startCommand()
        switch pending {
        case .none: break
        case .bytes(let size) where size <= allowance:
            state = .skipping(SkippedInput(remaining: size, allowance: allowance - size))
        case .bytes, .endless: state = .failing(.unskippable)
        }
    }

    /// Goes on skipping: literals, and lines until one ends without a literal that is to come.
    mutating func skip(_ buffer: inout ByteBuffer, _ input: SkippedInput) -> Step {
        var input = input
        let count = min(input.remaining, UInt64(buffer.readableBytes))
        buffer.moveReaderIndex(forwardBy: Int(count))
        input.remaining -= count
        state = .skipping(input)
        guard input.remaining == 0 else { return .needsMore }
        guard let lineFeed = buffer.offsetOfLineFeed(from: 0) else {
            // The line's end may hold the announcement of a literal: keep as much as one takes.
            buffer.moveReaderIndex(forwardBy: max(buffer.readableBytes - 64, 0))
            return .needsMore
        }
        let length = buffer.lengthOfLine(from: 0, lineFeed: lineFeed)
        let ending = buffer.withUnsafeReadableBytes {
            LiteralAnnouncement.ending(of: UnsafeRawBufferPointer(rebasing: $0[..<length]))
        }
        frame.end = lineFeed + 1
        switch ending {
        case .plain: drop(&buffer, pending: .none, allowance: 0)
        case .literal(let literal):
            drop(&buffer, pending: Pending(literal), allowance: input.allowance)
        case .tooLarge(let isSynchronising):
            drop(&buffer, pending: isSynchronising ? .none : .endless, allowance: 0)
        }
        return .goOn
    }

    /// A failure of the command at the buffer's start, with its tag if that can be read.
    func failure(
        of buffer: ByteBuffer, _ condition: ParseFailure.Condition, code: ResponseCode? = nil,
        _ message: String, offset: Int
    ) -> ParseFailure {
        let tag =
            append?.tag
            ?? buffer.withUnsafeReadableBytes { bytes in
                let count = min(bytes.count, limits.tagBytes + 1)
                var parser = CommandParser(
                    UnsafeRawBufferPointer(rebasing: bytes[..<count]), limits: limits)
                try? parser.readTag()
                return parser.tag
            }
        return ParseFailure(
            tag: tag, condition: condition, code: code, message: "\(message) at byte \(offset)",
            offset: offset)
    }
}

extension ParseFailure {
    /// The same failure, after which the connection must be closed.
    var closing: ParseFailure {
        ParseFailure(
            tag: tag, condition: condition, code: code, message: message, offset: offset,
            mustClose: true)
    }

    static let unskippable = ParseFailure(
        tag: nil, message: "more bytes announced than will be skipped", offset: 0, mustClose: true)
}
