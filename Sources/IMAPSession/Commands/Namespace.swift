import IMAPCodec

/// NAMESPACE: RFC 2342. One personal namespace, nobody else's, nothing shared.
extension Session {
    func namespace(out: inout ResponseWriter) -> Completion {
        out.writeNamespace(personal: [NamespaceData(prefix: "")])
        return .ok("NAMESPACE completed")
    }
}
