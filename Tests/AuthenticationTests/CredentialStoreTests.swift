import Authentication
import Glibc
import Synchronization
import Testing

@Suite("The users file")
struct CredentialStoreTests {
    private let folder: TemporaryFolder
    private let ada: AccountName
    private let bob: AccountName

    init() throws {
        folder = try TemporaryFolder()
        ada = try AccountName("ada")
        bob = try AccountName("bob")
    }

    private func store() throws -> CredentialStore {
        try CredentialStore(path: folder.usersPath, cost: .least)
    }

    private func login(
        _ store: some Authenticator, _ name: String, _ password: String,
        _ mechanism: LoginMechanism = .login
    ) -> LoginResult {
        store.verify(
            LoginAttempt(name: name, password: Array(password.utf8), mechanism: mechanism))
    }

    @Test func anAccountIsAddedChangedAndRemoved() throws {
        let store = try store()
        #expect(try store.names().isEmpty)
        #expect(login(store, "ada", "secret") == .rejected)
        try store.add(bob, password: Array("builder".utf8))
        try store.add(ada, password: Array("secret".utf8))
        #expect(try store.names() == [ada, bob])
        #expect(login(store, "ada", "secret") == .accepted(ada))
        #expect(login(store, "ada", "secret") == .accepted(ada))
        #expect(login(store, "ada", "builder") == .rejected)
        #expect(login(store, "Ada", "secret") == .rejected)
        try store.setPassword(Array("new".utf8), of: ada)
        #expect(login(store, "ada", "secret") == .rejected)
        #expect(login(store, "ada", "new", .plain) == .accepted(ada))
        try store.remove(ada)
        #expect(login(store, "ada", "new", .plain) == .rejected)
        #expect(login(store, "bob", "builder") == .accepted(bob))
    }

