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
        let (head, names) = facts(about: Set(sessions.compactMap(\.mailbox?.id)))
        return [server(head, sessions.count)]
            + sessions.map { session in
                line(session, mailboxName: session.mailbox.flatMap { names[$0.id] })
            }
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

    private func line(_ session: SessionSnapshot, mailboxName: String?) -> String {
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
            json.add("mailbox", mailboxName)
            json.add("mailboxID", mailbox.id.description)
            json.add("readOnly", mailbox.readOnly)
            json.add("seen", mailbox.seen.rawValue)
            json.add("expunged", mailbox.expunged.rawValue)
        }
    }

    /// What cannot be read is left out: `who` is asked when things are wrong.
    private func facts(
        about mailboxes: Set<MailboxID>
    ) -> (head: LogPosition?, names: [MailboxID: String]) {
        do throws(StoreError) {
            return try services.store.read { reader throws(StoreError) in
                var names: [MailboxID: String] = [:]
                for mailbox in mailboxes {
                    names[mailbox] = try reader.mailboxRow(mailbox)?.name.string
                }
                return (reader.head, names)
            }
        } catch {
            return (nil, [:])
        }
    }
}
