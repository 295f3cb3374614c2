import LMDB
import MailEvents
import MailModel
import MailboxStore
import Testing

/// A store whose projections are laid out as an older version did: all in the database `state.a`.
@Suite struct OlderProjectionsTests {
    let fixture: StoreFixture
    let account: AccountID

    init() throws {
        fixture = try StoreFixture()
        account = try fixture.account("ada")
        for index in 0..<5 { _ = try fixture.append("message \(index)", of: account) }
        fixture.store.close()
        try Self.makeOlder(fixture.directory)
    }

    private static func makeOlder(_ directory: String) throws {
        let environment = try Environment(path: directory + "/lmdb")
        let tables = try ProjectionTables(opening: .a, in: environment)
        let transaction = try environment.beginWrite()
        for table in tables.all where table != tables[.position] {
            var rows: [([UInt8], [UInt8])] = []
            var scan = try transaction.scan(table)
            while let entry = try scan.next() {
                rows.append((Array(entry.key), Array(entry.value)))
            }
            for (key, value) in rows { try transaction.put(tables[.position], key, value) }
            try transaction.clear(table)
        }
        let head = PositionRow(LogPosition(7), version: StoreState.projectionVersion - 1)
        try transaction.put(tables[.position], StateKey.position, head.encoded())
        try transaction.commit()
        environment.close()
    }

    private func counts(_ turn: ProjectionTables.Turn) throws -> [Int] {
        fixture.store.close()
        let environment = try Environment(path: fixture.directory + "/lmdb")
        defer { environment.close() }
        let tables = try ProjectionTables(opening: turn, in: environment)
        let transaction = try environment.beginRead()
        return try tables.all.map { table in try transaction.count(table) }
    }

    @Test func aServerMakesThemAnewAndLeavesNothingOfTheOld() throws {
        try fixture.reopen()
        #expect(try fixture.row(.inbox, of: account).exists == 5)
        try fixture.expectNoDrift()
        #expect(try counts(.a) == [0, 0, 0, 0])
        #expect(try counts(.b) == [5, 5, 5, 5])
    }

    @Test func aToolSaysThatItCannotReadThem() throws {
        try fixture.reopen(as: .reader)
        #expect(throws: StoreError.self) { try fixture.row(.inbox, of: account) }
        try fixture.reopen(as: .tool)
        #expect(throws: (any Error).self) { try fixture.append("six", of: account) }
    }

    @Test func aToolCanRebuildThem() throws {
        try fixture.reopen(as: .tool)
        _ = try fixture.store.rebuildProjections()
        try fixture.reopen(as: .tool)
        try fixture.expectNoDrift()
    }
}
