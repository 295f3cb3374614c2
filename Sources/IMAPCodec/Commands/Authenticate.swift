/// AUTHENTICATE: RFC 9051 §6.2.2, with the initial response of RFC 4959.
public struct AuthenticateCommand: Hashable, Sendable {
    /// In capitals.
    public let mechanism: String
    /// Decoded from base64; empty for `=`, nil when the client sent none.
    public let initialResponse: [UInt8]?

    public init(mechanism: String, initialResponse: [UInt8]?) {
        self.mechanism = mechanism
        self.initialResponse = initialResponse
    }
}

extension CommandParser {
    /// authenticate = "AUTHENTICATE" SP auth-type [SP (base64 / "=")]           RFC 4959 §7
    mutating func authenticateArguments() throws(ParseStop) -> AuthenticateCommand {
        try space()
        let mechanism = try atom().uppercased()
        guard spaceBeforeMore() else {
            return AuthenticateCommand(mechanism: mechanism, initialResponse: nil)
        }
        let start = position
        while let byte = next, byte > UInt8(ascii: " "), byte < 0x7F { position += 1 }
        let text = bytes[start..<position]
        if text.elementsEqual("=".utf8) {
            return AuthenticateCommand(mechanism: mechanism, initialResponse: [])
        }
        guard !text.isEmpty, let response = Base64.decode(text) else {
            throw bad("initial response is not base64", at: start)
        }
        return AuthenticateCommand(mechanism: mechanism, initialResponse: response)
    }
}
