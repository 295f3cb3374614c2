import Glibc
import MailTesting

/// Servers on one store, one after the other, the clients that load them, and the judge.
final class CrashHarness {
    let directory: TemporaryDirectory
    let store: String
    /// Where the store is, when its power is to be cut.
    let disk: PowerCutDisk?
    private(set) var loaded: [LoadedClient]
    private var random: SeededGenerator
    private(set) var problems: [String] = []
    private(set) var slowestStartSeconds = 0.0
    private(set) var lettersSeen = 0
    private var numbers = NumberHistory()
    /// Folders that are not the clients'.
    var foreignFolders: Set<String> = []

    init(clients: Int, seed: UInt64, withPowerCuts: Bool = false) throws {
        let directory = try TemporaryDirectory()
        let store = directory.path + "/store"
        let disk = withPowerCuts ? try PowerCutDisk(in: directory.path, store: store) : nil
        self.directory = directory
        self.store = store
        self.disk = disk
        random = SeededGenerator(seed: seed)
        loaded = (0..<clients).map { LoadedClient(number: $0, seed: seed, disk: disk) }
        let server = try start()
        let client = try connect(server)
        for index in loaded.indices {
            let home = Step.create(StepChoice.home(index))
            let answer = try client.answer(to: client.send(home.command))
            home.apply(to: &loaded[index].world, answer: answer)
        }
        try server.kill()
    }

    deinit { disk?.remove() }

    var acknowledged: Int { loaded.reduce(0) { $0 + $1.acknowledged } }

    func start() throws -> ServerProcess {
        let server = try ServerProcess(store: store)
        slowestStartSeconds = max(slowestStartSeconds, server.secondsToReady)
        return server
    }

    /// Kills a server somewhere in its recovery.
    ///
    /// - Returns: how many were killed.
    func killWhileStarting() throws -> Int {
        let child = try ChildProcess(ServerProcess.command(store: store))
        usleep(milliseconds(1...120) * 1000)
        child.signal(SIGKILL)
        _ = try child.wait(seconds: 10)
        return 1
    }

    func milliseconds(_ range: ClosedRange<UInt32>) -> UInt32 {
        UInt32.random(in: range, using: &random)
    }

    /// Lets all clients work at once and does something to the server meanwhile.
    func load(_ server: ServerProcess, while body: () throws -> Void) throws {
        let clients = try loaded.map { _ in try Confined(connect(server)) }
        let workers = zip(loaded, clients).map { loaded, client in
            Worker { loaded.run(client.value) }
        }
        let result = Result { try body() }
        loaded = workers.enumerated().map { index, worker in worker.join() ?? loaded[index] }
        for index in loaded.indices {
            problems += loaded[index].problems
            loaded[index].problems = []
        }
        try result.get()
    }

    /// Everything acknowledged is there, and of what was on its way each step wholly or not at all.
    func judge(_ server: ServerProcess) throws {
        let inspection = try StoreInspection(connect(server), ignoring: foreignFolders)
        problems += inspection.problems + numbers.judge(inspection.folders)
        lettersSeen = inspection.letterCount
        for index in loaded.indices {
            let found = inspection.world(of: index)
            judge(loaded[index], found)
            loaded[index].world = found
            loaded[index].inFlight = []
        }
    }

    private func judge(_ client: LoadedClient, _ found: World) {
        var candidate = client.world
        var differences: [String] = []
        for count in 0...client.inFlight.count {
            if count > 0 { client.inFlight[count - 1].apply(to: &candidate, answer: nil) }
            guard let difference = candidate.difference(from: found) else { return }
            differences.append("with \(count) of \(client.inFlight): \(difference)")
        }
        problems.append("client \(client.number): " + differences.joined(separator: "\n  "))
    }

    /// Digest chain, bodies, invariants, and the projections against the log; no server runs.
    func audit() throws {
        problems += try StoreAudit.defects(of: store)
    }

    func connect(_ server: ServerProcess) throws -> IMAPClient {
        let client = try IMAPClient(port: server.port)
        let login = try client.command("LOGIN crash \(ServerProcess.password)")
        guard login.isOK else { throw ProcessFailure("LOGIN: \(login.tagged)") }
        return client
    }
}

/// Hands a value to the one thread that will use it.
struct Confined<Value>: @unchecked Sendable {
    // Safe because the maker never touches the value again before that thread was joined.
    let value: Value
    init(_ value: Value) { self.value = value }
}
