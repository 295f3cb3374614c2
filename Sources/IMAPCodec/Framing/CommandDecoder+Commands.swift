import Glibc
import NIOCore

extension CommandDecoder {
    /// Takes the next line of a command; parses when it is the last, or announces a literal.
    mutating func frameCommand(_ buffer: inout ByteBuffer) -> Step {
        guard buffer.readableBytes >= frame.end else { return .needsMore }
        let lineFeed: Int
        switch findLine(&buffer) {
        case .found(let place): lineFeed = place
        case .step(let step): return step
        }
        let start = frame.end
        let length = buffer.lengthOfLine(from: start, lineFeed: lineFeed)
        frame.addLine(lineFeed + 1 - start)
        let ending = buffer.withUnsafeReadableBytes {
            LiteralAnnouncement.ending(
                of: UnsafeRawBufferPointer(rebasing: $0[start..<(start + length)]))
        }
        switch ending {
        case .plain: return finishCommand(&buffer, length: start + length)
        case .literal(let literal): return considerLiteral(&buffer, literal)
        case .tooLarge(let isSynchronising):
            let failure = failure(
                of: buffer, .bad, "literal size too large", offset: start + length)
            return fail(
                failure, &buffer,
                pending: isSynchronising ? .none : .endless, allowance: 0)
        }
    }

    enum FoundLine {
        case found(Int)
        case step(Step)
    }

    /// Looks for the next line feed and holds the line to its limit (S1).
    mutating func findLine(_ buffer: inout ByteBuffer) -> FoundLine {
        let lineFeed = buffer.offsetOfLineFeed(from: max(frame.searched, frame.end))
        let bytesSoFar =
            frame.lineBytes + (lineFeed.map { $0 + 1 } ?? buffer.readableBytes)
            - frame.end
        guard bytesSoFar <= limits.lineBytes else {
            var failure = failure(of: buffer, .bad, "line too long", offset: limits.lineBytes)
            buffer.moveReaderIndex(forwardBy: frame.end)
            let allowance = UInt64(limits.discardedLiteralBytes)
            startCommand()
            if limits.closesOnLongLine {
                failure = failure.closing
                state = .closed
            } else {
                state = .skipping(SkippedInput(remaining: 0, allowance: allowance))
            }
            return .step(.event(.failed(failure)))
        }
        guard let lineFeed else {
            frame.searched = buffer.readableBytes
            return .step(.needsMore)
        }
        return .found(lineFeed)
    }

    /// The command is whole: its last line ends at `length`, before the line end.
    private mutating func finishCommand(_ buffer: inout ByteBuffer, length: Int) -> Step {
        let outcome = parse(buffer, length: length, endsAtLiteral: false)
        buffer.moveReaderIndex(forwardBy: frame.end)
        startCommand()
        switch outcome {
        case .command(let command): return .event(.command(command))
        case .failed(let failure): return .event(.failed(failure))
        case .literalAhead, .messageAhead: return .goOn
        }
    }

    /// A line of the command has announced a literal: is it welcome?
    private mutating func considerLiteral(
        _ buffer: inout ByteBuffer, _ literal: LiteralAnnouncement
    ) -> Step {
        if mayCheck {
            frame.checkedBytes += frame.end
            let pending = Pending(literal)
            let allowance = UInt64(limits.literalTotalBytes)
            switch parse(buffer, length: frame.end, endsAtLiteral: true) {
            case .literalAhead(let commandName):
                guard isAllowed(literalOf: commandName) else {
                    return refuseLiteral(&buffer, pending)
                }
            case .messageAhead(let tag, let header):
                return announceMessage(&buffer, tag: tag, header)
            case .failed(let failure):
                return fail(failure, &buffer, pending: pending, allowance: allowance)
            case .command(let command):
                // An unknown command: its arguments are skipped with their literals.
                drop(&buffer, pending: pending, allowance: allowance)
                return .event(.command(command))
            }
        }
        return acceptLiteral(&buffer, literal)
    }

