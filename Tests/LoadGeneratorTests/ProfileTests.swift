import Glibc
import Testing

@testable import LoadGenerator

/// Every profile, at a small scale, against the null server.
@Suite struct ProfileTests {
    /// Letters of 10 MB take an unoptimised build too long to make.
    @Test(arguments: Profiles.all.map(\.name).filter { $0 != "append-10m" })
    func profileRunsTwiceAndFindsNothingWrong(name: String) throws {
        let server = try RunningNullServer()
        let profile = try #require(Profiles.named(name))
        // The second time it finds what the first prepared, and must find it as it was.
        for _ in 0..<2 {
            let measurement = try profile.run(try server.bench())
            #expect(measurement.operations > 0)
            #expect(measurement.profile == name)
            #expect(measurement.latency.greatest > 0)
        }
    }

    @Test(arguments: ["append-one-10", "fetch-bodies", "mixed-day", "churn", "idle-50"])
    func literalsWaitWhereTheServerWantsIt(name: String) throws {
        let server = try RunningNullServer(hasLiteralPlus: false)
        let profile = try #require(Profiles.named(name))
        #expect(try profile.run(try server.bench()).operations > 0)
    }

    @Test(arguments: [
        ("fetch-flags", NullFault.lostFetch), ("fetch-bodies", .wrongByte),
        ("fetch-envelopes", .wrongSize), ("store-one", .staleFlags),
        ("append-one-10", .lostAppend), ("search-flags-100k", .phantomHit),
        ("status-50", .wrongCount), ("fetch-headers", .wrongTag), ("move", .doubleExpunge),
        ("churn", .lostAppend), ("mixed-day", .lostFetch), ("login", .lostAppend),
    ])
    func wrongAnswersEndTheRun(name: String, fault: NullFault) throws {
        let server = try RunningNullServer(fault: fault)
        let profile = try #require(Profiles.named(name))
        #expect(throws: WrongAnswer.self) { _ = try profile.run(try server.bench()) }
    }

    @Test func coldSelectIsDoneOnce() throws {
        let server = try RunningNullServer()
        let profile = try #require(Profiles.named("select-1000"))
        try profile.prepare(try server.bench())
        let bench = try Bench(
            server: ServerAddress(host: "127.0.0.1", port: server.port),
            accounts: AccountPattern(pattern: "user%d", password: "pw", first: 1), serverPID: nil,
            settings: BenchSettings(scale: 0.001, isCold: true))
        let measurement = try profile.run(bench)
        #expect(measurement.operations == 1)
        #expect(measurement.extra.contains { $0.name == "selectP50Microseconds" })
    }

    @Test func preparingGoesOnWhereItWasInterrupted() throws {
        let server = try RunningNullServer()
        let bench = try server.bench()
        func need(_ count: Int) -> MailboxNeed {
            MailboxNeed(
                account: bench.accounts[0], name: "begun", letters: Letters(size: 2048),
                count: count)
        }
        try need(30).fulfil(in: bench)
        try need(70).fulfil(in: bench)
        // One that holds more, or other UIDs, is made anew.
        try need(20).fulfil(in: bench)
        let dialogue = try bench.dialogue(bench.accounts[0])
        try dialogue.execute("SELECT begun")
        try dialogue.execute("UID STORE 3 +FLAGS (\\Deleted)")
        try dialogue.execute("EXPUNGE")
        try need(20).fulfil(in: bench)
        #expect(try dialogue.status(of: "begun")?.nextUID == 21)
    }

    @Test func namesAreDifferent() {
        #expect(Set(Profiles.all.map(\.name)).count == Profiles.all.count)
    }

    @Test func aServerThatIsNotThereIsTold() throws {
        let (descriptor, port) = try Socket.listen(onPort: 0)
        close(descriptor)
        let loop = try SessionLoop(server: ServerAddress(host: "127.0.0.1", port: port))
        #expect(throws: LoadFailure.self) {
            try Dialogue(Account(name: "user1", password: "pw"), in: loop)
        }
    }
}
