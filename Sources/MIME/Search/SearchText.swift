/// A message's text as SEARCH compares it: transfer encodings, RFC 2047, RFC 2231 and charsets
/// decoded, then case-folded UTF-8.
///
/// Valid only as long as the bytes it was made from. Header questions read the header alone; the
/// structure is made when the body is asked for, and kept. Bodies are decoded part by part, so
/// memory is bounded by the largest part.
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

    /// BODY: whether a text part, or the header of an embedded message, contains the needle.
    public mutating func bodyContains(_ needle: SearchNeedle) -> Bool {
        guard !needle.isEmpty else { return true }
        var isFound = false
        forEachBodyText { text in
            isFound = needle.matches(text)
            return !isFound
        }
        return isFound
    }

    /// TEXT: the header or the body contains the needle.
    public mutating func contains(_ needle: SearchNeedle) -> Bool {
        needle.matches(allHeaderText()) || bodyContains(needle)
    }

    /// The folded text of all text parts and headers of embedded messages.
    public mutating func bodyText() -> [UInt8] {
        var whole: [UInt8] = []
        forEachBodyText { text in
            if !whole.isEmpty { whole.append(ASCII.lf) }
            whole += text
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

    /// - Parameter body: gets one text after another; returns whether to go on.
    private mutating func forEachBodyText(_ body: ([UInt8]) -> Bool) {
        let header = HeaderText(view, limits: limits)
        for (index, part) in structure().parts.enumerated() {
            if part.isMessage, index > 0, !body(header.all(in: part.headerRange)) { return }
            if part.isText(in: view), !body(text(of: part)) { return }
        }
    }

    private func text(of part: Part) -> [UInt8] {
        let raw = view.raw(part.bodyRange)
        let encoding = part.kind == .unparsable ? .identity : TransferEncoding(part, in: view)
        let charset = part.parameter("charset", in: view, limits: limits)
            .map { String(decoding: $0, as: UTF8.self) }
        guard let encoding, encoding != .identity else { return fold(raw, charset) }
        return encoding.decode(raw).withUnsafeBytes { fold($0, charset) }
    }

    /// What says US-ASCII and is not, or names a charset nobody knows, is taken for what it looks like.
    private func fold(_ raw: UnsafeRawBufferPointer, _ charset: String?) -> [UInt8] {
        var text: [UInt8]?
        if let charset, !charset.isEmpty, !Charset.isASCII(charset) {
            text = Charset.decode(raw, from: charset)
        }
        guard let text else { return Charset.guess(raw).withUnsafeBytes { CaseFolding.fold($0) } }
        return text.withUnsafeBytes { CaseFolding.fold($0) }
    }
}
