extension MessageStructure {
    /// The pieces of the message that make the section up, in order; nil when there is no such part,
    /// or when HEADER or TEXT is asked of a part that is no message.
    ///
    /// - Parameter bytes: those that the structure was made from.
    public func section(
        _ path: SectionPath, in bytes: UnsafeRawBufferPointer
    ) -> SectionContent? {
        let view = ByteView(bytes)
        switch path.kind {
        case .whole: return body(path.part).map { SectionContent(ranges: [$0]) }
        case .mime:
            guard let index = index(ofPart: path.part) else { return nil }
            return SectionContent(ranges: [part(index).headerRange])
        case .header:
            return message(path.part).map { SectionContent(ranges: [$0.headerRange]) }
        case .text:
            return message(path.part).map { SectionContent(ranges: [$0.bodyRange]) }
        case .headerFields, .headerFieldsNot:
            return message(path.part).flatMap { path.fields(of: $0.headerRange, in: view) }
        }
    }

    /// The header whose fields HEADER.FIELDS and HEADER.FIELDS.NOT choose from; nil when there is no
    /// such message.
    public func headerRange(_ path: SectionPath) -> Range<Int>? { message(path.part)?.headerRange }

    /// The part that a path of numbers names: RFC 9051 §6.4.5.1.
    ///
    /// Part 1 of a message that is no multipart is its body, so the index is the message's own.
    /// nil for an empty path and for a part that is not there.
    public func index(ofPart path: [UInt32]) -> Int? {
        guard !path.isEmpty, path.count <= limits.depth + 1 else { return nil }
        var found: Int?
        // The message or multipart whose parts the next number counts; nil once a leaf was named.
        var container: Int? = 0
        for number in path {
            guard let start = container, let index = step(from: start, number) else { return nil }
            found = index
            container = contents(of: index)
        }
        return found
    }

    /// The `number`th part of a message or multipart, counted from 1.
    private func step(from container: Int, _ number: UInt32) -> Int? {
        guard part(container).kind == .multipart else { return number == 1 ? container : nil }
        var next = part(container).firstChild
        var left = number
        while left > 1, let child = next {
            next = part(child).nextSibling
            left -= 1
        }
        return left == 1 ? next : nil
    }

    /// Within what the numbers behind a part's own count.
    private func contents(of index: Int) -> Int? {
        switch part(index).kind {
        case .multipart: index
        case .message: part(index).firstChild
        case .leaf, .unparsable, .opaque: nil
        }
    }

    /// What BODY[part] gives: the message, or the part's body.
    func body(_ path: [UInt32]) -> Range<Int>? {
        if path.isEmpty { return root.headerRange.lowerBound..<root.bodyRange.upperBound }
        return index(ofPart: path).map { part($0).bodyRange }
    }

    /// The message that HEADER and TEXT are about: the whole one, or the one in a part.
    private func message(_ path: [UInt32]) -> Part? {
        if path.isEmpty { return root }
        guard let index = index(ofPart: path), part(index).kind == .message,
            let child = part(index).firstChild
        else { return nil }
        return part(child)
    }
}
