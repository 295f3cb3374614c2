import Synchronization

/// One client under load: it keeps a journal of what was acknowledged and what was on its way when
/// the connection ended.
struct LoadedClient: Sendable {
    /// The world after everything acknowledged.
    var world: World
    /// Sent, in this order, and not answered.
    var inFlight: [Step] = []
    var choice: StepChoice
    var acknowledged = 0
    /// What no server may do, dead or alive.
    var problems: [String] = []
    /// How the connection ended.
    var ending = ""
    var sawBye = false
    /// Of the server's store, when its power may be cut.
    let disk: PowerCutDisk?

    init(number: Int, seed: UInt64, disk: PowerCutDisk? = nil) {
        self.disk = disk
        choice = StepChoice(client: number, seed: seed &+ UInt64(number) &* 7919)
        world = World(folders: [World.shared: World.Folder()])
    }

    var number: Int { choice.client }

    /// Works until the connection ends, or until it has done a number of steps.
    func run(_ client: IMAPClient, stepLimit: Int = .max) -> LoadedClient {
        var loaded = self
        loaded.inFlight = []
        loaded.sawBye = false
        do {
            try loaded.work(client, stepLimit)
            loaded.ending = "done"
        } catch let bye as IMAPClient.Bye {
            loaded.sawBye = true
            loaded.ending = bye.text
        } catch {
            loaded.ending = "\(error)"
            loaded.sawBye = LoadedClient.findsBye(client)
        }
        return loaded
    }

    /// A server that closes while we send is noticed by the sending; its BYE waits to be read.
    private static func findsBye(_ client: IMAPClient) -> Bool {
        while let response = try? client.response(seconds: 1) {
            if response.text.hasPrefix("* BYE") { return true }
        }
        return false
    }

    private mutating func work(_ client: IMAPClient, _ stepLimit: Int) throws {
        var selected: String?
        let end = stepLimit == .max ? Int.max : acknowledged + stepLimit
        while acknowledged < end {
            let steps = choice.next(in: world)
            try prepare(steps, client, &selected)
            try perform(steps, client, &selected)
        }
    }

    /// A mailbox that is renamed or deleted is not selected; its owner is the only one who could.
    private mutating func prepare(
        _ steps: [Step], _ client: IMAPClient, _ selected: inout String?
    ) throws {
        let touchesFolders = steps.contains {
            if case .rename = $0 { return true }
            if case .delete = $0 { return true }
            return false
        }
        guard touchesFolders, selected != nil else { return }
        guard try client.command("UNSELECT").isOK else { throw ProcessFailure("no UNSELECT") }
        selected = nil
    }

    /// Sends steps at once, as far as one mailbox serves them, and takes their answers in order.
    private mutating func perform(
        _ steps: [Step], _ client: IMAPClient, _ selected: inout String?
    ) throws {
        var tags: [String] = []
        for step in steps {
            if let folder = step.selects, folder != selected {
                try takeAnswers(tags, client)
                tags = []
                try select(folder, client)
                selected = folder
            }
            inFlight.append(step)
            tags.append(try client.send(step.command))
        }
        try takeAnswers(tags, client)
    }

    private mutating func takeAnswers(_ tags: [String], _ client: IMAPClient) throws {
        for tag in tags {
            let answer = try client.answer(to: tag)
            try requirePower(for: answer)
            let step = inFlight.removeFirst()
            if answer.isOK {
                step.apply(to: &world, answer: answer)
                acknowledged += 1
            } else {
                problems.append("client \(number): \(step) was answered \(answer.tagged)")
            }
        }
    }

    /// A server that finds its disk gone says NO, and may have done it all the same.
    private func requirePower(for answer: IMAPAnswer) throws {
        guard !answer.isOK, let disk, disk.isOff.load(ordering: .sequentiallyConsistent) else {
            return
        }
        throw ProcessFailure("without power: \(answer.tagged)")
    }

    private mutating func select(_ folder: String, _ client: IMAPClient) throws {
        let answer = try client.command("SELECT \(folder)")
        try requirePower(for: answer)
        guard answer.isOK, let validity = answer.code("UIDVALIDITY")?.first.flatMap({ UInt32($0) })
        else {
            problems.append("client \(number): SELECT \(folder) was answered \(answer.tagged)")
            throw ProcessFailure("no SELECT")
        }
        if let known = world.folders[folder]?.uidValidity, known != validity {
            problems.append("client \(number): UIDVALIDITY of \(folder): \(known), now \(validity)")
        }
        world.folders[folder]?.uidValidity = validity
    }
}