    /// Parsing at each of many literals would be quadratic; beyond a share of the limits, literals
    /// are taken unchecked and the command is judged at its end. The first two are always
    /// checked: APPEND has at most one before its message.
    private var mayCheck: Bool {
        frame.literals < 2
            || frame.checkedBytes <= 2 * (limits.lineBytes + limits.literalTotalBytes)
    }

    private func isAllowed(literalOf commandName: String) -> Bool {
        !limits.restrictsLiteralsToLogin
            || ["LOGIN", "AUTHENTICATE", "ID"].contains(commandName)
    }

    private mutating func refuseLiteral(_ buffer: inout ByteBuffer, _ pending: Pending) -> Step {
        let failure = failure(
            of: buffer, .bad, "this literal is not allowed before login", offset: frame.end)
        return fail(
            failure, &buffer, pending: pending, allowance: UInt64(limits.discardedLiteralBytes))
    }

    private mutating func acceptLiteral(
        _ buffer: inout ByteBuffer, _ literal: LiteralAnnouncement
    ) -> Step {
        guard let size = Int(exactly: literal.sizeBytes), size <= limits.literalBytes,
            size <= limits.literalTotalBytes - frame.literalBytes, frame.literals < limits.literals
        else {
            let failure = failure(
                of: buffer, .bad, code: .tooBig, "literal too long, or too many of them",
                offset: frame.end)
            return fail(
                failure, &buffer, pending: Pending(literal),
                allowance: UInt64(limits.discardedLiteralBytes))
        }
        frame.addLiteral(size)
        guard literal.isSynchronising else { return .goOn }
        return .event(.continuationWanted(text: "Ready for the literal"))
    }

    /// What parsing the framed bytes came to.
    enum ParseOutcome {
        case command(TaggedCommand)
        case failed(ParseFailure)
        case literalAhead(commandName: String)
        case messageAhead(tag: String, AppendHeader)
    }

    private func parse(_ buffer: ByteBuffer, length: Int, endsAtLiteral: Bool) -> ParseOutcome {
        parsing(buffer, length: length, endsAtLiteral: endsAtLiteral) { parser throws(ParseStop) in
            let command = try parser.command()
            return TaggedCommand(tag: parser.tag ?? "", command: command)
        }
    }

    /// Runs `rule` over the first `length` bytes, which must not hold NUL.
    func parsing(
        _ buffer: ByteBuffer, length: Int, endsAtLiteral: Bool, tag: String? = nil,
        _ rule: (inout CommandParser) throws(ParseStop) -> TaggedCommand
    ) -> ParseOutcome {
        buffer.withUnsafeReadableBytes { readable in
            let bytes = UnsafeRawBufferPointer(rebasing: readable[..<length])
            var parser = CommandParser(
                bytes, endsAtLiteral: endsAtLiteral, limits: limits, encoding: encoding)
            if let tag { parser.remember(tag: tag) }
            do throws(ParseStop) {
                let command = try rule(&parser)
                try parser.refuseNUL()
                return .command(command)
            } catch {
                return outcome(of: error, parser)
            }
        }
    }

    private func outcome(of stop: ParseStop, _ parser: CommandParser) -> ParseOutcome {
        switch stop {
        case .bad(let message, let offset):
            .failed(ParseFailure(tag: parser.tag, message: message, offset: offset))
        case .literalAhead: .literalAhead(commandName: parser.commandName)
        case .messageAhead(let header): .messageAhead(tag: parser.tag ?? "", header)
        }
    }
}

extension CommandParser {
    /// CHAR8 = %x01-ff: NUL is nowhere allowed in a command.                    RFC 9051 §9
    func refuseNUL() throws(ParseStop) {
        guard let base = bytes.baseAddress, let found = memchr(base, 0, bytes.count) else { return }
        throw bad("NUL", at: UnsafeRawPointer(found) - base)
    }
}
