/// A conversation by hand: one command after the other, each waited for. For preparing and tidying.
final class Dialogue {
    let session: Session
    private let loop: SessionLoop
    var traits: ServerTraits { session.traits }

    /// Connects and logs in.
    init(_ account: Account, in loop: SessionLoop) throws {
        self.loop = loop
        let opening = OpeningClient(mailbox: nil)
        session = loop.session(of: account, client: opening)
        try session.open()
        try loop.run(patienceSeconds: 60, waitingFor: "the login of \(account.name)") {
            opening.isDone
        }
        let line = try execute("CAPABILITY").first { $0.hasPrefix("* CAPABILITY ") }
        session.traits = ServerTraits(capabilityLine: String((line ?? "").dropFirst(13)))
    }

    /// Sends a command and waits for its OK.
    ///
    /// - Returns: all responses, the tagged one last, each cut to some thousand bytes.
    @discardableResult
    func execute(_ command: String) throws -> [String] {
        let client = WrittenCommand { $0.append(Array((command + "\r\n").utf8)) }
        try perform(client, "\(command.prefix(60))")
        guard client.isOK else {
            throw WrongAnswer("OK", client.lines.last ?? "", command: command)
        }
        return client.lines
    }

    /// The same for a command that may be refused.
    func attempt(_ command: String) throws -> (isOK: Bool, lines: [String]) {
        let client = WrittenCommand { $0.append(Array((command + "\r\n").utf8)) }
        try perform(client, "\(command.prefix(60))")
        return (client.isOK, client.lines)
    }

    /// Has another client issue commands over this connection until it has no more.
    func perform(_ client: any Client, _ what: String) throws {
        let wasIssuing = loop.isIssuing
        loop.isIssuing = true
        defer { loop.isIssuing = wasIssuing }
        session.client = client
        try session.start()
        try loop.run(waitingFor: what) { !session.isBusy }
    }

    /// Sends what a mailbox is filled with.
    func fill(_ client: FillClient) throws { try perform(client, "a mailbox to be filled") }

    func close() { loop.remove(session) }
}

/// One command, whatever it is, and its responses as text.
private final class WrittenCommand: Client {
    private(set) var lines: [String] = []
    private(set) var isOK = false
    private var write: ((ByteQueue) -> Void)?

    init(_ write: @escaping (ByteQueue) -> Void) { self.write = write }

    func issue(_ session: Session) -> Bool {
        guard let write else { return false }
        self.write = nil
        write(session.output)
        return true
    }

    func receive(_ response: Response, _ session: Session) {
        lines.append(response.text(limit: 4000))
    }

    func finish(_ response: Response, _ session: Session) -> Bool {
        lines.append(response.text())
        isOK = true
        return false
    }

    func refuse(_ response: Response, _ session: Session) -> Bool {
        lines.append(response.text())
        return false
    }
}
