/// UID SEARCH in a mailbox of 100,000 messages over one connection; one operation is one command.
struct SearchProfile: Profile {
    let name: String
    let about: String
    let key: String
    /// Which letters are found.
    let isHit: @Sendable (Int) -> Bool

    func prepare(_ bench: Bench) throws {
        try LargeMailboxes.hundredThousand(bench).fulfil(in: bench)
    }

    func measure(_ bench: Bench) throws -> Measurement {
        let mailbox = LargeMailboxes.hundredThousand(bench)
        let hits = Letters.count(mailbox.count, where: isHit)
        var measurement = try measureRepetition(
            bench, in: mailbox, SearchClient(key: key, hits: hits, isHit: isHit))
        measurement.parameters.append(("hits", Double(hits)))
        return measurement
    }

    static let all = [
        SearchProfile(
            name: "search-flags-100k", about: "SEARCH UNSEEN in 100,000 messages", key: "UNSEEN",
            isHit: Letters.isUnseen),
        SearchProfile(
            name: "search-header-100k", about: "SEARCH SUBJECT in 100,000 messages",
            key: "SUBJECT \(Vocabulary.subjectWord)", isHit: Letters.hasSubjectWord),
        SearchProfile(
            name: "search-body-100k", about: "SEARCH BODY in 100,000 messages",
            key: "BODY \(Vocabulary.bodyWord)", isHit: Letters.hasBodyWord),
    ]
}

/// Searches for the same again and again, and checks every hit.
final class SearchClient: Client {
    private let command: [UInt8]
    private let hits: Int
    private let isHit: (Int) -> Bool
    private var found = 0

    init(key: String, hits: Int, isHit: @escaping (Int) -> Bool) {
        command = Array("UID SEARCH \(key)\r\n".utf8)
        self.hits = hits
        self.isHit = isHit
    }

    func issue(_ session: Session) -> Bool {
        found = 0
        session.output.append(command)
        return true
    }

    func receive(_ response: Response, _ session: Session) throws(WrongAnswer) {
        guard response.kind == .search else { return }
        var cursor = Cursor(response.bytes, at: 8)
        var last = 0
        while cursor.skip(0x20), let uid = cursor.number() {
            guard uid > last, isHit(uid) else {
                throw WrongAnswer("no hit at UID \(uid) behind \(last)", response)
            }
            last = uid
            found += 1
        }
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        guard found == hits else { throw WrongAnswer("\(hits) hits, not \(found)", response) }
        return true
    }
}
