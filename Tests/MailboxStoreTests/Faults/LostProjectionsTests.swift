import Foundation
import Glibc
import LMDB
import MailEvents
import MailModel
import MailboxStore
import Testing

/// Everything but the log and the bodies can be deleted and is made anew: DESIGN §4.
@Suite struct LostProjectionsTests {
    let fixture: StoreFixture
    let account: AccountID

    init() throws {
        fixture = try StoreFixture()
        account = try fixture.account("ada")
        for index in 0..<5 { _ = try fixture.append("message \(index)", of: account) }
    }

    private func clear(_ tables: [String]) throws {
        fixture.store.close()
        let environment = try Environment(path: fixture.directory + "/lmdb")
        let databases = try environment.openDatabases(tables)
        let transaction = try environment.beginWrite()
        for database in databases { try transaction.clear(database) }
        try transaction.commit()
        environment.close()
    }

    private func expectAllBodies() throws {
        let inbox = try fixture.mailbox(.inbox, of: account)
        let store = fixture.store
        for uid in UInt32(1)...5 {
            let location = try #require(
                try store.read { reader throws(StoreError) -> BodyLocation? in
                    guard let uid = UID(uid), let row = try reader.message(inbox, uid),
                        let summary = try reader.summary(row.emailID)
                    else { return nil }
                    return try reader.bodyLocation(summary.digest)
                })
            #expect(try store.bodies.bytes(of: location) == Array("message \(uid - 1)".utf8))
        }
    }

    static let allTables =
        ["bodies"] + ProjectionTables.Turn.allCases.flatMap(ProjectionTables.names)

    @Test(arguments: [allTables] + allTables.map { [$0] } + [["state.a", "summaries.a"]])
    func aServerMakesThemAnewBeforeItCutsAnythingOff(_ tables: [String]) throws {
        try clear(tables)
        try fixture.reopen()
        try expectAllBodies()
        try fixture.expectNoDrift()
    }

    @Test func aToolNeitherWritesNorCutsWhereTheyAreMissing() throws {
        try clear(Self.allTables)
        try fixture.reopen(as: .tool)
        #expect(throws: (any Error).self) { try fixture.append("six", of: account) }
        try fixture.reopen()
        try expectAllBodies()
    }

    @Test func aRowThatClaimsAnyLengthCostsNoMemory() throws {
        let location = BodyLocation(segment: 1, offset: 72, sizeBytes: 1 << 60)
        #expect(throws: StoreError.self) {
            try fixture.store.bodies.withBytes(of: location, 0..<location.sizeBytes) {
                bytes throws(StoreError) in bytes.count
            }
        }
    }

    @Test func aLostSegmentCostsItsOwnBodiesAndNoMore() throws {
        fixture.store.close()
        let segments = fixture.directory + "/segments"
        for file in try FileManager.default.contentsOfDirectory(atPath: segments) {
            try FileManager.default.removeItem(atPath: segments + "/" + file)
        }
        try fixture.reopen(as: .tool)
        _ = try fixture.store.rebuildProjections()
        try fixture.reopen()
        #expect(try #require(fixture.store.recovery).damage.isEmpty == false)
        #expect(try fixture.row(.inbox, of: account).exists == 5)
        #expect(throws: StoreError.self) { try expectAllBodies() }
        #expect(try fixture.append("six", of: account) == UIDSet(6...6))
    }
}
