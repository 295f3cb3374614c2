import IMAPCodec

/// ID: RFC 2971. What the client says of itself goes into the log with all that it does.
extension Session {
    mutating func id(_ command: IDCommand, out: inout ResponseWriter) -> Completion {
        clientID = Session.clientID(of: command.fields)
        out.writeID([
            IDCommand.Field(name: "name", value: context.serverName),
            IDCommand.Field(name: "version", value: context.serverVersion),
        ])
        return .ok("ID completed")
    }

    /// `name version`, printable ASCII only and at most 128 bytes: it stands in every event.
    package static func clientID(of fields: [IDCommand.Field]) -> String {
        let wanted = ["name", "version"].compactMap { name in
            fields.first { $0.name.lowercased() == name }?.value
        }
        let bytes = wanted.joined(separator: " ").utf8.prefix(128)
        return String(
            decoding: bytes.map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") },
            as: UTF8.self)
    }
}
