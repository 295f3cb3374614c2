/// LOGIN: RFC 9051 §6.2.3.
public struct LoginCommand: Hashable, Sendable {
    public let user: String
    /// As sent, in no particular charset.
    public let password: [UInt8]

    public init(user: String, password: [UInt8]) {
        self.user = user
        self.password = password
    }
}

extension CommandParser {
    /// login = "LOGIN" SP userid SP password                                    RFC 9051 §9
    mutating func loginArguments() throws(ParseStop) -> LoginCommand {
        try space()
        let start = position
        guard let user = String(validating: try astring(), as: UTF8.self) else {
            throw bad("user name is not UTF-8", at: start)
        }
        try space()
        return LoginCommand(user: user, password: try astring())
    }
}
