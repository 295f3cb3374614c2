import MailModel
import MailboxStore

/// The store refused what was read already: not the fault of the file that is being read.
struct ImportStopped: Error, CustomStringConvertible {
    let description: String
}

/// Puts messages into an account, many with one change, and leaves out those that are there.
final class MailImporter {
    private let store: MailboxStore
    private let account: AccountID
    private var present: [MailboxName: PresentMessages] = [:]
    private var batch: [IncomingMessage] = []
    private var batchMailbox = MailboxName.inbox
    private var batchBytes: UInt64 = 0

    private(set) var imported = 0
    private(set) var skipped = 0
    private(set) var importedBytes: UInt64 = 0
    private(set) var made: [MailboxName] = []

    /// What one change takes: bounds memory, and how long others wait for the writer.
    private static let batchMessages = 256
    private static let batchLimitBytes: UInt64 = 8 << 20

    init(_ store: MailboxStore, account: AccountID) {
        self.store = store
        self.account = account
    }

    /// Takes the next message. What is taken is durable after `flush`.
    func add(_ message: IncomingMessage, to mailbox: MailboxName) throws {
        if mailbox != batchMailbox { try flush() }
        batchMailbox = mailbox
        try prepare(mailbox)
        if present[mailbox]?.take(message.body.digest) == true {
            skipped += 1
            return
        }
        batch.append(message)
        // The bytes of a spooled body are on disk already.
        if case .memory = message.body.storage { batchBytes &+= message.body.sizeBytes }
        if batch.count >= MailImporter.batchMessages || batchBytes >= MailImporter.batchLimitBytes {
            try flush()
        }
    }

    func flush() throws {
        guard !batch.isEmpty else { return }
        do {
            try store.change(
                AppendMessages(account: account, destination: batchMailbox, messages: batch),
                by: "import")
        } catch let failure as Failure {
            throw ImportStopped(description: "the import stopped: \(failure)")
        }
        imported += batch.count
        importedBytes &+= batch.reduce(0) { $0 &+ $1.body.sizeBytes }
        batch.removeAll(keepingCapacity: true)
        batchBytes = 0
    }

    /// Makes the mailbox when it is missing, subscribed, for many mail programs show nothing else; and
    /// learns what is in it.
    func prepare(_ mailbox: MailboxName) throws {
        guard present[mailbox] == nil else { return }
        let account = account
        let existing = try store.read { reader throws(StoreError) in
            try reader.mailbox(named: mailbox, in: account)
        }
        guard let existing else {
            try store.change(
                CreateMailbox(account: account, name: mailbox, subscribes: true), by: "import")
            made.append(mailbox)
            present[mailbox] = PresentMessages()
            return
        }
        present[mailbox] = try PresentMessages(of: existing, in: store)
    }
}
