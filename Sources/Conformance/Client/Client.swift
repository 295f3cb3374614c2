import NIOCore

/// One session with the server: sends commands, waits for their answers, keeps what was said.
///
/// Used by one task at a time. Nothing here throws for what a server says or does not say: that is
/// what the kit is there to see.
final class Client {
    /// 1 for C1 and S1 of the dialogue.
    let number: Int
    let connection: Connection
    private let record: Record
    private(set) var isOpen = true
    private var lastTag = 0
    /// Tags whose answers have not come.
    private var pending: [String] = []
    private var idlingTag: String?

    /// After that long no answer is none.
    static let answerTimeout = TimeAmount.seconds(20)

    init(number: Int, connection: Connection, record: Record) {
        self.number = number
        self.connection = connection
        self.record = record
    }

    // MARK: Commands

    /// Sends a command and waits for its end.
    @discardableResult
    func run(_ command: String) async throws -> Exchange {
        let tag = await send(command)
        return try await answer(to: tag, command)
    }

    /// Sends several commands at once, and then waits for the end of each (RFC 3501 §5.5).
    func pipeline(_ commands: [String]) async throws -> [Exchange] {
        try await noteWhatCame()
        let tagged = commands.map { (tag: nextTag(), command: $0) }
        for (tag, command) in tagged { note(.sent(tag: tag, command: command)) }
        await connection.send(Array(tagged.map { "\($0.tag) \($0.command)\r\n" }.joined().utf8))
        var exchanges: [Exchange] = []
        for (tag, command) in tagged { exchanges.append(try await answer(to: tag, command)) }
        return exchanges
    }

    /// APPEND with a literal that waits to be asked for (RFC 3501 §6.3.11).
    @discardableResult
    func append(_ message: String, to mailbox: String) async throws -> Exchange {
        let command = "APPEND \(quoted(mailbox)) {\(message.utf8.count)}"
        let tag = await send(command)
        var responses: [Response] = []
        while let response = try await receive(within: Client.answerTimeout) {
            if response.kind == .continuation {
                note(.sentMore(message))
                await connection.send(Array((message + "\r\n").utf8))
                return try await answer(to: tag, command, after: responses)
            }
            if let exchange = end(of: tag, command, responses, response) { return exchange }
            responses.append(response)
        }
        return unanswered(command, responses)
    }

    // MARK: IDLE (RFC 2177)

    /// - Returns: whether the server lets the client idle.
    func idle() async throws -> Bool {
        let tag = await send("IDLE")
        while let response = try await receive(within: Client.answerTimeout) {
            if response.kind == .continuation {
                idlingTag = tag
                return true
            }
            if case .tagged(tag, _) = response.kind { break }
        }
        return false
    }

    func done() async throws -> Exchange? {
        guard let tag = idlingTag else { return nil }
        idlingTag = nil
        try await noteWhatCame()
        note(.sentMore("DONE"))
        await connection.send(Array("DONE\r\n".utf8))
        return try await answer(to: tag, "IDLE")
    }

    /// Listens without a command of its own, until the time is over or the connection ends.
    @discardableResult
    func listen(milliseconds: Int64, until isEnough: (Response) -> Bool = { _ in false })
        async throws -> [Response]
    {
        let end = NIODeadline.now() + .milliseconds(milliseconds)
        var responses: [Response] = []
        while isOpen {
            let left = end - NIODeadline.now()
            guard left > .zero, let response = try await receive(within: left) else { break }
            responses.append(response)
            if isEnough(response) { break }
        }
        return responses
    }

    /// Says goodbye if somebody is there, and closes.
    func leave() async throws {
        if isOpen, idlingTag != nil { _ = try await done() }
        if isOpen { try await run("LOGOUT") }
        isOpen = false
        await connection.close()
    }

    // MARK: Sending and receiving

    private func nextTag() -> String {
        lastTag += 1
        let tag = "\(number)x\(lastTag)"
        pending.append(tag)
        return tag
    }

    private func send(_ command: String) async -> String {
        try? await noteWhatCame()
        let tag = nextTag()
        note(.sent(tag: tag, command: command))
        await connection.send(Array("\(tag) \(command)\r\n".utf8))
        return tag
    }

    /// Puts down what came before the next command is sent: it is no answer to that.
    private func noteWhatCame() async throws { try await listen(milliseconds: 1) }

    private func answer(to tag: String, _ command: String, after earlier: [Response] = [])
        async throws -> Exchange
    {
        var responses = earlier
        while let response = try await receive(within: Client.answerTimeout) {
            if let exchange = end(of: tag, command, responses, response) { return exchange }
            responses.append(response)
        }
        return unanswered(command, responses)
    }

    private func unanswered(_ command: String, _ responses: [Response]) -> Exchange {
        if isOpen { note(.silence) }
        return Exchange(
            command: command, responses: responses, ending: isOpen ? .silence : .disconnected)
    }

    private func end(
        of tag: String, _ command: String, _ responses: [Response], _ response: Response
    ) -> Exchange? {
        guard case .tagged(tag, let status) = response.kind else { return nil }
        return Exchange(
            command: command, responses: responses, ending: .tagged(status), code: response.code)
    }

    /// - Returns: nil when nothing came in time, or the connection ended.
    private func receive(within time: TimeAmount) async throws -> Response? {
        guard isOpen else { return nil }
        switch try await connection.next(within: time) {
        case .response(let response):
            note(.received(response))
            return response
        case .closed:
            isOpen = false
            note(.ended)
            return nil
        case nil: return nil
        }
    }

    private func note(_ event: Dialogue.Event) { record.dialogue.add(number, event) }
}

/// The dialogue that all clients of one scenario write into.
final class Record {
    var dialogue = Dialogue()
}

/// A string as a command takes it (RFC 3501 §4.3).
func quoted(_ text: String) -> String {
    let escaped = text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "\"\(String(escaped))\""
}
