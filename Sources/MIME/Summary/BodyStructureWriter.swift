/// Writes BODY and BODYSTRUCTURE: RFC 9051 §7.5.2.
///
/// Parameters go out with the names and values they have in the message: `filename*0*` stays so, as
/// clients expect. A missing Content-Type is shown as what RFC 2045 §5.2 makes of it.
struct BodyStructureWriter {
    let view: ByteView
    let structure: MessageStructure
    /// Whether the extension data of BODYSTRUCTURE is written.
    let isExtended: Bool
    /// The wire form of the message's envelope is not part of this; those of embedded messages are.
    private var limits: MIMELimits { structure.limits }

    init(view: ByteView, structure: MessageStructure, isExtended: Bool) {
        self.view = view
        self.structure = structure
        self.isExtended = isExtended
    }

    /// The depth of this recursion is bounded by the depth limit of the structure.
    ///
    /// body = "(" (body-type-1part / body-type-mpart) ")"                       RFC 9051 §9
    func write(_ index: Int, to writer: inout WireWriter) {
        let part = structure.part(index)
        // Whoever asks checks the size afterwards; this stops the work.
        guard writer.bytes.count <= limits.bodyStructureBytes else { return }
        writer.byte(ASCII.openParenthesis)
        switch part.kind {
        case .multipart: multipart(index, part, to: &writer)
        case .message: message(part, to: &writer)
        case .leaf, .unparsable, .opaque: leaf(part, to: &writer)
        }
        writer.byte(ASCII.closeParenthesis)
    }

    // body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]            RFC 9051 §9
    private func multipart(_ index: Int, _ part: Part, to writer: inout WireWriter) {
        var next = part.firstChild
        while let child = next {
            write(child, to: &writer)
            next = structure.part(child).nextSibling
        }
        writer.space()
        writer.string(view.raw(part.subtype ?? 0..<0))
        guard isExtended else { return }
        writer.space()
        parameters(part.parameters, to: &writer)
        extensionTail(part, to: &writer)
    }

    // body-type-msg = media-message SP body-fields SP envelope SP body SP body-fld-lines
    //                                                                          RFC 9051 §9
    private func message(_ part: Part, to writer: inout WireWriter) {
        if part.type == nil {
            writer.text("\"MESSAGE\" \"RFC822\" NIL")
        } else {
            mediaType(part, to: &writer)
        }
        bodyFields(part, to: &writer)
        guard let child = part.firstChild else { return }
        let header = structure.part(child).headerRange
        writer.space()
        EnvelopeWriter(view: view, limits: limits)
            .write(EnvelopeFields(view, header: header, limits: limits), to: &writer)
        writer.space()
        write(child, to: &writer)
        writer.space()
        writer.number(part.lines)
        onePartExtension(part, to: &writer)
    }

    // body-type-basic = media-basic SP body-fields
    // body-type-text  = media-text SP body-fields SP body-fld-lines            RFC 9051 §9
    private func leaf(_ part: Part, to writer: inout WireWriter) {
        switch part.kind {
        case .opaque: writer.text("\"APPLICATION\" \"OCTET-STREAM\" NIL")
        case .leaf where part.type != nil: mediaType(part, to: &writer)
        default: writer.text("\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\")")
        }
        bodyFields(part, to: &writer)
        if part.isText(in: view) {
            writer.space()
            writer.number(part.lines)
        }
        onePartExtension(part, to: &writer)
    }

    private func mediaType(_ part: Part, to writer: inout WireWriter) {
        writer.string(view.raw(part.type ?? 0..<0))
        writer.space()
        writer.string(view.raw(part.subtype ?? 0..<0))
        writer.space()
        parameters(part.parameters, to: &writer)
    }

    // body-fields = … SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
    //                                                                          RFC 9051 §9
    private func bodyFields(_ part: Part, to writer: inout WireWriter) {
        writer.space()
        writer.field(part.id, in: view)
        writer.space()
        writer.field(part.description, in: view)
        writer.space()
        if let encoding = part.encoding {
            writer.string(view.raw(encoding))
        } else {
            writer.text("\"7BIT\"")
        }
        writer.space()
        writer.number(part.bodyRange.count)
    }

    // body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc]]]
    //                                                                          RFC 9051 §9
    private func onePartExtension(_ part: Part, to writer: inout WireWriter) {
        guard isExtended else { return }
        writer.space()
        writer.field(part.md5, in: view)
        extensionTail(part, to: &writer)
    }

    private func extensionTail(_ part: Part, to writer: inout WireWriter) {
        writer.space()
        disposition(part.disposition, to: &writer)
        writer.space()
        language(part.language, to: &writer)
        writer.space()
        writer.field(part.location, in: view)
    }

    // body-fld-param = "(" string SP string *(SP string SP string) ")" / nil   RFC 9051 §9
    private func parameters(_ range: Range<Int>?, to writer: inout WireWriter) {
        guard let range else { return writer.null() }
        var list = ParameterList(view, range, limits: limits)
        var isFirst = true
        while let parameter = list.next() {
            writer.byte(isFirst ? ASCII.openParenthesis : ASCII.space)
            isFirst = false
            writer.string(view.raw(parameter.name))
            writer.space()
            if parameter.isQuoted {
                writer.string(parameter.unquoted(in: view))
            } else {
                writer.field(parameter.value, in: view)
            }
        }
        if isFirst { writer.null() } else { writer.byte(ASCII.closeParenthesis) }
    }

    // body-fld-dsp = "(" string SP body-fld-param ")" / nil                    RFC 9051 §9
    private func disposition(_ field: Range<Int>?, to writer: inout WireWriter) {
        guard let field, let (kind, rest) = MediaType.firstToken(view, field: field) else {
            return writer.null()
        }
        writer.byte(ASCII.openParenthesis)
        writer.string(view.raw(kind))
        writer.space()
        parameters(rest, to: &writer)
        writer.byte(ASCII.closeParenthesis)
    }

    // body-fld-lang = nstring / "(" string *(SP string) ")"                    RFC 9051 §9
    private func language(_ field: Range<Int>?, to writer: inout WireWriter) {
        guard let field else { return writer.null() }
        var lexer = HeaderLexer(view, field)
        var left = limits.parameters
        var isFirst = true
        while left > 0 {
            lexer.skipBlanksAndComments()
            guard !lexer.atEnd else { break }
            let start = lexer.position
            while !lexer.atEnd, ASCII.isToken(lexer.byte) { lexer.position += 1 }
            guard lexer.position > start else {
                lexer.position += 1
                continue
            }
            writer.byte(isFirst ? ASCII.openParenthesis : ASCII.space)
            isFirst = false
            left -= 1
            writer.string(view.raw(start..<lexer.position))
        }
        if isFirst { writer.null() } else { writer.byte(ASCII.closeParenthesis) }
    }
}
