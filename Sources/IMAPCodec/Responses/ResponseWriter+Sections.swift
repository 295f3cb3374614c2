import MailModel
import NIOCore

/// What a section's item holds after its name.
public enum SectionValue: Hashable, Sendable {
    /// `{n}` CRLF: the caller writes the n bytes next.
    case literal(sizeBytes: UInt64)
    /// `~{n}` CRLF, for bytes among which there may be NUL: the caller writes them next.
    case literal8(sizeBytes: UInt64)
    case empty
    case `nil`
}

extension ResponseWriter {
    /// BODY[section]<offset> and its content: RFC 9051 §7.5.2.
    ///
    /// - Parameter offset: of the partial that was asked for.
    public mutating func writeBodySection(
        _ section: Section, offset: UInt64? = nil, _ content: SectionValue
    ) {
        separateItem()
        writeName(of: section)
        if let offset { writeOffset(offset) }
        space()
        write(content)
    }

    /// BODY[section] and the whole of its content, put there by `fill`.
    ///
    /// - Parameter name: `Section.itemName`.
    public mutating func writeSection(
        named name: [UInt8], sizeBytes: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        separateItem()
        buffer.writeBytes(name)
        writeLiteralHeader(UInt64(clamping: sizeBytes))
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: sizeBytes) { region in
            fill(UnsafeMutableRawBufferPointer(rebasing: region[..<sizeBytes]))
            return sizeBytes
        }
    }

    /// BINARY[part]<offset> and its content: RFC 3516 §4.3.
    public mutating func writeBinary(
        part: [UInt32], offset: UInt64? = nil, _ content: SectionValue
    ) {
        beginItem("BINARY[")
        writePart(part)
        write(UInt8(ascii: "]"))
        if let offset { writeOffset(offset) }
        space()
        write(content)
    }

    public mutating func writeRFC822(_ content: SectionValue) {
        beginItem("RFC822 ")
        write(content)
    }

    public mutating func writeRFC822Header(_ content: SectionValue) {
        beginItem("RFC822.HEADER ")
        write(content)
    }

    public mutating func writeRFC822Text(_ content: SectionValue) {
        beginItem("RFC822.TEXT ")
        write(content)
    }

    private mutating func writeOffset(_ offset: UInt64) {
        write(UInt8(ascii: "<"))
        write(offset)
        write(UInt8(ascii: ">"))
    }

    private mutating func write(_ content: SectionValue) {
        switch content {
        case .literal(let sizeBytes): writeLiteralHeader(sizeBytes)
        case .literal8(let sizeBytes): writeLiteral8Header(sizeBytes)
        case .empty: write("\"\"")
        case .nil: write("NIL")
        }
    }

    fileprivate mutating func writeName(of section: Section) {
        write("BODY[")
        writeSection(section)
        write(UInt8(ascii: "]"))
    }

    /// section-spec = section-msgtext / (section-part ["." section-text])       RFC 9051 §9
    private mutating func writeSection(_ section: Section) {
        writePart(section.part)
        if section.kind != .whole, !section.part.isEmpty { write(UInt8(ascii: ".")) }
        switch section.kind {
        case .whole: break
        case .header: write("HEADER")
        case .text: write("TEXT")
        case .mime: write("MIME")
        case .headerFields(let names): writeFieldNames("HEADER.FIELDS (", names)
        case .headerFieldsNot(let names): writeFieldNames("HEADER.FIELDS.NOT (", names)
        }
    }

    private mutating func writeFieldNames(_ prefix: StaticString, _ names: [String]) {
        write(prefix)
        writeSpaced(names) { $0.writeAString($1.utf8) }
        write(UInt8(ascii: ")"))
    }
}

extension Section {
    /// `BODY[section] `: what every response of one command has in common.
    public var itemName: [UInt8] {
        var writer = ResponseWriter()
        writer.writeName(of: self)
        writer.space()
        return [UInt8](writer.buffer.readableBytesView)
    }
}
