/// What profiles work with: the server, its accounts, how long to measure.
final class Bench {
    let loop: SessionLoop
    let accounts: AccountPattern
    let watch: ServerWatch
    let settings: BenchSettings
    private var knownTraits: ServerTraits?

    init(
        server: ServerAddress, accounts: AccountPattern, serverPID: Int?, settings: BenchSettings
    ) throws {
        loop = try SessionLoop(server: server)
        self.accounts = accounts
        self.settings = settings
        watch = try ServerWatch(serverPID: serverPID)
    }

    /// A conversation by hand, logged in.
    func dialogue(_ account: Account) throws -> Dialogue { try Dialogue(account, in: loop) }

    /// What the server can do, as it says to who is logged in.
    func traits() throws -> ServerTraits {
        if let knownTraits { return knownTraits }
        let dialogue = try dialogue(accounts[0])
        defer { dialogue.close() }
        knownTraits = dialogue.traits
        return dialogue.traits
    }

    /// Sessions logged in to these accounts, with their mailboxes selected.
    ///
    /// - Parameter atOnce: how many logins are under way at a time.
    func open(
        _ places: [Place], reading: StaticString = "SELECT ", atOnce: Int = 16
    ) throws -> [Session] {
        let traits = try traits()
        loop.isIssuing = true
        var opened: [Session] = []
        var opening: [(session: Session, client: OpeningClient)] = []
        try loop.run(waitingFor: "\(places.count) logins") {
            opening.removeAll { $0.client.isDone && !$0.session.isBusy }
            while opening.count < atOnce, opened.count < places.count {
                let place = places[opened.count]
                let client = OpeningClient(mailbox: place.mailbox, reading: reading)
                let session = loop.session(of: place.account, traits: traits, client: client)
                try session.open()
                opening.append((session, client))
                opened.append(session)
            }
            return opening.isEmpty
        }
        return opened
    }

    func close(_ sessions: [Session]) {
        for session in sessions { loop.remove(session) }
    }
}

/// Where a session is: whose, and which mailbox is selected, if any.
struct Place {
    let account: Account
    var mailbox: String?
}

struct BenchSettings {
    /// How long each profile is measured.
    var seconds = 3.0
    /// Mailboxes, connections and rounds are multiplied by this, for a quick look.
    var scale = 1.0
    /// One SELECT and one FETCH only, where a profile has a cold form.
    var isCold = false

    /// A number of things, at the scale; never less than `least`.
    func scaled(_ count: Int, least: Int = 1) -> Int {
        max(min(least, count), Int((Double(count) * scale).rounded()))
    }
}
