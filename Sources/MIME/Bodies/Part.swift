/// One part of a message: where its header and body are, and what its header says about the body.
///
/// Ranges are offsets into the message's bytes. Ranges of fields are their raw values, still folded.
public struct Part: Sendable, Hashable {
    /// How the body is understood, which is not always what Content-Type claims.
    public enum Kind: Sendable, Hashable {
        /// A body without parts.
        case leaf
        /// Shown as text/plain whatever Content-Type says: a multipart in which no part was found,
        /// one without a boundary, or one nested deeper than the limit.
        case unparsable
        /// Shown as application/octet-stream: a message/rfc822 that is nested deeper than the limit
        /// or whose transfer encoding hides its bytes.
        case opaque
        /// At least one child.
        case multipart
        /// message/rfc822; its one child is the embedded message.
        case message
    }

    /// Through the empty line, if there is one.
    public internal(set) var headerRange: Range<Int>
    public internal(set) var bodyRange: Range<Int>
    public internal(set) var kind = Kind.leaf
    /// The message itself or the content of a message/rfc822: it has an envelope.
    public let isMessage: Bool
    /// Line feeds in the body.
    public internal(set) var lines = 0

    public let parent: Int?
    public internal(set) var firstChild: Int?
    public internal(set) var nextSibling: Int?

    /// The type and subtype that Content-Type gives; nil when it is missing or malformed.
    public internal(set) var type: Range<Int>?
    public internal(set) var subtype: Range<Int>?
    /// What follows the subtype.
    public internal(set) var parameters: Range<Int>?
    /// Whether a missing Content-Type means message/rfc822: RFC 2046 §5.1.5.
    public internal(set) var isInDigest = false
    /// The token of Content-Transfer-Encoding; nil means 7bit.
    public internal(set) var encoding: Range<Int>?
    public internal(set) var disposition: Range<Int>?
    public internal(set) var language: Range<Int>?
    public internal(set) var location: Range<Int>?
    public internal(set) var id: Range<Int>?
    public internal(set) var description: Range<Int>?
    public internal(set) var md5: Range<Int>?

    init(start: Int, parent: Int?, isMessage: Bool) {
        headerRange = start..<start
        bodyRange = start..<start
        self.parent = parent
        self.isMessage = isMessage
    }
}

extension Part {
    /// Takes note of a field that describes the body: RFC 2045 §3, RFC 2183, 3282, 2557, 1864.
    /// The first of each counts.
    mutating func note(_ field: HeaderField, in view: ByteView) {
        let name = field.name
        guard name.count >= 10, ASCII.lowercase(view[name.lowerBound]) == UInt8(ascii: "c") else {
            return
        }
        switch name.count {
        case 10: if id == nil, view.equals(name, "content-id") { id = field.value }
        case 11: if md5 == nil, view.equals(name, "content-md5") { md5 = field.value }
        case 12: if view.equals(name, "content-type") { noteType(field.value, in: view) }
        case 16:
            if language == nil, view.equals(name, "content-language") { language = field.value }
            if location == nil, view.equals(name, "content-location") { location = field.value }
        case 19:
            if disposition == nil, view.equals(name, "content-disposition") {
                disposition = field.value
            }
            if description == nil, view.equals(name, "content-description") {
                description = field.value
            }
        case 25:
            if encoding == nil, view.equals(name, "content-transfer-encoding") {
                encoding = MediaType.firstToken(view, field: field.value)?.0
            }
        default: break
        }
    }

    private mutating func noteType(_ value: Range<Int>, in view: ByteView) {
        guard type == nil, let media = MediaType(view, field: value) else { return }
        type = media.type
        subtype = media.subtype
        parameters = media.parameters
    }

    func isType(_ expected: StaticString, in view: ByteView) -> Bool {
        guard let type else { return false }
        return view.equals(type, expected)
    }

    func isSubtype(_ expected: StaticString, in view: ByteView) -> Bool {
        guard let subtype else { return false }
        return view.equals(subtype, expected)
    }

    /// Whether the content is text/*, given or by default.
    func isText(in view: ByteView) -> Bool {
        switch kind {
        case .leaf: type == nil || isType("text", in: view)
        case .unparsable: true
        case .opaque, .multipart, .message: false
        }
    }

    /// The value of a parameter of Content-Type, unquoted; the name in lower case.
    func parameter(_ name: StaticString, in view: ByteView, limits: MIMELimits) -> [UInt8]? {
        guard let parameters else { return nil }
        var list = ParameterList(view, parameters, limits: limits)
        while let parameter = list.next() {
            if view.equals(parameter.name, name) { return parameter.unquoted(in: view) }
        }
        return nil
    }
}
