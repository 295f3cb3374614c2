import ArgumentParser
import Conformance
import Glibc

/// `hindsight conformance`.
struct ConformanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Find out how any IMAP server treats mailboxes that several clients have open.",
        discussion: """
            Plays the scenarios of RFC 2180 with sessions of its own against the server, and prints \
            which of the RFC's strategies it follows, and which rules of RFC 3501 it breaks. It needs \
            an account, makes mailboxes of unguessable names in it, deletes them again, and touches \
            nothing else.

            Exit status: 0 when no rule was broken, 1 when some were, 2 when the server could not be \
            examined, or not wholly.
            """)

    @Option(help: "The server.")
    var host = "127.0.0.1"

    @Option(help: "Its port; by default 143, or 993 with --tls.")
    var port: Int?

    @Option(help: "The account.")
    var user: String

    @Option(help: "Its password.")
    var password: String

    @Flag(help: "TLS from the first byte.")
    var tls = false

    @Flag(help: "TLS after STARTTLS.")
    var starttls = false

    @Flag(help: "Take any certificate.")
    var insecure = false

    @Flag(help: "One JSON object, with evidence for each answer.")
    var json = false

    @Flag(help: "Also print all that was said, scenario by scenario.")
    var show = false

    func validate() throws {
        guard !(tls && starttls) else {
            throw ValidationError("--tls and --starttls exclude each other.")
        }
        guard !insecure || tls || starttls else {
            throw ValidationError("--insecure is for --tls or --starttls.")
        }
        guard !(json && show) else {
            throw ValidationError("--json holds the evidence: --show is for people.")
        }
        if let port, !(1...65535).contains(port) {
            throw ValidationError("--port takes 1 to 65535.")
        }
        for text in [user, password] where text.unicodeScalars.contains(where: { $0.value < 32 }) {
            throw ValidationError("User and password are one line each.")
        }
    }

    func run() async throws {
        let report: Report
        do {
            report = try await examine()
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.couldNot
        }
        if json {
            print(report.json.text)
        } else {
            print(report.text(showingDialogues: show))
        }
        do { try Terminal.sendOutput() } catch {
            Terminal.complain("\(error)")
            throw ExitCode.couldNot
        }
        guard report.isWhole else { throw ExitCode.couldNot }
        guard report.violations.isEmpty else { throw ExitCode.answerIsNo }
    }

    private func examine() async throws -> Report {
        ConformanceSignals.catchThem()
        let protection: ServerAddress.Protection = tls ? .tls : starttls ? .startTLS : .none
        let address = ServerAddress(
            host: host, port: port ?? (tls ? 993 : 143), protection: protection,
            verifiesCertificate: !insecure)
        var progress = ProgressLine()
        defer { progress.clear() }
        return try await Kit.run(
            at: address, as: Credentials(user: user, password: password),
            interruption: ConformanceSignals.interruption
        ) { progress.show("playing \($0)") }
    }
}

/// Ctrl-C and SIGTERM end a run after it has cleared away what it made.
private enum ConformanceSignals {
    static let interruption = Interruption()

    static func catchThem() {
        // Made here, for a signal handler must not.
        _ = interruption
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { _ in ConformanceSignals.interruption.interrupt() }
        }
    }
}

extension Report {
    /// Whether all was played, and all was cleared away.
    var isWhole: Bool { problems.isEmpty && leftMailboxes.isEmpty && !isInterrupted }
}