    @Test func editsThatMakeNoSenseAreRefused() throws {
        let store = try store()
        try store.add(ada, password: [0x61])
        #expect(throws: CredentialError.alreadyExists(ada)) {
            try store.add(ada, password: [0x61])
        }
        #expect(throws: CredentialError.noSuchAccount(bob)) { try store.remove(bob) }
        #expect(throws: CredentialError.noSuchAccount(bob)) {
            try store.setPassword([0x61], of: bob)
        }
    }

    @Test(arguments: [[], [0x61, 0, 0x62], [UInt8](repeating: 0x61, count: 512)])
    func passwordsThatCryptCannotTakeAreRefused(password: [UInt8]) throws {
        let store = try store()
        #expect(throws: CredentialError.unacceptablePassword) {
            try store.add(ada, password: password)
        }
        try store.add(ada, password: [0x61])
        let attempt = LoginAttempt(name: "ada", password: password, mechanism: .login)
        #expect(store.verify(attempt) == .rejected)
    }

    @Test func theLongestPasswordCountsToItsLastByte() throws {
        let store = try store()
        var password = [UInt8](repeating: 0x61, count: 511)
        try store.add(ada, password: password)
        #expect(login(store, "ada", String(repeating: "a", count: 511)) == .accepted(ada))
        password[510] = 0x62
        let attempt = LoginAttempt(name: "ada", password: password, mechanism: .login)
        #expect(store.verify(attempt) == .rejected)
    }

    @Test func hashesAreYescryptAndTheFileIsPrivate() throws {
        try store().add(ada, password: Array("secret".utf8))
        #expect(try folder.read().hasPrefix("ada:$y$"))
        var status = stat()
        #expect(stat(folder.usersPath, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func aRunningStoreSeesWhatAnotherProcessChanged() throws {
        let server = try store()
        let tool = try store()
        try tool.add(ada, password: Array("secret".utf8))
        #expect(login(server, "ada", "secret") == .accepted(ada))
        try tool.setPassword(Array("new".utf8), of: ada)
        #expect(login(server, "ada", "secret") == .rejected)
        #expect(login(server, "ada", "new") == .accepted(ada))
        try tool.remove(ada)
        #expect(login(server, "ada", "new") == .rejected)
    }

    @Test func theSpellingOfTheFileIsWhatALoginYields() throws {
        let store = try store()
        try store.add(AccountName("ren\u{E9}"), password: [0x61])
        guard case .accepted(let name) = login(store, "rene\u{301}", "a") else {
            Issue.record("not accepted")
            return
        }
        #expect(Array(name.string.utf8) == Array("ren\u{E9}".utf8))
    }

    @Test func brokenLinesAreNamedKeptAndHarmNobodyElse() throws {
        try store().add(ada, password: Array("secret".utf8))
        let good = try folder.read()
        try folder.write(
            "# people\n\nno colon\na/b:$y$x\nbob:plaintext\n" + good + good + "eve:!\n")
        let reported = Mutex<[Int]>([])
        let store = try CredentialStore(path: folder.usersPath, cost: .least) { defect in
            reported.withLock { $0.append(defect.line) }
        }
        let defects: [UsersFileDefect] = try store.defects()
        #expect(defects.map(\.line) == [3, 4, 5, 7])
        #expect(reported.withLock { $0 } == [3, 4, 5, 7])
        #expect(
            defects.map(\.reason) == [
                .noColon, .invalidName(.slash), .unknownHash, .duplicate(ada),
            ])
        #expect(login(store, "ada", "secret") == .accepted(ada))
        #expect(login(store, "bob", "plaintext") == .rejected)
        #expect(login(store, "eve", "!") == .rejected)
        try store.add(AccountName("zoe"), password: [0x61])
        #expect(try folder.read().hasPrefix("# people\n\nno colon\na/b:$y$x\nbob:plaintext\nada:"))
        #expect(login(store, "zoe", "a") == .accepted(try AccountName("zoe")))
    }

    @Test func aFileWithoutAnEndOfLineIsStillExtendedCorrectly() throws {
        try folder.write("eve:!")
        let store = try store()
        try store.add(ada, password: [0x61])
        #expect(try folder.read().hasPrefix("eve:!\nada:$y$"))
    }

    @Test func hashesOfOtherToolsAreTaken() throws {
        // openssl passwd -6 -salt saltsalt secret
        let sha512 =
            "$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0"
            + "U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1"
        try folder.write("ada:\(sha512)\n")
        let store = try store()
        #expect(try store.defects().isEmpty)
        #expect(login(store, "ada", "wrong") == .rejected)
        #expect(login(store, "ada", "secret") == .accepted(ada))
    }

    @Test func anUnreadableFileIsUnavailableAndNotARejection() throws {
        let store = try store()
        mkdir(folder.usersPath, 0o700)
        defer { rmdir(folder.usersPath) }
        guard case .unavailable(let reason) = login(store, "ada", "a") else {
            Issue.record("a folder was read as a users file")
            return
        }
        #expect(reason.contains(folder.usersPath))
    }

    @Test func editorsWaitForEachOtherAndLoseNothing() async throws {
        let path = folder.usersPath
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<16 {
                group.addTask {
                    let editor = try CredentialStore(path: path, cost: .least)
                    try editor.add(AccountName("user\(number)"), password: [0x61])
                }
            }
            try await group.waitForAll()
        }
        #expect(try store().names().count == 16)
    }

    @Test func anUnknownNameCostsWhatAWrongPasswordCosts() throws {
        let store = try store()
        try store.add(ada, password: Array("secret".utf8))
        func leastNanoseconds(_ name: String) -> Duration {
            (0..<20).map { number in
                ContinuousClock().measure { _ = login(store, name, "wrong\(number)") }
            }.min() ?? .zero
        }
        let known = leastNanoseconds("ada")
        for stranger in ["nobody", "", "a/b", "a\0b"] {
            let unknown = leastNanoseconds(stranger)
            #expect(unknown > known * 0.2, "\(stranger.debugDescription) \(unknown) \(known)")
        }
    }

    @Test func demoCredentialsTakeAnyNameAndOnePassword() throws {
        let demo = DemoCredentials(password: "demo")
        #expect(login(demo, "anybody", "demo") == .accepted(try AccountName("anybody")))
        #expect(login(demo, "anybody", "demos") == .rejected)
        #expect(login(demo, "any/body", "demo") == .rejected)
    }
}
