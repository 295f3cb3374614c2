/// One connection of a mail program, alone in its folder: knows what is there, and holds every answer
/// against it.
final class MixedDayClient: Client {
    static let letters = Letters(sizes: 2048...16_384)

    private let folder: [UInt8]
    private let newLetters: NumberedLetters
    private let prepared: Int
    private var random: Random
    private var letterNumber: Int
    private var append: AppendCommand?
    /// The UIDs of the folder, by message number.
    private var uids: [Int]
    private var nextUID: Int
    private var unseen: Set<Int>

    private var errand: Errand?
    /// The message that the errand is about, and those that follow from it.
    private var uid = 0
    private var isMarking = false
    /// Message numbers that the errand asked for.
    private var window = 1..<1
    private var received = 0

    /// Numbers for the letters of one connection: no two connections write the same letter.
    private static let lettersOfConnection = 10_000_000

    init(folder: String, count: Int, newLetters: NumberedLetters, number: Int) {
        self.folder = Array(folder.utf8)
        self.newLetters = newLetters
        prepared = count
        random = Random(seed: UInt64(number + 1))
        letterNumber = number * MixedDayClient.lettersOfConnection
        uids = Array(1...count)
        nextUID = count + 1
        unseen = Set((1...count).filter(Letters.isUnseen))
    }

    func issue(_ session: Session) -> Bool {
        let errand = Errand.next(after: errand, &random)
        self.errand = errand
        received = 0
        window = 1..<1
        write(errand, session)
        return true
    }

    func resume(_ session: Session) throws(WrongAnswer) { try append?.resume(session) }

    func receive(_ response: Response, _ session: Session) throws(WrongAnswer) {
        switch response.kind {
        case .exists(let count):
            guard count <= uids.count + 1 else {
                throw WrongAnswer("\(uids.count) messages, or one more", response)
            }
            if count > uids.count {
                uids.append(nextUID)
                nextUID += 1
            }
        case .expunge(let message):
            guard errand == .expunge, uids[message - 1] == uid else {
                throw WrongAnswer("EXPUNGE of UID \(uid) only", response)
            }
            unseen.remove(uids.remove(at: message - 1))
            received += 1
        case .fetch(let message): try receive(fetchOf: message, response)
        case .search: try receive(search: response)
        case .status:
            guard errand == .status, MailboxStatus(response) != nil else {
                throw WrongAnswer("no STATUS, or a whole one", response)
            }
            received += 1
        default: break
        }
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        guard received == expectedResponses else {
            throw WrongAnswer("\(expectedResponses) answers, not \(received)", response)
        }
        if errand == .copy, session.traits.hasUIDPlus,
            response.bytes.position(of: "[COPYUID ") == nil
        {
            throw WrongAnswer("COPYUID", response)
        }
        if errand == .seen {
            if isMarking { unseen.remove(uid) } else { unseen.insert(uid) }
        }
        return true
    }

    private var expectedResponses: Int {
        switch errand {
        case .noop, .copy, .send, .deliver, nil: 0
        case .status, .body, .seen, .delete, .expunge, .search: 1
        case .flags, .envelopes: window.count
        }
    }
}

extension MixedDayClient {
    private func write(_ errand: Errand, _ session: Session) {
        let output = session.output
        switch errand {
        case .noop: output.append("NOOP\r\n")
        case .status:
            output.append("STATUS ")
            let folders = [MixedDayProfile.sent, MixedDayProfile.trash] + MixedDayProfile.folders
            output.append(Array(folders[random.below(folders.count)].utf8))
            output.append(" (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)\r\n")
        case .flags:
            window = max(1, uids.count - 99)..<uids.count + 1
            about("UID FETCH ", uids[window.lowerBound - 1], ":* (FLAGS)\r\n", output)
        case .envelopes: writeEnvelopes(output)
        case .body:
            uid = uids[random.below(uids.count)]
            about("UID FETCH ", uid, " (BODY.PEEK[])\r\n", output)
        case .seen:
            uid = uids[random.below(uids.count)]
            isMarking = unseen.contains(uid)
            about(
                "UID STORE ", uid, isMarking ? " +FLAGS (\\Seen)\r\n" : " -FLAGS (\\Seen)\r\n",
                output)
        case .copy:
            uid = uids[random.below(uids.count)]
            about("UID COPY ", uid, " ", output)
            output.append(Array(MixedDayProfile.trash.utf8))
            output.append("\r\n")
        case .delete: about("UID STORE ", uid, " +FLAGS (\\Deleted)\r\n", output)
        case .expunge:
            guard session.traits.hasUIDPlus else { return output.append("EXPUNGE\r\n") }
            about("UID EXPUNGE ", uid, "\r\n", output)
        case .send: writeAppend(to: Array(MixedDayProfile.sent.utf8), session)
        case .deliver: writeAppend(to: folder, session)
        case .search: output.append("UID SEARCH UNSEEN\r\n")
        }
    }

    private func about(
        _ before: StaticString, _ uid: Int, _ after: StaticString, _ output: ByteQueue
    ) {
        output.append(before)
        output.append(decimal: uid)
        output.append(after)
    }

    private func writeEnvelopes(_ output: ByteQueue) {
        let count = min(50, uids.count)
        let first = 1 + random.below(uids.count - count + 1)
        window = first..<first + count
        output.append("FETCH ")
        output.append(decimal: window.lowerBound)
        output.append(":")
        output.append(decimal: window.upperBound - 1)
        output.append(" (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)\r\n")
    }

    private func writeAppend(to mailbox: [UInt8], _ session: Session) {
        letterNumber += 1
        append = AppendCommand(
            to: mailbox, messages: letterNumber..<letterNumber + 1, from: newLetters,
            session: session)
    }

    private func receive(fetchOf message: Int, _ response: Response) throws(WrongAnswer) {
        guard (1...uids.count).contains(message) else {
            throw WrongAnswer("one of \(uids.count) messages", response)
        }
        var found = FoundItems()
        var items = response.fetchItems
        while let item = items.next() { found.note(item) }
        guard items.endedWell, found.uid == uids[message - 1] else {
            throw WrongAnswer("UID \(uids[message - 1])", response)
        }
        switch errand {
        case .flags, .envelopes:
            let wanted: ListItems = errand == .flags ? .flags : .envelopes
            guard window.contains(message), found.holds(wanted),
                found.isSeen == !unseen.contains(found.uid)
            else { throw WrongAnswer("\(wanted) as they are", response) }
            received += 1
        case .body where found.uid == uid:
            let size = uid <= prepared ? MixedDayClient.letters.size(of: uid) : 4096
            guard found.body?.count == size else {
                throw WrongAnswer("a body of \(size) bytes", response)
            }
            received += 1
        case .seen where found.uid == uid:
            guard found.isSeen == isMarking else {
                throw WrongAnswer("\\Seen to be \(isMarking)", response)
            }
            received += 1
        case .delete where found.uid == uid: received += 1
        default: throw WrongAnswer("no FETCH response now", response)
        }
    }

    private func receive(search response: Response) throws(WrongAnswer) {
        var cursor = Cursor(response.bytes, at: 8)
        var hits = 0
        while cursor.skip(0x20), let hit = cursor.number() {
            guard unseen.contains(hit) else { throw WrongAnswer("UID \(hit) to be seen", response) }
            hits += 1
        }
        guard errand == .search, hits == unseen.count else {
            throw WrongAnswer("\(unseen.count) hits, not \(hits)", response)
        }
        received += 1
    }
}
