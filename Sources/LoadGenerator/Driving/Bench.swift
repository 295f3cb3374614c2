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

    /// A conversation in each of these accounts, one after the other.
    func inAccounts(_ numbers: Range<Int>, _ body: (Dialogue) throws -> Void) throws {
        for number in numbers {
            let dialogue = try dialogue(accounts[number])
            defer { dialogue.close() }
            try body(dialogue)
        }
    }

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
    /// - Parameters:
    ///   - atOnce: how many logins are under way at a time.
    ///   - ready: called for each session that is ready.
    func open(
        _ places: [Place], atOnce: Int = 16, whenReady ready: ((Session) -> Void)? = nil
    ) throws -> [Session] {
        let traits = try traits()
        loop.isIssuing = true
        var opened: [Session] = []
        var opening: [(session: Session, client: OpeningClient)] = []
        try loop.run(waitingFor: "\(places.count) logins") {
            let isReady = { (pair: (session: Session, client: OpeningClient)) in
                pair.client.isDone && !pair.session.isBusy
            }
            if let ready { opening.filter(isReady).forEach { ready($0.session) } }
            opening.removeAll(where: isReady)
            while opening.count < atOnce, opened.count < places.count {
                let place = places[opened.count]
                let client = OpeningClient(mailbox: place.mailbox)
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
    /// Between two pieces of news, where they are apart, as mail is.
    var pauseSeconds = 0.25
    /// One SELECT and one FETCH only, where a profile has a cold form.
    var isCold = false

    /// A number of things, at the scale; never less than `least`.
    func scaled(_ count: Int, least: Int = 1) -> Int {
        max(min(least, count), Int((Double(count) * scale).rounded()))
    }
}
