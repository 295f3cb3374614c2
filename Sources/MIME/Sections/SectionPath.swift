/// Which piece of a message BODY[…] names: RFC 9051 §6.4.5.1.
public struct SectionPath: Hashable, Sendable {
    /// Part numbers from the outside in; empty for the message itself.
    public var part: [UInt32]
    public var kind: Kind

    public enum Kind: Hashable, Sendable {
        /// No word: the part's body, or the whole message.
        case whole
        /// HEADER: of the message, or of the message in a message/rfc822 part.
        case header
        /// HEADER.FIELDS, names in any case.
        case headerFields([String])
        case headerFieldsNot([String])
        /// TEXT: the body of the message, or of the message in a message/rfc822 part.
        case text
        /// MIME: the header of the part itself.
        case mime
    }

    public init(part: [UInt32] = [], kind: Kind = .whole) {
        self.part = part
        self.kind = kind
    }
}

extension SectionPath {
    /// The fields that the path names, of a header that is given alone; nil for a path that names none.
    ///
    /// - Parameter header: a whole header, whose first byte is the section's offset 0.
    public func fields(ofHeader header: UnsafeRawBufferPointer) -> SectionContent? {
        let view = ByteView(header)
        return fields(of: view.range, in: view)
    }

    func fields(of header: Range<Int>, in view: ByteView) -> SectionContent? {
        let selection = HeaderSelection(view, header: header)
        switch kind {
        case .headerFields(let names):
            let set = FieldNameSet(names)
            return selection.fields { set.contains($0, in: view) }
        case .headerFieldsNot(let names):
            let set = FieldNameSet(names)
            return selection.fields { !set.contains($0, in: view) }
        case .whole, .header, .text, .mime: return nil
        }
    }
}
