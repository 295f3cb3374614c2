import CoreMetrics
import IMAPSession
import NIOCore

/// What the server counts. Each is made once; counting is one call.
struct ServerMetrics: Sendable {
    private let connections = Meter(label: "hindsight_connections")
    private let refusals = Counter(label: "hindsight_connections_refused_total")
    private let logins = Counter(label: "hindsight_logins_total")
    private let loginFailures = Counter(label: "hindsight_login_failures_total")
    private let appendBytes = Counter(label: "hindsight_append_bytes_total")
    private let storeWait = Timer(label: "hindsight_store_wait_seconds")
    private let commands: [CommandKind: Counter]

    init() {
        commands = Dictionary(
            uniqueKeysWithValues: CommandKind.allCases.map {
                let counter = Counter(
                    label: "hindsight_commands_total", dimensions: [("command", $0.rawValue)])
                return ($0, counter)
            })
    }

    func connected() { connections.increment() }
    func disconnected() { connections.decrement() }
    func refused() { refusals.increment() }
    func loggedIn() { logins.increment() }
    func loginFailed() { loginFailures.increment() }
    func appended(_ byteCount: Int) { appendBytes.increment(by: byteCount) }
    func storeAnswered(after time: TimeAmount) { storeWait.recordNanoseconds(time.nanoseconds) }
    func count(_ kind: CommandKind) { commands[kind]?.increment() }
}
