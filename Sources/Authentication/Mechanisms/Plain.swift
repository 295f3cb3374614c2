/// SASL PLAIN: one response holding name and password.
///
/// message = [authzid] UTF8NUL authcid UTF8NUL passwd                          RFC 4616 §2
///
/// Each part is at most 255 bytes of UTF-8, name and password not empty. The authorisation identity
/// must be empty or the name itself. Neither is run through SASLprep: passwords are the bytes that
/// were typed, names are compared as `AccountName` says.
package struct Plain: SASLExchange {
    package static let maximumPartBytes = 255

    package init() {}

    package var firstChallenge: [UInt8] { [] }

    package func receive(_ response: [UInt8]) throws(SASLError) -> SASLStep {
        .attempt(try Plain.decode(response))
    }

    static func decode(_ message: [UInt8]) throws(SASLError) -> LoginAttempt {
        guard message.count <= 3 * maximumPartBytes + 2 else {
            throw .malformed("PLAIN: the message is too long")
        }
        let parts = message.split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == 3 else {
            throw .malformed("PLAIN: expected exactly two NULs, found \(parts.count - 1)")
        }
        guard !parts[1].isEmpty else { throw .malformed("PLAIN: the name is empty") }
        guard !parts[2].isEmpty else { throw .malformed("PLAIN: the password is empty") }
        guard parts.allSatisfy({ $0.count <= maximumPartBytes }) else {
            throw .malformed("PLAIN: a part is longer than \(maximumPartBytes) bytes")
        }
        guard String(validating: parts[0], as: UTF8.self) != nil,
            let name = String(validating: parts[1], as: UTF8.self),
            String(validating: parts[2], as: UTF8.self) != nil
        else { throw .malformed("PLAIN: the message is not UTF-8") }
        guard parts[0].isEmpty || parts[0] == parts[1] else { throw .authorizationDenied }
        return LoginAttempt(name: name, password: Array(parts[2]), mechanism: .plain)
    }
}
