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

    private func text(of field: HeaderField) -> [UInt8] {
        var text = EncodedWords.decode(view, field.value, limits: limits)
        if view.equals(field.name, "content-type")
            || view.equals(field.name, "content-disposition"),
            let semicolon = view.first(
                ASCII.semicolon, from: field.value.lowerBound, to: field.value.upperBound)
        {
            let parameters = semicolon..<field.value.upperBound
            text += ExtendedParameters.decode(view, parameters, limits: limits)
        }
        return text.withUnsafeBytes { CaseFolding.fold($0) }
    }
}
