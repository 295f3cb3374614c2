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

    private func contains(_ needle: SearchNeedle, in field: HeaderField) -> Bool {
        guard let plain = plainText(of: field) else { return needle.matches(text(of: field)) }
        return withUnsafeTemporaryAllocation(byteCount: plain.count, alignment: 1) { folded in
            for index in 0..<plain.count { folded[index] = ASCII.lowercase(plain[index]) }
            return needle.matches(UnsafeRawBufferPointer(folded))
        }
    }

    /// The text of a field, if it is one line of ASCII in which nothing is encoded: nearly all are.
    private func plainText(of field: HeaderField) -> UnsafeRawBufferPointer? {
        guard field.value.count <= 1024, !hasParameters(field) else { return nil }
        let plain = view.raw(view.trimmed(field.value))
        let isPlain = plain.allSatisfy {
            $0 < 0x80 && $0 != ASCII.equals && $0 != ASCII.lf
        }
        return isPlain ? plain : nil
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
