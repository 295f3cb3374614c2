import Foundation
import IMAPSession
import Testing

@Suite("The table of commands")
struct CommandTraitsTests {
    @Test(arguments: CommandKind.allCases)
    func eachCommandDoesWhatTheDocumentSays(_ kind: CommandKind) throws {
        let row = try #require(try Self.table()[kind.rawValue], "\(kind.rawValue) has no row")
        let states = SessionState.Kind.allCases.filter(kind.traits.states.contains).map(\.rawValue)
        #expect(row.states == states.joined(separator: ", "))
        #expect(row.numbers == kind.traits.numbers.rawValue)
        #expect(row.updates == kind.traits.updates.rawValue)
    }

    @Test func theDocumentNamesNoOtherCommand() throws {
        #expect(Set(try Self.table().keys) == Set(CommandKind.allCases.map(\.rawValue)))
    }

    @Test(arguments: [CommandKind.fetch, .store, .search])
    func expungesWaitDuringCommandsThatCountMessages(_ kind: CommandKind) {
        #expect(kind.traits.updates == .appendsAndFlags)
    }

    @Test func nothingIsToldOfAMailboxBeforeLogin() {
        for kind in CommandKind.allCases where kind.traits.states == [.notAuthenticated] {
            #expect(kind.traits.updates == .none)
        }
    }

    private struct Row {
        let states: String
        let numbers: String
        let updates: String
    }

    private static func table() throws -> [String: Row] {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(
            contentsOf: root.appendingPathComponent("Schemas/session.md"), encoding: .utf8)
        let lines = text.split(separator: "\n").drop { !$0.hasPrefix("| command |") }.dropFirst(2)
        var rows: [String: Row] = [:]
        for line in lines.prefix(while: { $0.hasPrefix("|") }) {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 4 else { continue }
            rows[cells[0]] = Row(states: cells[1], numbers: cells[2], updates: cells[3])
        }
        return rows
    }
}
