import ArgumentParser
import Foundation
import MailServer

/// `hindsight who`.
struct Who: ToolCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show who is connected, and how far each has been told.",
        discussion: """
            SEEN and TOLD are a session's cursor, positions in the log: appends and flag changes up \
            to SEEN, and expunges up to TOLD, have been told. The log's head stands in the first line. \
            HOLDS is what is kept for the session alone: expunged messages that it has not been told \
            of, or a deleted mailbox that it still has open (RFC 2180).

            Exit status: 0, or 1 when no server runs on the store.
            """)

    @OptionGroup var location: StoreLocation

    @Flag(help: "One JSON object a line: first the server, then its sessions.")
    var json = false

    func perform() throws {
        let lines: [String]
        do {
            lines = try ControlClient.ask("who", store: location.directory)
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.answerIsNo
        }
        if json {
            lines.forEach { print($0) }
        } else {
            try show(lines)
        }
    }

    private func show(_ lines: [String]) throws {
        let decoder = JSONDecoder()
        guard let first = lines.first else { return }
        let server = try decoder.decode(Server.self, from: Data(first.utf8))
        let sessions = try lines.dropFirst().map {
            try decoder.decode(Session.self, from: Data($0.utf8))
        }
        print(
            "\(server.server) on \(server.address), process \(server.process), "
                + "log head \(server.head), \(server.sessions) sessions")
        guard !sessions.isEmpty else { return }
        let header = [
            "SESSION", "USER", "FROM", "CLIENT", "STATE", "MAILBOX", "SEEN", "TOLD", "HOLDS",
            "SINCE", "LAST",
        ]
        var table = Table(header, left: Set(header.indices))
        for session in sessions { table.add(session.cells) }
        print(table.text)
    }

    private struct Server: Decodable {
        let server: String
        let process: Int
        let address: String
        let head: UInt64
        let sessions: Int
    }

    private struct Session: Decodable {
        let session: UInt64
        let user: String?
        let address: String
        let client: String
        let state: String
        let idling: Bool
        let lastCommand: String?
        let since: Int64
        let mailbox: String?
        let readOnly: Bool?
        let seen: UInt64?
        let expunged: UInt64?
        let deleted: Bool?
        let ghosts: Int?
        let ghostBytes: UInt64?

        private var holds: String {
            guard let ghosts, let ghostBytes, ghosts > 0 else { return "-" }
            let messages = ghosts == 1 ? "1 message" : "\(ghosts) messages"
            return "\(messages), \((ghostBytes + 1023) / 1024) KiB"
        }

        var cells: [String] {
            [
                String(session), user ?? "-", address, client.isEmpty ? "-" : client,
                idling ? "idling" : state,
                (mailbox ?? "-") + (readOnly == true ? " (read)" : "")
                    + (deleted == true ? " (deleted)" : ""),
                seen.map(String.init) ?? "-", expunged.map(String.init) ?? "-", holds,
                Date(timeIntervalSince1970: TimeInterval(since)).formatted(.iso8601),
                lastCommand ?? "-",
            ]
        }
    }
}
