import Foundation
import Glibc
import LMDB
import MailEvents
import MailModel
import MailboxStore
import Testing

/// The log is what cannot be made anew: without the right one no body is destroyed.
@Suite struct LostLogTests {
    let fixture: StoreFixture
    let account: AccountID

    init() throws {
        fixture = try StoreFixture()
        account = try fixture.account("ada")
        _ = try fixture.append("message 0", of: account)
    }

    private var log: String { fixture.directory + "/lmdb/data.mdb" }

    private func segments() throws -> [String: Data] {
        let folder = fixture.directory + "/segments"
        var result: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            result[name] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
        }
        return result
    }

    private func expectRefusal(_ role: StoreOptions.Role) {
        let error = #expect(throws: StoreError.self) { try fixture.reopen(as: role) }
        #expect("\(error as Any)".contains("put the log back"))
    }

    @Test func aLogThatWasEmptiedIsNotTakenForANewStore() throws {
        fixture.store.close()
        let before = try segments()
        #expect(truncate(log, 0) == 0)
        for role in [StoreOptions.Role.server, .tool, .reader, .server] { expectRefusal(role) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: log)).isEmpty)
        #expect(try segments() == before)
    }

    @Test func anEnvironmentWithoutALogIsNotTakenForANewStore() throws {
        fixture.store.close()
        let before = try segments()
        #expect(unlink(log) == 0)
        try Environment(path: fixture.directory + "/lmdb").close()
        for role in [StoreOptions.Role.reader, .server] { expectRefusal(role) }
        #expect(try segments() == before)
    }

    @Test func bodiesOfANewerLogOutliveAServerOnAnOlderOne() throws {
        fixture.store.close()
        let old = try Data(contentsOf: URL(fileURLWithPath: log))
        try fixture.reopen()
        let large = String(repeating: "large message\r\n", count: 20_000)
        for text in ["message 1", large, "message 2"] {
            _ = try fixture.append(text, of: account)
        }
        fixture.store.close()
        let new = try Data(contentsOf: URL(fileURLWithPath: log))

        try old.write(to: URL(fileURLWithPath: log))
        try fixture.reopen()
        let recovery = try #require(fixture.store.recovery)
        #expect(recovery.unnamed.reduce(0) { $0 + $1.count } == 3)
        _ = try fixture.append("message 3", of: account)
        try fixture.reopen(as: .tool)
        _ = try fixture.append("message 4", of: account)
        fixture.store.close()

        try new.write(to: URL(fileURLWithPath: log))
        try fixture.reopen()
        for (digest, location) in try fixture.store.namedBodies() {
            #expect(try fixture.store.bodies.verify(location, digest))
        }
        #expect(try fixture.row(.inbox, of: account).exists == 4)
    }
}
