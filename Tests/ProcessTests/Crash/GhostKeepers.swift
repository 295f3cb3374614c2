import Foundation
import Glibc

/// Ghosts of both kinds that are alive when a server is killed: RFC 2180 §3.2, §4.1.1. An account of its
/// own, so that the other clients' worlds stay theirs.
///
/// One session is in a mailbox that was deleted, another has not been told of an expunge.
final class GhostKeepers {
    private let store: String
    private let deleted: String
    private let kept: String
    /// Their connections must live until the kill.
    private var sessions: [IMAPClient] = []

    private static let user = "ghosts"

    /// Makes the ghosts of a round, and looks whether they are there.
    init(_ server: ServerProcess, store: String, round: Int) throws {
        self.store = store
        deleted = "Deleted\(round)"
        kept = "Kept\(round)"
        // In some rounds a name can be used at once, also while its ghost lives.
        let isReusable = round.isMultiple(of: 3)
        try GhostKeepers.choose("name=\(isReusable ? "reusable" : "reserved")", in: store)
        let worker = try connect(server)
        for name in [deleted, kept] {
            try worker.require("CREATE \(name)")
            for number in 1...3 {
                try worker.require(
                    "APPEND \(name) (\(number < 3 ? "\\Deleted" : "")) {6+}\r\nhello\(number)")
            }
        }
        let (inDeleted, lagging) = (try connect(server), try connect(server))
        try inDeleted.require("SELECT \(deleted)")
        try lagging.require("SELECT \(kept)")
        try worker.require("DELETE \(deleted)")
        try worker.require("SELECT \(kept)")
        try worker.require("EXPUNGE")
        // Both go on reading what is gone, and writing where that is allowed.
        try inDeleted.require("STORE 3 +FLAGS (\\Seen)")
        for client in [inDeleted, lagging] {
            let fetched = try client.require("FETCH 1:3 (UID BODY.PEEK[])")
            guard fetched.untagged.count(where: { $0.fetchItems != nil }) == 3 else {
                throw ProcessFailure("the ghosts cannot be read: \(fetched.tagged)")
            }
        }
        let again = try worker.command("CREATE \(deleted)")
        guard again.isOK == isReusable else {
            throw ProcessFailure("CREATE of a ghost's name: \(again.tagged)")
        }
        if isReusable { try worker.require("DELETE \(deleted)") }
        sessions = [worker, inDeleted, lagging]
    }

    /// After the kill and a restart: nothing is pinned, names are free, what was acknowledged holds.
    func judge(_ server: ServerProcess) throws -> [String] {
        sessions = []
        var problems: [String] = []
        let client = try connect(server)
        let status = try client.require("STATUS \(kept) (MESSAGES UIDNEXT)")
        if !status.untagged.contains(where: { $0.text.hasSuffix("(MESSAGES 1 UIDNEXT 4)") }) {
            problems.append("the acknowledged EXPUNGE: \(status.untagged.map(\.text))")
        }
        let listed = try client.require("LIST \"\" \(deleted)")
        if !listed.untagged.isEmpty { problems.append("\(deleted) was deleted and is listed") }
        let created = try client.command("CREATE \(deleted)")
        if !created.isOK { problems.append("a ghost's name after the restart: \(created.tagged)") }
        let deadline = Deadline(seconds: 20)
        while let left = try ghosts() {
            guard !deadline.isOver else { return problems + ["still pinned: \(left)"] }
            usleep(50_000)
        }
        try client.require("DELETE \(deleted)")
        try client.require("DELETE \(kept)")
        return problems
    }

    /// What is still kept of ghosts; nil when nothing is.
    private func ghosts() throws -> String? {
        let status = try Programs.run([
            Programs.hindsight, "mailbox", "status", "--json", "--account", GhostKeepers.user,
            "--store", store,
        ])
        let counted = status.output.split(separator: "\n").first {
            !$0.contains("\"ghosts\":0")
        }
        if let counted { return String(counted) }
        let reclaimed = try Programs.run([
            Programs.hindsight, "log", "--json", "--account", GhostKeepers.user, "--mailbox",
            deleted, "--type", "ghostsReclaimed", "--store", store,
        ])
        return reclaimed.output.contains("\"wholeMailbox\":true") ? nil : "mailbox \(deleted)"
    }

    private func connect(_ server: ServerProcess) throws -> IMAPClient {
        let client = try IMAPClient(port: server.port)
        try client.require("LOGIN \(GhostKeepers.user) \(ServerProcess.password)")
        return client
    }

    private static func choose(_ answer: String, in store: String) throws {
        let set = try Programs.run([
            Programs.hindsight, "policy", "set", answer, "--store", store,
        ])
        guard set.status == 0 else { throw ProcessFailure("policy set: \(set.report)") }
    }
}

extension IMAPClient {
    /// A command that must be answered with OK.
    @discardableResult
    fileprivate func require(_ text: String) throws -> IMAPAnswer {
        let answer = try answer(to: send([.text(text)]))
        guard answer.isOK else { throw ProcessFailure("\(text): \(answer.tagged)") }
        return answer
    }
}
