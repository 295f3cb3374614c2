/// News to many sessions in IDLE (RFC 2177): one operation is one APPEND and what it sets off.
///
/// Timed is what lies between the last byte of APPEND and the EXISTS of the last watcher; in `extra`
/// the median watcher's. Rounds are apart, as mail is: a server may join news that come in a burst.
struct IdleProfile: Profile {
    let name: String
    let about: String
    let watchers: Int

    private static let mailbox = "watched"
    private static let rounds = 20
    private static let uncountedRounds = 2
    /// Servers that lost a wake-up look for news by themselves once a minute.
    private static let patienceSeconds = 150
    /// A round that takes longer says enough: it is the last.
    private static let slowNanoseconds: UInt64 = 10_000_000_000

    func prepare(_ bench: Bench) throws {
        guard try bench.traits().hasIdle else { throw LoadFailure("the server has no IDLE") }
        try inAccount(bench) { try $0.makeAnew(IdleProfile.mailbox) }
    }

    func measure(_ bench: Bench) throws -> Measurement {
        let count = bench.settings.scaled(watchers, least: 2)
        let account = bench.accounts[AccountNumbers.watching]
        let place = Place(account: account, mailbox: IdleProfile.mailbox)
        let watching = try bench.open(Array(repeating: place, count: count))
        defer { bench.close(watching) }
        let appending = try bench.open([Place(account: account)])
        defer { bench.close(appending) }
        let news = NewsRound(watchers: count)
        try startIdle(watching, news, bench)
        let appender = AppendClient(
            mailbox: IdleProfile.mailbox, letters: NumberedLetters(size: 4096))
        appending[0].client = TimedAppender(appender, news)
        return try measure(appending[0], news, watchers: count, bench)
    }

    func tidy(_ bench: Bench) throws {
        try inAccount(bench) { try $0.execute("DELETE \(IdleProfile.mailbox)") }
    }

    private func inAccount(_ bench: Bench, _ body: (Dialogue) throws -> Void) throws {
        try bench.inAccounts(AccountNumbers.watching..<AccountNumbers.watching + 1, body)
    }

    private func startIdle(_ sessions: [Session], _ news: NewsRound, _ bench: Bench) throws {
        bench.loop.isIssuing = false
        let watchers = sessions.map { _ in WatchingClient(news) }
        for (session, watcher) in zip(sessions, watchers) {
            session.client = watcher
            try session.start()
        }
        try bench.loop.run(waitingFor: "all to be in IDLE") { watchers.allSatisfy(\.isIdling) }
    }

    private func measure(
        _ appender: Session, _ news: NewsRound, watchers: Int, _ bench: Bench
    ) throws -> Measurement {
        var last = LatencyHistogram()
        var median = LatencyHistogram()
        let rounds = bench.settings.scaled(IdleProfile.rounds, least: 3)
        let pause = UInt64(bench.settings.pauseSeconds * 1e9)
        bench.watch.startProcessorTime()
        for round in 0..<IdleProfile.uncountedRounds + rounds {
            try bench.loop.run(until: monotonicNanoseconds() + pause)
            if last.count == 0 { bench.watch.startProcessorTime() }
            news.begin(messages: round + 1)
            try appender.start()
            try bench.loop.run(
                patienceSeconds: IdleProfile.patienceSeconds,
                waitingFor: "\(watchers) watchers to be told of message \(round + 1)"
            ) { news.isOver && !appender.isBusy }
            let isSlow = news.timeToLast > IdleProfile.slowNanoseconds
            guard round >= IdleProfile.uncountedRounds || isSlow else { continue }
            last.record(news.timeToLast)
            median.record(news.timeToMedian)
            if isSlow { break }
        }
        bench.watch.stopProcessorTime()
        bench.watch.sample()
        var measurement = Measurement(
            profile: name, parameters: [("watchers", Double(watchers))],
            operations: Int(last.count), seconds: Double(last.sum) / 1e9, latency: last)
        measurement.processorMicroseconds = bench.watch.processorMicroseconds
        measurement.extra = [
            ("medianWatcherP50Microseconds", Double(median.percentile(0.5)) / 1000),
            ("medianWatcherMaxMicroseconds", Double(median.greatest) / 1000),
        ]
        return measurement
    }

    static let all = [
        IdleProfile(name: "idle-50", about: "1 appends, 50 are told in IDLE", watchers: 50),
        IdleProfile(name: "idle-1000", about: "1 appends, 1,000 are told in IDLE", watchers: 1000),
    ]
}

/// Who has been told of one new message, and when.
final class NewsRound {
    /// How many messages the mailbox has with the new one.
    private(set) var messages = 0
    private let watchers: Int
    private var sentAt: UInt64 = 0
    private var toldAt: [UInt64] = []

    init(watchers: Int) { self.watchers = watchers }

    func begin(messages: Int) {
        self.messages = messages
        toldAt.removeAll(keepingCapacity: true)
    }

    func noteSent() { sentAt = monotonicNanoseconds() }

    func noteTold() { toldAt.append(monotonicNanoseconds()) }

    var isOver: Bool { toldAt.count == watchers }

    /// Nanoseconds from sending; both 0 at least, as a watcher may be told before we look at the clock.
    var timeToLast: UInt64 { time(toldAt.last) }
    var timeToMedian: UInt64 { time(toldAt.isEmpty ? nil : toldAt[toldAt.count / 2]) }

    private func time(_ moment: UInt64?) -> UInt64 {
        guard let moment, moment > sentAt else { return 0 }
        return moment - sentAt
    }
}

/// Appends one letter, and notes when its last byte was given to the system.
final class TimedAppender: Client {
    private let appender: AppendClient
    private let news: NewsRound

    init(_ appender: AppendClient, _ news: NewsRound) {
        self.appender = appender
        self.news = news
    }

    func issue(_ session: Session) throws(WrongAnswer) -> Bool {
        // Taken just before the write: 4 KB go out in one, or behind the continuation.
        defer { news.noteSent() }
        return appender.issue(session)
    }

    func resume(_ session: Session) throws(WrongAnswer) {
        try appender.resume(session)
        news.noteSent()
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        try appender.finish(response, session)
    }
}

/// Waits in IDLE, and tells the round when EXISTS comes.
final class WatchingClient: Client {
    private(set) var isIdling = false
    private let news: NewsRound?

    init(_ news: NewsRound?) { self.news = news }

    func issue(_ session: Session) -> Bool {
        session.output.append("IDLE\r\n")
        return true
    }

    func resume(_ session: Session) { isIdling = true }

    func receive(_ response: Response, _ session: Session) throws(WrongAnswer) {
        guard let news, case .exists(let count) = response.kind else { return }
        guard count == news.messages else {
            throw WrongAnswer("\(news.messages) EXISTS", response)
        }
        news.noteTold()
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        throw WrongAnswer("IDLE to go on", response)
    }
}
