import IMAPCodec
import IMAPSession
import MailModel
import MailboxStore

/// The messages that transcripts put into mailboxes, by name.
package protocol MessageFiles {
    /// The message with CRLF line ends.
    func message(named name: String) throws -> [UInt8]
}

/// The store as a transcript's directives want it, before any client has come.
///
/// There is one account, `anna`. Mailboxes are hers.
package final class TranscriptStage {
    package let test: TestStore
    /// What each client says when it has been greeted, before its first line of the transcript.
    package private(set) var openings = ["LOGIN anna \(MemoryServer.password)"]
    package private(set) var limits = SessionLimits()
    package private(set) var allowsPlaintextLogin = true

    private let messages: any MessageFiles
    package let account: AccountID
    private var appended: Int64 = 0
    private var leavesRecent = false

    /// 2024-02-01 10:00:00 UTC: the first message's date; each later one is a day younger.
    private static let firstDate: Int64 = 1_706_781_600

    package init(_ transcript: Transcript, messages: any MessageFiles) throws {
        test = try TestStore()
        self.messages = messages
        account = try test.account("anna")
        for directive in transcript.setUp {
            do {
                try perform(directive.words)
            } catch {
                throw TranscriptFailure(
                    transcript: transcript.name, line: directive.line,
                    message: "the set-up fails: \(error)")
            }
        }
        if !leavesRecent { try claimRecent() }
    }

    /// Who changes things that clients cannot.
    package var administrator: Administrator { Administrator(store: test.store, account: account) }

    struct Unknown: Error, CustomStringConvertible {
        let what: String
        var description: String { what }
    }

    /// - Throws: when the store's rows are not what its log says.
    package func checkStore(_ transcript: Transcript) throws {
        let differences = try test.store.compareProjections().differences
        guard differences.isEmpty else {
            throw TranscriptFailure(
                transcript: transcript.name, line: transcript.steps.last?.line ?? 1,
                message: "store and log differ: \(differences)")
        }
    }

    // MARK: The directives

    private func perform(_ words: [String]) throws {
        let rest = Array(words.dropFirst())
        switch words.first {
        case "greeting": openings = []
        case "select", "examine": openings.append(words.joined(separator: " ").uppercasingFirst)
        case "recent": leavesRecent = true
        case "append": try append(rest)
        case "message": try appendMessage(rest)
        case "create": try create(rest)
        case "subscribe":
            try test.perform(Subscribe(account: account, name: try name(rest.first)))
        case "expunge": try expunge(rest)
        case "policy": try administrator.perform(words)
        case "plaintext" where rest == ["off"]:
            allowsPlaintextLogin = false
        case "limit" where rest.count == 2 && rest[0] == "append":
            limits.appendBytes = UInt64(rest[1]) ?? limits.appendBytes
            limits.parserAfterLogin.appendBytes = limits.appendBytes
        default: throw Unknown(what: "no directive: \(words.joined(separator: " "))")
        }
    }

    /// `append INBOX 3 \Seen`: messages that differ in their subjects and sizes.
    private func append(_ words: [String]) throws {
        let count = words.dropFirst().first.flatMap(Int.init) ?? 1
        let flags = words.dropFirst().filter { Int($0) == nil }
        for _ in 0..<count {
            let number = appended + 1
            let text =
                "From: sender\(number)@example.org\r\nTo: anna@example.org\r\n"
                + "Subject: Message \(number)\r\n\r\nThis is message \(number).\r\n"
            try append(Array(text.utf8), to: try name(words.first), flags: flags)
        }
    }

    /// `message plain INBOX \Seen`
    private func appendMessage(_ words: [String]) throws {
        guard words.count >= 2 else { throw Unknown(what: "which message, to which mailbox?") }
        try append(
            try messages.message(named: words[0]), to: try name(words[1]),
            flags: words.dropFirst(2))
    }

    private func append(
        _ bytes: [UInt8], to name: MailboxName, flags: some Sequence<String>
    ) throws {
        let date = InternalDate(
            secondsSinceEpoch: TranscriptStage.firstDate + appended * 86_400)
        appended += 1
        let message = IncomingMessage(
            body: IncomingBody(of: bytes), flags: try FlagSet(names: flags), internalDate: date)
        try test.perform(AppendMessages(account: account, destination: name, messages: [message]))
    }

    /// `create Work \Archive`
    private func create(_ words: [String]) throws {
        let uses = words.dropFirst().compactMap { SpecialUse(attribute: $0) }
        try test.perform(
            CreateMailbox(account: account, name: try name(words.first), specialUses: uses))
    }

    /// `expunge INBOX 2`: the message with this UID, for good.
    private func expunge(_ words: [String]) throws {
        guard words.count == 2, let uid = UInt32(words[1]), uid > 0 else {
            throw Unknown(what: "which mailbox and UID?")
        }
        let mailbox = try mailbox(try name(words[0]))
        let uids = UIDSet(uid...uid)
        try test.perform(
            ChangeFlags(
                account: account, mailbox: mailbox, uids: uids, operation: .add,
                flags: FlagSet(system: .deleted)))
        try test.perform(ExpungeMessages(account: account, mailbox: mailbox, uids: uids))
    }

    /// The mail is not new: no session shows it as `\Recent`.
    private func claimRecent() throws {
        let rows = try test.store.read { reader throws(StoreError) in
            try reader.mailboxes(of: account)
        }
        for (mailbox, row) in rows where row.uidNext > 1 {
            guard let last = UInt32(exactly: row.uidNext - 1).flatMap(UID.init) else { continue }
            try test.perform(ClaimRecent(account: account, mailbox: mailbox, through: last))
        }
    }

    private func name(_ word: String?) throws -> MailboxName { try MailboxName(word ?? "") }

    private func mailbox(_ name: MailboxName) throws -> MailboxID {
        let found = try test.store.read { reader throws(StoreError) in
            try reader.mailbox(named: name, in: account)
        }
        guard let found else { throw Unknown(what: "no mailbox \(name)") }
        return found
    }
}

extension FlagSet {
    /// From the words of a directive: `\Seen`, `$Forwarded`.
    fileprivate init(names: some Sequence<String>) throws {
        self.init()
        for name in names {
            if let match = SystemFlags.names.first(where: { "\($0.name)" == name }) {
                system.insert(match.flag)
            } else if let keyword = Keyword(name) {
                keywords.append(keyword)
            } else {
                throw TranscriptStage.Unknown(what: "no flag: \(name)")
            }
        }
    }
}

extension String {
    /// `select INBOX` → `SELECT INBOX`
    fileprivate var uppercasingFirst: String {
        guard let space = firstIndex(of: " ") else { return uppercased() }
        return self[..<space].uppercased() + self[space...]
    }
}
