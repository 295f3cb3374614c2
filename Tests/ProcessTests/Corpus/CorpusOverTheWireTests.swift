import MailEvents
import MailModel
import MailTesting
import MailboxStore
import Testing

extension ProcessTests {
    /// Real and hostile mail, imported and fetched back through a socket.
    @Suite struct CorpusOverTheWireTests {
        @Test func everyMessageComesBackByteForByteAndWellDescribed() async throws {
            guard Corpus.folder != nil else {
                if Variables.isCI { print("no corpus beside the checkout") }
                _ = Corpus.messages
                return
            }
            let result = try await onOwnThread { try CorpusSession.run() }
            print("corpus: \(result.fetched) messages over the wire in \(result.seconds) s")
            for problem in result.problems.prefix(10) { Issue.record("\(problem)") }
            #expect(result.fetched > 2600)
        }
    }
}

private struct CorpusSession {
    var fetched = 0
    var seconds = 0.0
    var problems: [String] = []

    private static let chunk = 50

    static func run() throws -> CorpusSession {
        let started = Deadline.now
        let place = try TemporaryDirectory()
        let bodies = try fill(place.path + "/store")
        let server = try ServerProcess(store: place.path + "/store")
        let client = try IMAPClient(port: server.port, patienceSeconds: 60)
        guard try client.command("LOGIN corpus \(ServerProcess.password)").isOK,
            try client.command("EXAMINE INBOX").isOK
        else { throw ProcessFailure("no way in") }
        var session = CorpusSession()
        for first in stride(from: 0, to: bodies.count, by: chunk) {
            let last = min(first + chunk, bodies.count)
            let answer = try client.command(
                "UID FETCH \(first + 1):\(last) ",
                "(RFC822.SIZE ENVELOPE BODY BODYSTRUCTURE BODY.PEEK[])")
            if !answer.isOK { session.problems.append(answer.tagged) }
            for response in answer.untagged { session.check(response, bodies) }
        }
        if session.fetched != bodies.count {
            session.problems.append("\(session.fetched) of \(bodies.count) came")
        }
        session.seconds = Deadline.seconds(since: started)
        return session
    }

    /// Appends every message, its bare LFs as CRLF, in this process; the server comes later.
    private static func fill(_ directory: String) throws -> [Corpus.Message] {
        let store = try MailboxStore.open(
            directory: directory, options: StoreOptions(role: .server))
        defer { store.close() }
        let actor = Actor(protocolName: "test")
        let cause = Cause(command: "import")
        guard
            case .accepted(.accountCreated(let account), _) = store.perform(
                CreateAccount(name: "corpus"), actor: actor, cause: cause)
        else { throw ProcessFailure("no account") }
        let bodies = Corpus.messages.map {
            Corpus.Message(name: $0.name, bytes: withCRLF($0.bytes))
        }
        for first in stride(from: 0, to: bodies.count, by: chunk) {
            let messages = bodies[first..<min(first + chunk, bodies.count)].map {
                IncomingMessage(
                    body: IncomingBody(of: $0.bytes), flags: FlagSet(),
                    internalDate: InternalDate(secondsSinceEpoch: 1_700_000_000))
            }
            let change = AppendMessages(account: account, destination: .inbox, messages: messages)
            guard case .accepted = store.perform(change, actor: actor, cause: cause) else {
                throw ProcessFailure("messages from \(bodies[first].name) were not taken")
            }
        }
        return bodies
    }

    /// The line-end rule of imports: a bare LF becomes CRLF, and nothing else changes.
    private static func withCRLF(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 30)
        var last: UInt8 = 0
        for byte in bytes {
            if byte == 10, last != 13 { output.append(13) }
            output.append(byte)
            last = byte
        }
        return output
    }

    private mutating func check(_ response: IMAPResponse, _ bodies: [Corpus.Message]) {
        guard let items = FetchItems(response.bytes) else {
            problems.append("cannot be read: \(response.text.prefix(300))")
            return
        }
        guard let uid = items["UID"]?.count, bodies.indices.contains(uid - 1) else { return }
        fetched += 1
        let message = bodies[uid - 1]
        if items["BODY[]"] != .string(message.bytes) {
            problems.append("\(message.name): other bytes came back")
        }
        if items["RFC822.SIZE"]?.count != message.bytes.count {
            problems.append("\(message.name): RFC822.SIZE")
        }
        if items["ENVELOPE"].map(WireRules.isEnvelope) != true {
            problems.append("\(message.name): ENVELOPE")
        }
        let parts = items["BODY"].flatMap { WireRules.parts($0, isExtended: false) }
        let extended = items["BODYSTRUCTURE"].flatMap { WireRules.parts($0, isExtended: true) }
        if parts == nil || parts?.map(\.type) != extended?.map(\.type) {
            problems.append("\(message.name): BODY or BODYSTRUCTURE")
        }
    }
}

/// The items of a FETCH response, read with the rules for values that the MIME tests use: nothing
/// may be between them but one space.
private struct FetchItems {
    private var items: [String: WireValue] = [:]

    // * 12 FETCH (UID 12 RFC822.SIZE 345 …)
    init?(_ bytes: [UInt8]) {
        guard let open = bytes.firstIndex(of: UInt8(ascii: "(")), bytes.last == UInt8(ascii: ")")
        else { return nil }
        var position = open + 1
        while position < bytes.count {
            guard let space = bytes[position...].firstIndex(of: UInt8(ascii: " ")) else {
                return nil
            }
            let name = String(decoding: bytes[position..<space], as: UTF8.self)
            guard let (value, end) = WireValue.first(in: bytes, at: space + 1) else { return nil }
            items[name] = value
            guard end < bytes.count - 1 else { return }
            guard bytes[end] == UInt8(ascii: " ") else { return nil }
            position = end + 1
        }
    }

    subscript(name: String) -> WireValue? { items[name] }
}
