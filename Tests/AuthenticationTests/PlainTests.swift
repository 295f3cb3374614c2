import Authentication
import Testing

@Suite("SASL PLAIN, RFC 4616")
struct PlainTests {
    private func attempt(_ message: String) throws -> LoginAttempt? {
        var exchange = try #require(SASLMechanism(name: "plain")).begin()
        #expect(exchange.firstChallenge.isEmpty)
        guard case .attempt(let attempt) = try exchange.receive(Array(message.utf8)) else {
            return nil
        }
        return attempt
    }

    @Test(arguments: [
        ("\0tim\0tanstaaftanstaaf", "tim", "tanstaaftanstaaf"),
        ("tim\0tim\0secret", "tim", "secret"),
        ("\0ада\0пароль", "ада", "пароль"),
    ])
    func nameAndPasswordAreRead(message: String, name: String, password: String) throws {
        let attempt = try #require(try attempt(message))
        #expect(attempt.name == name)
        #expect(attempt.password == Array(password.utf8))
        #expect(attempt.mechanism == .plain)
    }

    @Test(arguments: [
        "", "tim", "tim\0secret", "\0\0secret", "\0tim\0", "\0tim\0secret\0", "\0tim\0sec\0ret",
        "\0tim\0" + String(repeating: "x", count: 256),
        "\0" + String(repeating: "x", count: 256) + "\0secret",
        String(repeating: "\0", count: 10_000),
    ])
    func malformedMessagesAreRefused(message: String) {
        #expect {
            try attempt(message)
        } throws: {
            if case .malformed? = $0 as? SASLError { true } else { false }
        }
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: SASLError.self) { try Plain().receive([0, 0xFF, 0, 0x61]) }
        #expect(throws: SASLError.self) { try Plain().receive([0, 0x61, 0, 0xFF]) }
    }

    @Test func actingForAnotherIsDenied() {
        #expect(throws: SASLError.authorizationDenied) { try attempt("root\0tim\0secret") }
    }

    @Test func unknownMechanismsAreNotOffered() {
        #expect(SASLMechanism(name: "PLAIN ") == nil)
        #expect(SASLMechanism(name: "GSSAPI") == nil)
    }

    @Test func passwordsStayOutOfDescriptions() {
        let attempt = LoginAttempt(name: "tim", password: [0x78], mechanism: .login)
        #expect("\(attempt)" == "login of tim")
        #expect(String(reflecting: attempt).contains("120") == false)
        #expect(LoginAttempt(name: [0xFF], password: [], mechanism: .login) == nil)
    }
}
