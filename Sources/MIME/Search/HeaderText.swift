/// The decoded, folded text of header fields.
struct HeaderText {
    private let view: ByteView
    private let limits: MIMELimits

    init(_ view: ByteView, limits: MIMELimits) {
        self.view = view
        self.limits = limits
    }

    /// Calls `body` with the name of each field and a way to get its text, up to the limits.
    func forEach(in header: Range<Int>, _ body: (Range<Int>, () -> [UInt8]) -> Void) {
        var fields = HeaderFields(view, header.first(limits.headerBytesPerPart))
        var count = 0
        while count < limits.fieldsPerPart, let field = fields.next() {
            count += 1
            body(field.name) { text(of: field) }
        }
    }

    /// All fields, a line each: `name: text`.
    func all(in header: Range<Int>) -> [UInt8] {
        var whole: [UInt8] = []
        forEach(in: header) { name, text in
            whole += view.array(name).map(ASCII.lowercase)
            whole += [ASCII.colon, ASCII.space]
            whole += text()
            whole.append(ASCII.lf)
        }
        return whole
    }

    /// Whether a field of this name, in any case, contains the needle.
    func contains(_ needle: SearchNeedle, inField name: String, of header: Range<Int>) -> Bool {
        var fields = HeaderFields(view, header.first(limits.headerBytesPerPart))
        var count = 0
        while count < limits.fieldsPerPart, let field = fields.next() {
            count += 1
            if view.equals(field.name, name), contains(needle, in: field) { return true }
        }
        return false
    }

    /// The same, where the text is one whole field and nothing else.
    func contains(_ needle: SearchNeedle) -> Bool {
        guard let field = HeaderField(whole: view) else { return false }
        return contains(needle, in: field)
    }

    private func contains(_ needle: SearchNeedle, in field: HeaderField) -> Bool {
        guard field.value.count <= HeaderText.longestPlain, !hasParameters(field) else {
            return needle.matches(text(of: field))
        }
        let raw = view.raw(view.trimmed(field.value))
        return withUnsafeTemporaryAllocation(byteCount: raw.count, alignment: 1) { folded in
            guard HeaderText.fold(raw, into: folded) else {
                return needle.matches(text(of: field))
            }
            return needle.matches(UnsafeRawBufferPointer(folded))
        }
    }

    /// Bytes of a field that are folded on the stack.
    private static let longestPlain = 1024

    /// Folds a text that is one line of ASCII in which nothing is encoded: nearly all are.
    ///
    /// - Parameter folded: as long as the text.
    /// - Returns: whether it is such a text.
    private static func fold(
        _ text: UnsafeRawBufferPointer, into folded: UnsafeMutableRawBufferPointer
    ) -> Bool {
        var seen: UInt8 = 0
        var isOneLine = true
        var hasEquals = false
        // Without a branch, so that many bytes are done at a time.
        for index in 0..<min(text.count, folded.count) {
            let byte = text[index]
            seen |= byte
            isOneLine = isOneLine && byte != ASCII.lf
            hasEquals = hasEquals || byte == ASCII.equals
            folded[index] = ASCII.lowercase(byte)
        }
        guard seen < 0x80, isOneLine else { return false }
        return !hasEquals || !mayHoldWord(text)
    }

    /// Whether an encoded word may begin somewhere: RFC 2047 §2.
    private static func mayHoldWord(_ text: UnsafeRawBufferPointer) -> Bool {
        let view = ByteView(text)
        var position = 0
        while let mark = view.first(ASCII.equals, from: position, to: view.count) {
            if view[mark + 1] == ASCII.question { return true }
            position = mark + 1
        }
        return false
    }

    private func hasParameters(_ field: HeaderField) -> Bool {
        view.equals(field.name, "content-type" as StaticString)
            || view.equals(field.name, "content-disposition" as StaticString)
    }

    private func text(of field: HeaderField) -> [UInt8] {
        var text = EncodedWords.decode(view, field.value, limits: limits)
        if hasParameters(field),
            let semicolon = view.first(
                ASCII.semicolon, from: field.value.lowerBound, to: field.value.upperBound)
        {
            let parameters = semicolon..<field.value.upperBound
            text += ExtendedParameters.decode(view, parameters, limits: limits)
        }
        return text.withUnsafeBytes { CaseFolding.fold($0) }
    }
}
