/// SELECT of a mailbox and UID FETCH 1:* (FLAGS), as a mail program opens it; one connection.
///
/// One operation is both commands. Cold, it is done once and nothing is looked at before: whoever
/// starts it has just restarted the server.
struct SelectProfile: Profile {
    let name: String
    let about: String
    var isOnlyRunWhenNamed = false
    let mailbox: @Sendable (Bench) -> MailboxNeed

    func prepare(_ bench: Bench) throws {
        guard !bench.settings.isCold else { return }
        try mailbox(bench).fulfil(in: bench)
    }

    func measure(_ bench: Bench) throws -> Measurement {
        let mailbox = mailbox(bench)
        let client = SelectClient(mailbox)
        let sessions = try bench.open([Place(account: mailbox.account)])
        defer { bench.close(sessions) }
        sessions[0].client = client
        let repetition = Repetition(profile: name, bench: bench)
        var measurement =
            try bench.settings.isCold
            ? repetition.measureOnce(sessions[0]) : repetition.measure(sessions[0])
        measurement.parameters += [
            ("messages", Double(mailbox.count)), ("cold", bench.settings.isCold ? 1 : 0),
        ]
        measurement.extra = [
            ("selectP50Microseconds", Double(client.selecting.percentile(0.5)) / 1000),
            ("selectP99Microseconds", Double(client.selecting.percentile(0.99)) / 1000),
            ("fetchP50Microseconds", Double(client.fetching.percentile(0.5)) / 1000),
            ("fetchP99Microseconds", Double(client.fetching.percentile(0.99)) / 1000),
        ]
        return measurement
    }

    static let all = [
        SelectProfile(
            name: "select-1000", about: "SELECT and all FLAGS of 1,000 messages",
            mailbox: LargeMailboxes.thousand),
        SelectProfile(
            name: "select-100k", about: "SELECT and all FLAGS of 100,000 messages",
            mailbox: LargeMailboxes.hundredThousand),
        SelectProfile(
            name: "select-1m", about: "SELECT and all FLAGS of 1,000,000 messages",
            isOnlyRunWhenNamed: true, mailbox: LargeMailboxes.million),
    ]
}

/// Selects a mailbox, fetches all flags, and so on.
final class SelectClient: Client {
    /// Times of SELECT alone.
    private(set) var selecting = LatencyHistogram()
    /// Times of FETCH alone.
    private(set) var fetching = LatencyHistogram()
    private let name: [UInt8]
    private let list: FetchListClient
    private let count: Int
    private var isSelecting = false
    private var issuedAt: UInt64 = 0

    init(_ mailbox: MailboxNeed) {
        name = Array(mailbox.name.utf8)
        count = mailbox.count
        list = FetchListClient(.flags, of: mailbox, window: mailbox.count, seed: 1)
    }

    func issue(_ session: Session) -> Bool {
        isSelecting.toggle()
        issuedAt = monotonicNanoseconds()
        guard isSelecting else { return list.issue(session) }
        session.exists = 0
        session.output.append("SELECT ")
        session.output.append(name)
        session.output.append("\r\n")
        return true
    }

    func receive(_ response: Response, _ session: Session) throws(WrongAnswer) {
        if !isSelecting { try list.receive(response, session) }
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        let time = monotonicNanoseconds() - issuedAt
        guard isSelecting else {
            fetching.record(time)
            return try list.finish(response, session)
        }
        selecting.record(time)
        guard session.exists == count else {
            throw WrongAnswer("\(count) EXISTS, not \(session.exists)", response)
        }
        return false
    }
}
