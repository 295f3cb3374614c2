/// Fetches windows of a message list at random places, and checks every message of each.
final class FetchListClient: Client {
    private let items: ListItems
    private let mailbox: MailboxNeed
    private let window: Int
    private var random: Random
    private var first = 1
    private var received = 0
    private var sumOfUIDs = 0
    private let expectedID = ByteQueue(capacity: 64)

    /// A message in this many is looked at more closely.
    private static let closerLookEvery = 16

    init(_ items: ListItems, of mailbox: MailboxNeed, window: Int, seed: UInt64) {
        self.items = items
        self.mailbox = mailbox
        self.window = min(window, mailbox.count)
        random = Random(seed: seed)
    }

    func issue(_ session: Session) -> Bool {
        first = 1 + random.below(mailbox.count - window + 1)
        received = 0
        sumOfUIDs = 0
        session.output.append("UID FETCH ")
        session.output.append(decimal: first)
        session.output.append(":")
        if window == mailbox.count {
            session.output.append("*")
        } else {
            session.output.append(decimal: first + window - 1)
        }
        session.output.append(byte: 0x20)
        session.output.append(items.request)
        session.output.append("\r\n")
        return true
    }

    func receive(_ response: Response, _ session: Session) throws(WrongAnswer) {
        guard case .fetch(let message) = response.kind else { return }
        if items == .flags, let found = response.flagsOfUID {
            return try receive(found, message, response)
        }
        var found = FoundItems()
        var fetched = response.fetchItems
        while let item = fetched.next() { found.note(item) }
        guard fetched.endedWell, found.holds(items) else {
            throw WrongAnswer("\(items)", response)
        }
        try count(found.uid, message, response)
        if found.uid % FetchListClient.closerLookEvery == 0 { try lookCloser(found, response) }
    }

    private func receive(
        _ found: FlagsOfUID, _ message: Int, _ response: Response
    ) throws(WrongAnswer) {
        try count(found.uid, message, response)
        guard found.uid % FetchListClient.closerLookEvery == 0 else { return }
        try expect(isSeen: found.isSeen, of: found.uid, response)
    }

    private func count(_ uid: Int, _ message: Int, _ response: Response) throws(WrongAnswer) {
        guard uid >= first, uid < first + window, message == uid else {
            throw WrongAnswer("a message of \(first):\(first + window - 1)", response)
        }
        received += 1
        sumOfUIDs += uid
    }

    private func expect(
        isSeen: Bool, of uid: Int, _ response: Response
    ) throws(WrongAnswer) {
        if isSeen == Letters.isUnseen(uid) {
            throw WrongAnswer("\\Seen to be \(!isSeen)", response)
        }
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        guard received == window, sumOfUIDs == window * (2 * first + window - 1) / 2 else {
            throw WrongAnswer("each of \(window) messages once, not \(received)", response)
        }
        return true
    }

    /// Whether these are the items of that very letter.
    private func lookCloser(_ found: FoundItems, _ response: Response) throws(WrongAnswer) {
        if let size = found.size, size != mailbox.letters.size(of: found.uid) {
            throw WrongAnswer("a size of \(mailbox.letters.size(of: found.uid))", response)
        }
        if let isSeen = found.isSeen { try expect(isSeen: isSeen, of: found.uid, response) }
        guard let text = found.envelope ?? found.header else { return }
        expectedID.truncate(to: 0)
        mailbox.letters.writeMessageID(found.uid, to: expectedID)
        guard text.position(of: expectedID.bytes) != nil else {
            throw WrongAnswer("the Message-ID of letter \(found.uid)", response)
        }
    }
}

/// What a mail program asks of each message for its list.
enum ListItems {
    case flags
    case envelopes
    case headers

    var request: StaticString {
        switch self {
        case .flags: "(FLAGS)"
        case .envelopes: "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)"
        case .headers:
            """
            (UID BODY.PEEK[HEADER.FIELDS (FROM TO CC SUBJECT DATE MESSAGE-ID REFERENCES)])
            """
        }
    }
}

/// What one FETCH response held.
struct FoundItems {
    private(set) var uid = 0
    private(set) var size: Int?
    private(set) var flags: UnsafeRawBufferPointer?
    private(set) var hasInternalDate = false
    private(set) var envelope: UnsafeRawBufferPointer?
    private(set) var header: UnsafeRawBufferPointer?
    private(set) var body: UnsafeRawBufferPointer?

    var isSeen: Bool? { flags.map { $0.position(of: "\\Seen") != nil } }

    mutating func note(_ item: FetchItems.Item) {
        switch item.name.first {
        case 0x55 where item.isNamed("UID"): uid = item.number ?? 0
        case 0x46 where item.isNamed("FLAGS"): flags = item.value
        case 0x52 where item.isNamed("RFC822.SIZE"): size = item.number
        case 0x49 where item.isNamed("INTERNALDATE"): hasInternalDate = item.value.count == 26
        case 0x45 where item.isNamed("ENVELOPE"): envelope = item.value
        case 0x42 where item.name.has("BODY[HEADER.FIELDS (", at: 0): header = item.value
        case 0x42 where item.isNamed("BODY[]"): body = item.value
        default: break
        }
    }

    func holds(_ items: ListItems) -> Bool {
        switch items {
        case .flags: uid > 0 && flags?.first == 0x28
        case .envelopes:
            uid > 0 && flags?.first == 0x28 && size != nil && hasInternalDate
                && envelope.map { $0.count > 60 && $0[0] == 0x28 } ?? false
        case .headers: uid > 0 && header.map { $0.count > 60 } ?? false
        }
    }
}
