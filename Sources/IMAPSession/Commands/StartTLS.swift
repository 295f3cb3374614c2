/// STARTTLS: RFC 9051 §6.2.1. Not offered, so not in CAPABILITY.
extension Session {
    func startTLS() -> Completion { .bad("STARTTLS is not available") }
}
