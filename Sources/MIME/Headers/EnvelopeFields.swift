/// The ten fields that ENVELOPE shows, found in one pass over a header: RFC 9051 §7.5.2.
struct EnvelopeFields {
    enum Address: Int, CaseIterable { case from, sender, replyTo, to, cc, bcc }

    var date: Range<Int>?
    var subject: Range<Int>?
    var inReplyTo: Range<Int>?
    var messageID: Range<Int>?
    /// Every To:, Cc: and so on: some programs write one field per address, and a field that occurs
    /// twice is shown joined.
    private var addresses: [(Address, Range<Int>)] = []

    /// Takes note of a field if it is one of the ten. Of Date, Subject, In-Reply-To and Message-ID
    /// the first counts.
    mutating func note(_ field: HeaderField, in view: ByteView) {
        let name = field.name
        switch name.count {
        case 2:
            if view.equals(name, "to") { addresses.append((.to, field.value)) }
            if view.equals(name, "cc") { addresses.append((.cc, field.value)) }
        case 3: if view.equals(name, "bcc") { addresses.append((.bcc, field.value)) }
        case 4:
            if view.equals(name, "from") { addresses.append((.from, field.value)) }
            if date == nil, view.equals(name, "date") { date = field.value }
        case 6: if view.equals(name, "sender") { addresses.append((.sender, field.value)) }
        case 7: if subject == nil, view.equals(name, "subject") { subject = field.value }
        case 8: if view.equals(name, "reply-to") { addresses.append((.replyTo, field.value)) }
        case 10: if messageID == nil, view.equals(name, "message-id") { messageID = field.value }
        case 11: if inReplyTo == nil, view.equals(name, "in-reply-to") { inReplyTo = field.value }
        default: break
        }
    }

    /// The values of a field, in message order.
    func values(of address: Address) -> [Range<Int>] {
        var values: [Range<Int>] = []
        for (kind, value) in addresses where kind == address { values.append(value) }
        return values
    }

    init() {}

    init(_ view: ByteView, header: Range<Int>, limits: MIMELimits) {
        var fields = HeaderFields(view, header.first(limits.headerBytesPerPart))
        var count = 0
        while count < limits.fieldsPerPart, let field = fields.next() {
            note(field, in: view)
            count += 1
        }
    }
}
