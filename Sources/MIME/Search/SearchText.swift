/// A message's text as SEARCH compares it: transfer encodings, RFC 2047, RFC 2231 and charsets
/// decoded, then case-folded UTF-8.
///
/// Valid only as long as the bytes it was made from. Header questions read the header alone; the
/// structure is made when the body is asked for, and kept. Bodies are decoded part by part, and large
/// parts in pieces.
public struct SearchText {
    private let view: ByteView
    private let limits: MIMELimits
    private var knownStructure: MessageStructure?

    public init(of bytes: UnsafeRawBufferPointer, limits: MIMELimits = .standard) {
        view = ByteView(bytes)
        self.limits = limits
    }

    /// - Parameter structure: that of the same bytes, so that it is not made again.
    public init(of bytes: UnsafeRawBufferPointer, structure: MessageStructure) {
        view = ByteView(bytes)
        limits = structure.limits
        knownStructure = structure
    }

    // MARK: Headers

    /// HEADER, FROM, SUBJECT and the like: whether a field of that name contains the needle. An empty
    /// needle asks for the field alone.
    public func headerField(_ name: String, contains needle: SearchNeedle) -> Bool {
        HeaderText(view, limits: limits).contains(needle, inField: name, of: view.range)
    }

    /// Whether a field of that name contains the needle; with nil, whether there is such a field.
    public func hasField(_ name: String, containing needle: SearchNeedle?) -> Bool {
        guard let needle else { return !headerFieldText(named: name).isEmpty }
        return headerField(name, contains: needle)
    }

    /// The folded text of every field of that name, in any case; empty when there is none.
    public func headerFieldText(named name: String) -> [[UInt8]] {
        let names = FieldNameSet([name])
        var texts: [[UInt8]] = []
        HeaderText(view, limits: limits).forEach(in: view.range) { field, text in
            if names.contains(field, in: view) { texts.append(text()) }
        }
        return texts
    }

    /// The folded text of the whole header, one field a line.
    public func allHeaderText() -> [UInt8] {
        HeaderText(view, limits: limits).all(in: view.range)
    }

    // MARK: Bodies

    /// BODY: whether a text part, or the header of a part or an embedded message, contains the needle.
    public mutating func bodyContains(_ needle: SearchNeedle) -> Bool {
        bodyContains(needle, pause: {})
    }

    /// - Parameter pause: called before each piece of a text, and may throw.
    public mutating func bodyContains(
        _ needle: SearchNeedle, pause: () throws -> Void
    ) rethrows -> Bool {
        guard !needle.isEmpty else { return true }
        var matched = 0
        return try !forEachBodyPiece { piece, isFirst in
            try pause()
            if isFirst { matched = 0 }
            return !needle.matches(piece, &matched)
        }
    }

    /// TEXT: the header or the body contains the needle.
    public mutating func contains(_ needle: SearchNeedle) -> Bool {
        contains(needle, pause: {})
    }

    /// - Parameter pause: called before each piece of a text, and may throw.
    public mutating func contains(
        _ needle: SearchNeedle, pause: () throws -> Void
    ) rethrows -> Bool {
        if needle.matches(allHeaderText()) { return true }
        return try bodyContains(needle, pause: pause)
    }

    /// The folded text of all text parts and of all headers but the message's own.
    public mutating func bodyText() -> [UInt8] {
        var whole: [UInt8] = []
        _ = forEachBodyPiece { piece, isFirst in
            if isFirst, !whole.isEmpty { whole.append(ASCII.lf) }
            whole += piece
            return true
        }
        return whole
    }

    /// The structure of the message, made at the first need.
    public mutating func structure() -> MessageStructure {
        if let knownStructure { return knownStructure }
        let structure = MessageStructure(view, limits: limits)
        knownStructure = structure
        return structure
    }

    /// - Parameter body: gets one text after another, each in pieces, and whether a piece is its text's
    ///   first; returns whether to go on.
    /// - Returns: whether all was given.
    private mutating func forEachBodyPiece(
        _ body: (UnsafeRawBufferPointer, Bool) throws -> Bool
    ) rethrows -> Bool {
        let header = HeaderText(view, limits: limits)
        for (index, part) in structure().parts.enumerated() {
            // Of the body is all that follows the message's own header: RFC 3501 §6.4.4.
            if index > 0 {
                let text = header.all(in: part.headerRange)
                guard try text.withUnsafeBytes({ try body($0, true) }) else { return false }
            }
            guard part.isText(in: view) else { continue }
            var isFirst = true
            let isDone = try PartText(of: part, in: view, limits: limits).forEachPiece { piece in
                defer { isFirst = false }
                return try body(piece, isFirst)
            }
            guard isDone else { return false }
        }
        return true
    }
}
