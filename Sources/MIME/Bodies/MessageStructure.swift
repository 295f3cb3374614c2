/// The structure of a message as offsets into its bytes; holds no bytes itself.
///
/// Making it never fails: what cannot be understood is text/plain. Every range lies within the
/// message. The time taken is linear in the length of the message.
public struct MessageStructure: Sendable {
    /// `parts[0]` is the whole message; a part comes before its children, children in message order.
    public let parts: [Part]
    let limits: MIMELimits

    public init(parsing bytes: UnsafeRawBufferPointer, limits: MIMELimits = .standard) {
        self.init(ByteView(bytes), limits: limits)
    }

    init(_ view: ByteView, limits: MIMELimits) {
        self.limits = limits
        var parser = StructureParser(view, limits: limits)
        parts = parser.parse()
    }

    /// The part at an index, or the message itself for an index that no part has.
    func part(_ index: Int) -> Part {
        parts.indices.contains(index) ? parts[index] : root
    }

    /// The message itself.
    public var root: Part { parts.first ?? Part(start: 0, parent: nil, isMessage: true) }

    /// The children of a part, in message order.
    public func children(of index: Int) -> [Int] {
        var children: [Int] = []
        var next = part(index).firstChild
        while let child = next {
            children.append(child)
            next = part(child).nextSibling
        }
        return children
    }
}
