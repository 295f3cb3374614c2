import Glibc

/// Runs all sessions on the calling thread.
final class SessionLoop {
    let server: ServerAddress
    let poller: Poller
    /// Whether sessions begin another operation when one is complete.
    var isIssuing = true
    /// Sessions with a command in flight.
    var busySessions = 0
    /// Told of every operation that is complete.
    var completed: ((Session) -> Void)?
    /// Called now and then, at least once a second, with the monotonic time.
    var ticked: ((UInt64) -> Void)?
    private var sessions: [Session?] = []

    init(server: ServerAddress) throws {
        self.server = server
        poller = try Poller()
    }

    /// A session that is not yet connected.
    func session(
        of account: Account, traits: ServerTraits = ServerTraits(), client: any Client
    ) -> Session {
        let session = Session(
            number: sessions.count, account: account, traits: traits, client: client, loop: self)
        sessions.append(session)
        return session
    }

    /// Closes the session's connection and forgets it.
    func remove(_ session: Session) {
        session.close()
        sessions[session.number] = nil
    }

    /// Serves all sessions until `isDone` or until the deadline, in monotonic nanoseconds.
    ///
    /// - Returns: whether `isDone` became true.
    @discardableResult
    func run(until deadline: UInt64, _ isDone: () throws -> Bool = { false }) throws -> Bool {
        while try !isDone() {
            let now = monotonicNanoseconds()
            guard now < deadline else { return false }
            ticked?(now)
            let milliseconds = min((deadline - now) / 1_000_000 + 1, 1000)
            try poller.wait(milliseconds: Int32(milliseconds)) { readiness in
                try sessions[readiness.number]?.becameReady(readiness)
            }
        }
        return true
    }

    /// The same, for as long as a server may take to answer; who waits longer is told for what.
    func run(patienceSeconds: Int = 600, waitingFor what: String, _ isDone: () throws -> Bool)
        throws
    {
        let deadline = monotonicNanoseconds() + UInt64(patienceSeconds) * 1_000_000_000
        guard try run(until: deadline, isDone) else {
            throw LoadFailure("waited \(patienceSeconds) s for \(what), in vain")
        }
    }
}
