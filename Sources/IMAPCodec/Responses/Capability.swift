/// A name of the CAPABILITY response: RFC 9051 §7.2.2.
public struct Capability: Hashable, Sendable, ExpressibleByStringLiteral {
    /// As it stands on the wire.
    public let name: String

    public init(_ name: String) { self.name = name }
    public init(stringLiteral name: String) { self.name = name }

    public static let imap4rev1: Capability = "IMAP4rev1"
    public static let startTLS: Capability = "STARTTLS"
    public static let loginDisabled: Capability = "LOGINDISABLED"
    public static let authPlain: Capability = "AUTH=PLAIN"
    public static let saslIR: Capability = "SASL-IR"
    public static let literalPlus: Capability = "LITERAL+"
    public static let id: Capability = "ID"
    public static let enable: Capability = "ENABLE"
    public static let idle: Capability = "IDLE"
    public static let namespace: Capability = "NAMESPACE"
    public static let children: Capability = "CHILDREN"
    public static let uidPlus: Capability = "UIDPLUS"
    public static let unselect: Capability = "UNSELECT"
    public static let move: Capability = "MOVE"
    public static let specialUse: Capability = "SPECIAL-USE"
    public static let createSpecialUse: Capability = "CREATE-SPECIAL-USE"
    public static let listExtended: Capability = "LIST-EXTENDED"
    public static let listStatus: Capability = "LIST-STATUS"
    public static let statusSize: Capability = "STATUS=SIZE"
    public static let eSearch: Capability = "ESEARCH"
    public static let searchRes: Capability = "SEARCHRES"
    public static let within: Capability = "WITHIN"
    public static let multiAppend: Capability = "MULTIAPPEND"
    public static let binary: Capability = "BINARY"
    public static let objectID: Capability = "OBJECTID"
    public static let saveDate: Capability = "SAVEDATE"
    public static let condStore: Capability = "CONDSTORE"

    /// `APPENDLIMIT=bytes`: RFC 7889 §2.
    public static func appendLimit(_ bytes: UInt64) -> Capability {
        Capability("APPENDLIMIT=\(bytes)")
    }
}
