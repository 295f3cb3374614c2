import MailModel
import NIOCore

/// A namespace: RFC 2342 §5.
public struct NamespaceData: Hashable, Sendable {
    public let prefix: String
    public let separator: UInt8

    public init(prefix: String, separator: UInt8 = MailboxName.separator) {
        self.prefix = prefix
        self.separator = separator
    }
}

extension ResponseWriter {
    /// `* CAPABILITY …`: RFC 9051 §7.2.2.
    public mutating func writeCapability(_ capabilities: [Capability]) {
        write("* CAPABILITY ")
        writeSpaced(capabilities) { $0.buffer.writeString($1.name) }
        endLine()
    }

    /// `* ENABLED …`, possibly of nothing: RFC 5161 §3.2.
    public mutating func writeEnabled(_ capabilities: [Capability]) {
        write("* ENABLED")
        for capability in capabilities {
            space()
            buffer.writeString(capability.name)
        }
        endLine()
    }

    /// `* ID (…)`, or `* ID NIL` for no fields: RFC 2971 §3.2.
    public mutating func writeID(_ fields: [IDCommand.Field]) {
        guard !fields.isEmpty else { return write("* ID NIL\r\n") }
        write("* ID (")
        writeSpaced(fields) { writer, field in
            writer.writeString(field.name.utf8)
            writer.space()
            writer.writeNString(field.value?.utf8)
        }
        write(")\r\n")
    }

    /// `* NAMESPACE personal others shared`, NIL for none: RFC 2342 §5.
    public mutating func writeNamespace(
        personal: [NamespaceData], others: [NamespaceData] = [], shared: [NamespaceData] = []
    ) {
        write("* NAMESPACE ")
        writeSpaced([personal, others, shared]) { $0.write($1) }
        endLine()
    }

    private mutating func write(_ namespaces: [NamespaceData]) {
        guard !namespaces.isEmpty else { return write("NIL") }
        write(UInt8(ascii: "("))
        for namespace in namespaces {
            write(UInt8(ascii: "("))
            switch encoding.mailboxNames {
            case .modifiedUTF7: writeQuoted(ModifiedUTF7.encode(namespace.prefix))
            case .utf8: writeQuoted(namespace.prefix.utf8)
            }
            space()
            writeQuoted(CollectionOfOne(namespace.separator))
            write(UInt8(ascii: ")"))
        }
        write(UInt8(ascii: ")"))
    }
}
