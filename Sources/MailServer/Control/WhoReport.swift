import EventLog
import Glibc
import IMAPSession
import MailModel
import MailboxStore

/// The answer to `who`: a line about the server, then a line for each session, in JSON.
struct WhoReport: Sendable {
    let services: ServerServices
    let address: ListenAddress
    /// UTC in nanoseconds.
    let started: Int64

    func lines(_ sessions: [SessionSnapshot]) -> [String] {
        let sessions = sessions.sorted { $0.id < $1.id }
        let facts = facts(about: sessions)
        return [server(facts.head, sessions.count)] + sessions.map { line($0, facts) }
    }

    /// What the store says of the sessions' mailboxes; what cannot be read is left out.
    private struct Facts {
        var head: LogPosition?
        var names: [MailboxID: String] = [:]
        var deleted: Set<MailboxID> = []
        /// By session.
        var holdings: [UInt64: GhostHolding] = [:]
    }

    private func server(_ head: LogPosition?, _ count: Int) -> String {
        JSONText.object { json in
            json.add("server", "hindsight " + services.configuration.version)
            json.add("process", getpid())
            json.add("address", address.description)
            json.add("since", started / 1_000_000_000)
            json.add("head", head?.rawValue ?? 0)
            json.add("sessions", count)
        }
    }

    private func line(_ session: SessionSnapshot, _ facts: Facts) -> String {
        JSONText.object { json in
            json.add("session", session.id)
            json.add("user", session.user)
            json.add("address", session.address)
            json.add("client", session.clientID)
            json.add("state", session.state.rawValue)
            json.add("idling", session.isIdling)
            json.add("lastCommand", session.lastCommand?.rawValue)
            json.add("since", session.since / 1_000_000_000)
            json.add("silentSeconds", session.silentSeconds)
            guard let mailbox = session.mailbox else { return }
            json.add("mailbox", facts.names[mailbox.id])
            json.add("mailboxID", mailbox.id.description)
            json.add("readOnly", mailbox.readOnly)
            json.add("seen", mailbox.seen.rawValue)
            json.add("expunged", mailbox.expunged.rawValue)
            json.add("deleted", facts.deleted.contains(mailbox.id))
            let holding = facts.holdings[session.id] ?? GhostHolding()
            json.add("ghosts", holding.messages)
            json.add("ghostBytes", holding.bytes)
        }
    }

    /// `who` is asked when things are wrong: what cannot be read is left out.
    private func facts(about sessions: [SessionSnapshot]) -> Facts {
        let views = Dictionary(grouping: sessions) { $0.mailbox?.id }
        let found = try? services.store.read { reader throws(StoreError) in
            var facts = Facts()
            facts.head = reader.head
            for case (let mailbox?, let sessions) in views {
                guard let row = try reader.mailboxRow(mailbox) else { continue }
                facts.names[mailbox] = row.name.string
                if row.deletedAt != nil { facts.deleted.insert(mailbox) }
                let cursors = sessions.compactMap(\.mailbox?.expunged)
                let holdings = try reader.ghostHoldings(of: mailbox, at: cursors)
                for (session, holding) in zip(sessions, holdings) {
                    facts.holdings[session.id] = holding
                }
            }
            return facts
        }
        return found ?? Facts()
    }
}
