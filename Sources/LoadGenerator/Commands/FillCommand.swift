import ArgumentParser

/// `mailload fill`
struct FillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fill",
        abstract: "Append letters to a mailbox, which is made if it is missing.")

    @Option var host: String = "127.0.0.1"
    @Option var port: UInt16
    @Option var user: String
    @Option var password: String
    @Option var mailbox: String = "INBOX"
    @Option(help: "How many letters.") var count: Int
    @Option(help: "Bytes of each, 1500 or more.") var bytes: Int = 4096
    @Option(help: "Another seed gives other letters.") var seed: UInt64 = 1

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count: 1 or more") }
        guard bytes >= 1500 else { throw ValidationError("--bytes: 1500 or more") }
    }

    func run() throws {
        do {
            let loop = try SessionLoop(server: ServerAddress(host: host, port: port))
            let account = Account(name: user, password: password)
            let dialogue = try Dialogue(account, in: loop)
            let before = try dialogue.status(of: mailbox)
            if before == nil { try dialogue.execute("CREATE \(mailbox)") }
            let start = monotonicNanoseconds()
            try dialogue.fill(
                FillClient(
                    mailbox: mailbox, letters: Letters(seed: seed, size: bytes), numbers: 1...count)
            )
            let seconds = Double(monotonicNanoseconds() - start) / 1e9
            let found = try dialogue.status(of: mailbox)?.messages ?? 0
            guard found == (before?.messages ?? 0) + count else {
                throw WrongAnswer("\(count) more messages", "\(found) MESSAGES")
            }
            print("\(count) letters of \(bytes) bytes in \(seconds) s")
        } catch {
            complain("fill: \(error)")
            throw ExitCode(1)
        }
    }
}
