/// Writes a header's ENVELOPE: RFC 9051 §7.5.2, RFC 3501 §7.4.2.
struct EnvelopeWriter {
    let view: ByteView
    let limits: MIMELimits

    // envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP
    //            env-cc SP env-bcc SP env-in-reply-to SP env-message-id ")"    RFC 9051 §9
    func write(_ fields: EnvelopeFields, to writer: inout WireWriter) {
        writer.byte(ASCII.openParenthesis)
        writer.field(fields.date, in: view)
        writer.space()
        writer.field(fields.subject, in: view)
        writer.space()
        let fromStart = writer.bytes.count
        addresses(fields.values(of: .from), to: &writer)
        let from = fromStart..<writer.bytes.count
        for address in [EnvelopeFields.Address.sender, .replyTo] {
            writer.space()
            // Absent or without an address: the same as From.
            if !addresses(fields.values(of: address), to: &writer) { writer.replaceNull(from) }
        }
        for address in [EnvelopeFields.Address.to, .cc, .bcc] {
            writer.space()
            addresses(fields.values(of: address), to: &writer)
        }
        writer.space()
        writer.field(fields.inReplyTo, in: view)
        writer.space()
        writer.field(fields.messageID, in: view)
        writer.byte(ASCII.closeParenthesis)
    }

    // env-from = "(" 1*address ")" / nil                                       RFC 9051 §9
    /// - Returns: whether there was an address; NIL is written when not.
    @discardableResult
    private func addresses(_ values: [Range<Int>], to writer: inout WireWriter) -> Bool {
        var count = 0
        for value in values {
            var parser = AddressParser(view, value, limits: limits)
            while count < limits.addresses, let token = parser.next() {
                if count == 0 { writer.byte(ASCII.openParenthesis) }
                count += 1
                address(token, of: parser, to: &writer)
            }
            // A group is always closed, even where the limit cut it.
            if count >= limits.addresses, parser.isInGroup {
                address(.groupEnd, of: parser, to: &writer)
            }
        }
        if count == 0 { writer.null() } else { writer.byte(ASCII.closeParenthesis) }
        return count > 0
    }

    // address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"     RFC 9051 §9
    private func address(
        _ token: AddressParser.Token, of parser: AddressParser, to writer: inout WireWriter
    ) {
        switch token {
        case .groupEnd: writer.text("(NIL NIL NIL NIL)")
        case .groupStart:
            writer.text("(NIL NIL ")
            writer.string(parser.name)
            writer.text(" NIL)")
        case .address:
            writer.byte(ASCII.openParenthesis)
            optional(parser.name, to: &writer)
            writer.space()
            optional(parser.route, to: &writer)
            writer.space()
            writer.string(parser.mailbox)
            writer.space()
            writer.string(parser.host)
            writer.byte(ASCII.closeParenthesis)
        }
    }

    private func optional(_ text: [UInt8], to writer: inout WireWriter) {
        if text.isEmpty { writer.null() } else { writer.string(text) }
    }
}

extension WireWriter {
    /// Puts a copy of what stands in `range` in the place of the NIL just written.
    fileprivate mutating func replaceNull(_ range: Range<Int>) { copy(range, droppingLast: 3) }
}
