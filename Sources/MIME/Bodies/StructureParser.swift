/// Finds the parts of a message in one pass over its lines.
///
/// A stack holds the parts that are open at the present line. A line that starts with "--" is
/// compared with the boundaries on the stack, the innermost first, so that a part cut short is
/// closed by the boundary of whatever surrounds it. The stack is bounded by the depth limit, and no
/// line is visited twice: the time is linear whatever the bytes are.
struct StructureParser {
    private struct OpenPart {
        var index: Int
        /// Empty for what has no boundary, and once the closing delimiter has been seen.
        var boundary: [UInt8] = []
        /// Line feeds before the body.
        var lines: Int
        var lastChild: Int?
    }

    private struct Delimiter {
        var level: Int
        var isClosing: Bool
        /// Behind the delimiter's line.
        var end: Int
    }

    private let view: ByteView
    private let limits: MIMELimits
    private var parts: [Part] = []
    private var open: [OpenPart] = []
    private var boundaries = 0
    private var position = 0
    /// Line feeds before the position.
    private var lines = 0

    init(_ view: ByteView, limits: MIMELimits) {
        self.view = view
        self.limits = limits
    }

    mutating func parse() -> [Part] {
        startPart(isMessage: true, isInDigest: false)
        while position < view.count {
            guard boundaries > 0 else {
                lines += view.countLineFeeds(in: position..<view.count)
                position = view.count
                break
            }
            if let delimiter = delimiter(at: position) { handle(delimiter) } else { skipLine() }
        }
        close(downTo: 0, at: view.count, lines: lines)
        return parts
    }

    private mutating func skipLine() {
        guard let feed = view.first(ASCII.lf, from: position, to: view.count) else {
            position = view.count
            return
        }
        lines += 1
        position = feed + 1
    }

    // MARK: Parts

    /// Opens the part that starts here and, for message/rfc822, the message within it, and so on.
    private mutating func startPart(isMessage: Bool, isInDigest: Bool) {
        var isMessage = isMessage
        var isInDigest = isInDigest
        while true {
            let index = addPart(isMessage: isMessage, isInDigest: isInDigest)
            readHeader(of: index)
            var entry = OpenPart(index: index, lines: lines)
            parts[index].kind = kind(of: parts[index], boundary: &entry.boundary)
            if !entry.boundary.isEmpty { boundaries += 1 }
            open.append(entry)
            guard parts[index].kind == .message else { return }
            isMessage = true
            isInDigest = false
        }
    }

    private mutating func addPart(isMessage: Bool, isInDigest: Bool) -> Int {
        let index = parts.count
        var part = Part(start: position, parent: open.last?.index, isMessage: isMessage)
        part.isInDigest = isInDigest
        parts.append(part)
        guard let parent = open.indices.last else { return index }
        if let last = open[parent].lastChild {
            parts[last].nextSibling = index
        } else {
            parts[open[parent].index].firstChild = index
        }
        open[parent].lastChild = index
        return index
    }

    /// Reads fields until the empty line, a surrounding boundary or the end. Beyond the limits the
    /// end is still looked for, but no field is taken note of.
    private mutating func readHeader(of index: Int) {
        let start = position
        var fields = HeaderFields(view, position..<view.count)
        var count = 0
        while fields.atField {
            if delimiter(at: fields.position) != nil { break }
            guard let field = fields.next() else { break }
            count += 1
            if count <= limits.fieldsPerPart,
                field.whole.upperBound - start <= limits.headerBytesPerPart
            {
                parts[index].note(field, in: view)
            }
        }
        position = fields.behindEmptyLine ?? fields.position
        lines += view.countLineFeeds(in: start..<position)
        parts[index].headerRange = start..<position
        parts[index].bodyRange = position..<position
    }

    private func kind(of part: Part, boundary: inout [UInt8]) -> Part.Kind {
        let hasRoom = open.count + 1 < limits.depth && parts.count < limits.parts
        if part.isType("multipart", in: view) {
            guard hasRoom, let value = self.boundary(of: part) else { return .unparsable }
            boundary = value
            return .multipart
        }
        let isMessage =
            part.type == nil
            ? part.isInDigest
            : part.isType("message", in: view) && part.isSubtype("rfc822", in: view)
        guard isMessage else { return .leaf }
        return hasRoom && hasPlainEncoding(part) ? .message : .opaque
    }

    // boundary := 0*69<bchars> bcharsnospace                                   RFC 2046 §5.1.1
    private func boundary(of part: Part) -> [UInt8]? {
        let plain = part.parameter("boundary", in: view, limits: limits)
        let extended = { part.parameter("boundary*", in: view, limits: limits) }
        guard var value = plain ?? extended().map(ExtendedParameters.value) else { return nil }
        while let last = value.last, ASCII.isSpace(last) { value.removeLast() }
        return value.isEmpty ? nil : value
    }

    private func hasPlainEncoding(_ part: Part) -> Bool {
        switch TransferEncoding(part, in: view) {
        case .identity: true
        case .base64, .quotedPrintable, nil: false
        }
    }

    // MARK: Delimiters

    // delimiter := CRLF "--" boundary; close-delimiter := delimiter "--"       RFC 2046 §5.1.1
    private func delimiter(at start: Int) -> Delimiter? {
        guard boundaries > 0, view[start] == ASCII.hyphen, view[start + 1] == ASCII.hyphen else {
            return nil
        }
        let feed = view.first(ASCII.lf, from: start, to: view.count)
        var end = feed ?? view.count
        while end > start + 2, ASCII.isBlank(view[end - 1]) { end -= 1 }
        let text = (start + 2)..<end
        for level in open.indices.reversed() where !open[level].boundary.isEmpty {
            let boundary = open[level].boundary
            guard text.count == boundary.count || text.count == boundary.count + 2,
                view.equalsExactly(text.first(boundary.count), boundary)
            else { continue }
            let isClosing = text.count != boundary.count
            if isClosing, view[end - 1] != ASCII.hyphen || view[end - 2] != ASCII.hyphen {
                continue
            }
            return Delimiter(
                level: level, isClosing: isClosing, end: feed.map { $0 + 1 } ?? view.count)
        }
        return nil
    }

    /// The line end before a delimiter belongs to the delimiter: RFC 2046 §5.1.1.
    private mutating func handle(_ delimiter: Delimiter) {
        var end = position
        var endLines = lines
        if view[end - 1] == ASCII.lf {
            end -= view[end - 2] == ASCII.cr ? 2 : 1
            endLines -= 1
        }
        close(downTo: delimiter.level + 1, at: end, lines: endLines)
        if view[delimiter.end - 1] == ASCII.lf { lines += 1 }
        position = delimiter.end
        if delimiter.isClosing {
            open[delimiter.level].boundary = []
            boundaries -= 1
        } else if parts.count < limits.parts {
            let isInDigest = parts[open[delimiter.level].index].isSubtype("digest", in: view)
            startPart(isMessage: false, isInDigest: isInDigest)
        }
    }

    /// Ends the innermost open parts, so that `level` of them stay open.
    private mutating func close(downTo level: Int, at end: Int, lines endLines: Int) {
        while open.count > level, let entry = open.popLast() {
            let start = parts[entry.index].bodyRange.lowerBound
            if end > start {
                parts[entry.index].bodyRange = start..<end
                parts[entry.index].lines = max(0, endLines - entry.lines)
            }
            if !entry.boundary.isEmpty { boundaries -= 1 }
            if parts[entry.index].kind == .multipart, parts[entry.index].firstChild == nil {
                parts[entry.index].kind = .unparsable
            }
        }
    }
}
