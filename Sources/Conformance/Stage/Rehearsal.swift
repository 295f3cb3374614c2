/// The scenario of RFC 2180 §4.1: client 1 and client 2 have a mailbox selected, client 2 knows its
/// messages, and client 1 expunges some of them.
struct Rehearsal {
    let mailbox: String
    let first: Client
    let second: Client
    /// What client 2 was told: the UID of each number.
    let uids: [UInt32]
    /// Which numbers client 1 has expunged, with a tagged OK.
    let expunged: Set<Int>

    /// How many messages the RFC's mailbox has, and which of them are expunged.
    static let usualCount = 7
    static let usualExpunged = 4...7

    /// - Returns: nil when the server refuses the EXPUNGE (§4.1.4): then there is nothing to see.
    static func play(
        on stage: Stage, count: Int = usualCount,
        expunging numbers: some Sequence<Int> = usualExpunged
    ) async throws -> Rehearsal? {
        let mailbox = try await stage.makeMailbox("mail")
        try await stage.fill(mailbox, 1...count)
        let rehearsal = try await open(mailbox, on: stage)
        return try await rehearsal.expunge(numbers)
    }

    /// Both clients select the mailbox, and client 2 learns the UIDs.
    static func open(_ mailbox: String, on stage: Stage) async throws -> Rehearsal {
        let first = try await stage.client(1)
        let second = try await stage.client(2)
        try await first.run("SELECT \(quoted(mailbox))").expectOK()
        let uids = try await second.openAndLearn(mailbox).uids
        return Rehearsal(
            mailbox: mailbox, first: first, second: second, uids: uids, expunged: [])
    }

    /// Client 1 marks those messages and expunges them.
    ///
    /// - Returns: nil when the server refuses.
    func expunge(_ numbers: some Sequence<Int>) async throws -> Rehearsal? {
        let set = numbers.map(String.init).joined(separator: ",")
        try await first.run("STORE \(set) +FLAGS.SILENT (\\Deleted)").expectOK()
        let exchange = try await first.run("EXPUNGE")
        if exchange.isNO { return nil }
        try exchange.expectOK()
        return Rehearsal(
            mailbox: mailbox, first: first, second: second, uids: uids, expunged: Set(numbers))
    }
}

extension Client {
    /// Selects the mailbox and asks for the UID of every message.
    func openAndLearn(_ mailbox: String) async throws -> OpenedMailbox {
        let selected = try await run("SELECT \(quoted(mailbox))").expectOK()
        let count = selected.responses(named: "EXISTS").last?.number ?? 0
        let validity = selected.responses.first { $0.codeName == "UIDVALIDITY" }?.code.last?.number
        guard count > 0 else { return OpenedMailbox(uids: [], validity: validity) }
        let fetched = try await run("FETCH 1:* (UID FLAGS)").expectOK().fetched
        let uids = (1...count).compactMap { fetched[$0]?["UID"]?.number }
        guard uids.count == count else {
            throw StagingProblem(description: "FETCH 1:* (UID) told \(uids.count) of \(count)")
        }
        return OpenedMailbox(uids: uids, validity: validity)
    }

    /// What is in a mailbox, in its order: the UIDs, and which letters they are.
    func contents(of mailbox: String) async throws -> [Delivered] {
        let selected = try await run("EXAMINE \(quoted(mailbox))").expectOK()
        guard (selected.responses(named: "EXISTS").last?.number ?? 0) > 0 else {
            try await run("CLOSE")
            return []
        }
        let items = "(UID FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])"
        let fetched = try await run("FETCH 1:* \(items)").fetched
        try await run("CLOSE")
        return fetched.sorted { $0.key < $1.key }.map { Delivered(items: $0.value) }
    }
}

/// What a client learns when it opens a mailbox: the UIDs in order, and their UIDVALIDITY.
struct OpenedMailbox {
    let uids: [UInt32]
    let validity: UInt32?
}

/// A message as a new session finds it in a mailbox.
package struct Delivered: Sendable, Equatable {
    package let uid: UInt32?
    /// Nil when it is none of the kit's letters.
    package let letter: Int?
    package let flags: Set<String>

    package init(uid: UInt32?, letter: Int?, flags: Set<String> = []) {
        self.uid = uid
        self.letter = letter
        self.flags = flags
    }

    init(items: [String: Value]) {
        let text = items.first { $0.key.hasPrefix("BODY[") }?.value.text ?? ""
        let flags = items["FLAGS"]?.items?.compactMap { $0.text?.lowercased() } ?? []
        self.init(
            uid: items["UID"]?.number, letter: Letter.number(in: text), flags: Set(flags))
    }
}
