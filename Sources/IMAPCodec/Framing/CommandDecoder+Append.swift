import NIOCore

extension CommandDecoder {
    /// A message of APPEND is announced by the framed bytes.
    mutating func announceMessage(
        _ buffer: inout ByteBuffer, tag: String, _ header: AppendHeader
    ) -> Step {
        if limits.restrictsLiteralsToLogin {
            let failure = ParseFailure(
                tag: tag, message: "APPEND before login", offset: frame.end)
            return failMessage(failure, &buffer, header)
        }
        guard header.sizeBytes <= limits.appendBytes else {
            let failure = ParseFailure(
                tag: tag, condition: .no, code: .tooBig,
                message: "message larger than \(limits.appendBytes) bytes", offset: frame.end)
            return failMessage(failure, &buffer, header)
        }
        buffer.moveReaderIndex(forwardBy: frame.end)
        frame = CommandFrame()
        append = AppendInProgress(
            tag: tag, mailbox: header.mailbox, messages: header.messageIndex + 1)
        state = .appendAnnounced(header)
        return .event(.appendBegan(tag: tag, header))
    }

    private mutating func failMessage(
        _ failure: ParseFailure, _ buffer: inout ByteBuffer, _ header: AppendHeader
    ) -> Step {
        fail(
            failure, &buffer, pending: header.isSynchronising ? .none : .bytes(header.sizeBytes),
            allowance: limits.discardedAppendBytes)
    }

    /// Takes the message last announced: its continuation, bytes and end follow as events.
    public mutating func acceptAppendLiteral() {
        guard case .appendAnnounced(let header) = state else { return }
        state =
            header.isSynchronising
            ? .appendAccepted(remaining: header.sizeBytes)
            : .appendBytes(remaining: header.sizeBytes)
    }

    /// Ends the APPEND at the message last announced; its answer is the caller's to write.
    ///
    /// A client that waits for the continuation will not send the message. What one that does not
    /// wait sends is skipped, with the rest of the command, up to `limits.discardedAppendBytes`.
    public mutating func refuseAppendLiteral() {
        guard case .appendAnnounced(let header) = state else { return }
        startCommand()
        if header.isSynchronising { return }
        if header.sizeBytes <= limits.discardedAppendBytes {
            state = .skipping(
                SkippedInput(
                    remaining: header.sizeBytes,
                    allowance: limits.discardedAppendBytes - header.sizeBytes))
        } else {
            state = .failing(.unskippable)
        }
    }

    mutating func readMessage(_ buffer: inout ByteBuffer, remaining: UInt64) -> Step {
        guard remaining > 0 else {
            state = .appendTail
            return .event(.appendMessageEnded)
        }
        let count = min(remaining, UInt64(buffer.readableBytes))
        guard count > 0, let slice = buffer.readSlice(length: Int(count)) else {
            return .needsMore
        }
        state = .appendBytes(remaining: remaining - count)
        return .event(.appendBytes(slice))
    }

    /// Behind a message: CRLF, or another message (RFC 3502).
    mutating func frameAppendTail(_ buffer: inout ByteBuffer) -> Step {
        guard let append else {
            startCommand()
            return .goOn
        }
        let lineFeed: Int
        switch findLine(&buffer) {
        case .found(let place): lineFeed = place
        case .step(let step): return step
        }
        let length = buffer.lengthOfLine(from: 0, lineFeed: lineFeed)
        frame.addLine(lineFeed + 1)
        let ending = buffer.withUnsafeReadableBytes {
            LiteralAnnouncement.ending(of: UnsafeRawBufferPointer(rebasing: $0[..<length]))
        }
        switch ending {
        case .plain: return finishAppend(&buffer, append, length: length)
        case .literal(let literal): return nextMessage(&buffer, append, literal)
        case .tooLarge(let isSynchronising):
            let failure = ParseFailure(
                tag: append.tag, message: "literal size too large", offset: length)
            return fail(
                failure, &buffer, pending: isSynchronising ? .none : .endless, allowance: 0)
        }
    }

    private mutating func finishAppend(
        _ buffer: inout ByteBuffer, _ append: AppendInProgress, length: Int
    ) -> Step {
        let outcome = parsing(buffer, length: length, endsAtLiteral: false, tag: append.tag) {
            parser throws(ParseStop) in
            try parser.end()
            return TaggedCommand(tag: append.tag, command: .noop)
        }
        drop(&buffer, pending: .none, allowance: 0)
        if case .failed(let failure) = outcome { return .event(.failed(failure)) }
        return .event(.appendEnded(tag: append.tag))
    }

    private mutating func nextMessage(
        _ buffer: inout ByteBuffer, _ append: AppendInProgress, _ literal: LiteralAnnouncement
    ) -> Step {
        let outcome = parsing(buffer, length: frame.end, endsAtLiteral: true, tag: append.tag) {
            parser throws(ParseStop) in
            try parser.appendMessage(to: append.mailbox, index: append.messages)
        }
        switch outcome {
        case .messageAhead(let tag, let header):
            return announceMessage(&buffer, tag: tag, header)
        case .failed(let failure):
            return fail(
                failure, &buffer, pending: Pending(literal),
                allowance: UInt64(limits.literalTotalBytes))
        case .command, .literalAhead: return .goOn
        }
    }
}
