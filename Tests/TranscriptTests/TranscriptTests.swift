import MailTesting
import Testing

@Suite
struct TranscriptTests {
    @Test("A conversation in memory goes as it is written", arguments: TranscriptFile.all)
    func goesAsWrittenInMemory(_ file: TranscriptFile) throws {
        try TranscriptRunner.runInMemory(try file.read(), messages: TestMessages())
    }

    @Test func thereAreTranscripts() {
        #expect(TranscriptFile.all.count > 120)
    }
}

@Suite
struct SocketTranscriptTests {
    /// Each store takes a terabyte of address space, of which there are 128.
    private static let turnstile = Turnstile(places: 8)

    @Test(
        "A conversation over sockets goes as it is written",
        arguments: TranscriptFile.all.filter { !$0.needsMemory })
    func goesAsWrittenOverSockets(_ file: TranscriptFile) async throws {
        try await SocketTranscriptTests.turnstile.pass { try await run(try file.read()) }
    }

    private func run(_ transcript: Transcript) async throws {
        let stage = try TranscriptStage(transcript, messages: TestMessages())
        stage.test.close()
        let openings = stage.openings
        let account = stage.account
        try await RealServer.run(storeDirectory: stage.test.path) { port, store in
            try TranscriptRunner.run(
                transcript, on: SocketDriver(port: port),
                Administrator(store: store, account: account), openings: openings)
        }
        try stage.test.reopen()
        try stage.checkStore(transcript)
    }
}
