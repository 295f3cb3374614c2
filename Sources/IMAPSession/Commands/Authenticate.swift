import Authentication
import IMAPCodec
import NIOCore

/// AUTHENTICATE: RFC 9051 §6.2.2, with the initial response of RFC 4959.
extension Session {
    mutating func authenticate(_ command: AuthenticateCommand, out: inout ResponseWriter) -> Step {
        guard context.allowsPlaintextLogin else { return .finished(.privacyRequired) }
        guard let mechanism = SASLMechanism(name: command.mechanism) else {
            return .finished(.no("The mechanism is not known", code: .cannot))
        }
        return start(
            AuthenticateExecution(mechanism.begin(), command.initialResponse), out: &out)
    }
}

/// The client's responses, one a line, until the mechanism has what it needs.
struct AuthenticateExecution: RunningCommand {
    private var exchange: any SASLExchange
    private let initialResponse: [UInt8]?
    private var login: LoginExecution?

    init(_ exchange: any SASLExchange, _ initialResponse: [UInt8]?) {
        self.exchange = exchange
        self.initialResponse = initialResponse
    }

    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        if login != nil {
            return login?.resume(resumption, in: &session, out: &out)
                ?? .finished(.bad("AUTHENTICATE failed"))
        }
        switch resumption {
        case .begin:
            if let initialResponse { return take(initialResponse, in: &session, out: &out) }
            return challenge(exchange.firstChallenge, in: &session, out: &out)
        case .client(.line(let line)):
            if line.readableBytesView.elementsEqual([UInt8(ascii: "*")]) {
                return .finished(.bad("AUTHENTICATE cancelled"))
            }
            guard let response = Base64.decode(line.readableBytesView) else {
                return .finished(.bad("The response is not base64"))
            }
            return take(response, in: &session, out: &out)
        case .client, .answer, .room, .news:
            return .waiting(for: .client)
        }
    }

    private mutating func take(
        _ response: [UInt8], in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        do throws(SASLError) {
            switch try exchange.receive(response) {
            case .challenge(let bytes): return challenge(bytes, in: &session, out: &out)
            case .attempt(let attempt):
                var login = LoginExecution(attempt)
                defer { self.login = login }
                return login.resume(.begin, in: &session, out: &out)
            }
        } catch {
            switch error {
            case .malformed: return .finished(.bad("\(error)"))
            case .authorizationDenied:
                return .finished(.no("\(error)", code: .authorizationFailed))
            }
        }
    }

    private func challenge(
        _ bytes: [UInt8], in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        session.effects.append(.expectLine)
        out.writeContinuation(challenge: bytes)
        return .waiting(for: .client)
    }
}
