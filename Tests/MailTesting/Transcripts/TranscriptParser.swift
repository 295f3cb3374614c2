/// Reads the notation of `Schemas/transcript.md`.
struct TranscriptParser {
    private let name: String
    private let lines: [SourceLine]
    private var next = 0
    private var directives: [Transcript.Directive] = []
    private var steps: [Transcript.Step] = []

    private init(_ text: String, name: String) throws {
        self.name = name
        var lines: [SourceLine] = []
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in all.enumerated() {
            do {
                if let line = try SourceLine(line, number: index + 1) { lines.append(line) }
            } catch let defect as SourceLine.Defect {
                throw TranscriptFailure(
                    transcript: name, line: index + 1, message: defect.message)
            }
        }
        self.lines = lines
    }

    static func parse(_ text: String, name: String) throws -> Transcript {
        var parser = try TranscriptParser(text, name: name)
        while parser.next < parser.lines.count { try parser.readStep() }
        return Transcript(name: name, setUp: parser.directives, steps: parser.steps)
    }

    private mutating func readStep() throws {
        let line = lines[next]
        next += 1
        switch line.kind {
        case .directive(let words) where !steps.isEmpty:
            steps.append(
                Transcript.Step(line: line.number, session: 0, action: .administer(words)))
        case .directive(let words):
            directives.append(Transcript.Directive(line: line.number, words: words))
        case .client(let text): try readCommandLine(line, text)
        case .clientLiteral(let bytes):
            var text = WireText()
            text.append(literal: bytes)
            add(line, .send(Template(text)))
        case .server(let text, let isGrouped):
            var group = [try readResponse(line, text)]
            while isGrouped, let more = try readGrouped(line.session) { group.append(more) }
            add(line, .expect(group))
        case .serverLiteral: throw failure(line, "no line before announces this literal by {}")
        case .forbidden(let text): add(line, .forbid(ExpectedResponse(WireText(text))))
        case .connects: add(line, .connect)
        case .drops: add(line, .drop)
        case .closes: add(line, .expectClose)
        }
    }

    private mutating func add(_ line: SourceLine, _ action: Transcript.Action) {
        steps.append(Transcript.Step(line: line.number, session: line.session, action: action))
    }

    private func failure(_ line: SourceLine, _ message: String) -> TranscriptFailure {
        TranscriptFailure(transcript: name, line: line.number, message: message)
    }

    // MARK: What clients say

    /// A line, with the size of the literal that it announces by `{}`, `{+}` or `~{}`.
    private mutating func readCommandLine(_ line: SourceLine, _ text: String) throws {
        var sent = text
        if let (head, tail) = SourceLine.announcement(at: text) {
            guard let size = sizeOfNextLiteral(of: line.session) else {
                throw failure(line, "no literal of C\(line.session) follows")
            }
            sent = "\(head){\(size)\(tail)}"
        }
        add(line, .send(Template(WireText(sent + "\r\n"))))
    }

    /// The bytes of the session's next run of literal lines; other sessions may speak before it.
    private func sizeOfNextLiteral(of session: Int) -> Int? {
        var size: Int?
        for line in lines[next...] where line.session == session {
            if case .clientLiteral(let bytes) = line.kind {
                size = (size ?? 0) + bytes.count
            } else if case .client = line.kind {
                break
            } else if size != nil {
                break
            }
        }
        return size
    }

    // MARK: What the server says

    private mutating func readGrouped(_ session: Int) throws -> ExpectedResponse? {
        guard next < lines.count, lines[next].session == session,
            case .server(let text, true) = lines[next].kind
        else { return nil }
        let line = lines[next]
        next += 1
        return try readResponse(line, text)
    }

    /// A response with its literals: `{}` at the end of a line, then `S1|` or `S1>` lines, then the
    /// rest in an `S1:` line.
    private mutating func readResponse(
        _ line: SourceLine, _ text: String
    ) throws -> ExpectedResponse {
        var whole = WireText()
        var text = text
        while let (head, _) = SourceLine.announcement(at: text) {
            let literal = takeLiteral(of: line.session)
            whole.append("\(head){\(literal.count)}\r\n")
            whole.append(literal: literal)
            guard next < lines.count, lines[next].session == line.session,
                case .server(let rest, _) = lines[next].kind
            else { throw failure(line, "the response does not go on after its literal") }
            next += 1
            text = rest
        }
        whole.append(text)
        return ExpectedResponse(whole)
    }

    private mutating func takeLiteral(of session: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while next < lines.count, lines[next].session == session,
            case .serverLiteral(let more) = lines[next].kind
        {
            bytes += more
            next += 1
        }
        return bytes
    }
}

extension Transcript {
    package init(_ text: String, name: String) throws {
        self = try TranscriptParser.parse(text, name: name)
    }
}
