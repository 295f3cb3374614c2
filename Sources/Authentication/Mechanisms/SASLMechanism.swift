/// The SASL mechanisms offered with AUTHENTICATE: RFC 9051 §6.2.2.
package enum SASLMechanism: String, CaseIterable, Hashable, Sendable {
    case plain = "PLAIN"

    /// - Parameter name: as the client sent it; mechanisms' names ignore case (RFC 4422 §3.1).
    package init?(name: String) {
        guard let mechanism = SASLMechanism(rawValue: name.uppercased()) else { return nil }
        self = mechanism
    }

    /// A new exchange, which expects the client's first response.
    package func begin() -> any SASLExchange {
        switch self {
        case .plain: Plain()
        }
    }
}

/// One run of a mechanism: the client's responses in, challenges or a finished attempt out.
///
/// Bytes are those after base64, which belongs to IMAP and not to the mechanism.
package protocol SASLExchange: Sendable {
    /// What to send when the client gave no initial response; empty for client-first mechanisms.
    var firstChallenge: [UInt8] { get }

    mutating func receive(_ response: [UInt8]) throws(SASLError) -> SASLStep
}

package enum SASLStep: Sendable {
    case challenge([UInt8])
    /// The mechanism has what it needs; the authenticator decides.
    case attempt(LoginAttempt)
}

/// Why a response could not become an attempt.
///
/// All but `authorizationDenied` are `BAD`; that one is `NO [AUTHORIZATIONFAILED]` (RFC 5530).
package enum SASLError: Error, Hashable, Sendable {
    case malformed(String)
    /// The client wants to act as somebody else.
    case authorizationDenied
}

extension SASLError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let reason): reason
        case .authorizationDenied: "acting for another account is not offered"
        }
    }
}
