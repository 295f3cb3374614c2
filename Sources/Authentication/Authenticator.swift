/// Whoever can tell whether a login is to be let in.
package protocol Authenticator: Sendable {
    /// Blocks for as long as a password hash takes (milliseconds, and megabytes of memory) and
    /// reads files: never call it on an event loop.
    func verify(_ attempt: LoginAttempt) -> LoginResult
}

/// What one client presented, by LOGIN or by a SASL mechanism.
package struct LoginAttempt: Sendable {
    /// As the client gave it; may be no valid account name at all.
    package let name: String
    package let password: [UInt8]
    package let mechanism: LoginMechanism

    package init(name: String, password: [UInt8], mechanism: LoginMechanism) {
        self.name = name
        self.password = password
        self.mechanism = mechanism
    }

    /// - Returns: nil when `name` is not UTF-8; such a login is answered like a wrong password.
    package init?(name: [UInt8], password: [UInt8], mechanism: LoginMechanism) {
        guard let text = String(validating: name, as: UTF8.self) else { return nil }
        self.init(name: text, password: password, mechanism: mechanism)
    }
}

/// How a password reached us; part of what a remembered verification is keyed by.
package enum LoginMechanism: UInt8, Hashable, Sendable {
    /// The LOGIN command: RFC 9051 §6.2.3.
    case login = 0
    /// AUTHENTICATE PLAIN: RFC 4616.
    case plain = 1
}

package enum LoginResult: Hashable, Sendable {
    /// The account's name as it is stored, which may be spelled otherwise than the client's.
    case accepted(AccountName)
    /// Unknown name or wrong password; nobody is told which.
    case rejected
    /// The credentials cannot be read: `NO [UNAVAILABLE]`, and the reason for the server's log.
    case unavailable(String)
}

/// Passwords do not get into logs by way of string interpolation or `dump`.
extension LoginAttempt: CustomStringConvertible, CustomReflectable {
    package var description: String { "login of \(name)" }
    package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
