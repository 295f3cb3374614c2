/// Appends letters of one size to a mailbox that is not selected, one after the other.
///
/// No two letters are the same: a server that keeps equal letters once must not gain by it.
final class AppendClient: Client {
    /// How many APPENDs were answered with OK.
    private(set) var appended = 0
    private let mailbox: [UInt8]
    private let letters: NumberedLetters
    private var number: Int
    private let step: Int
    private var command: AppendCommand?
    /// Of the last letter, where the server tells: UIDPLUS.
    private(set) var lastUID = 0

    /// - Parameters:
    ///   - client: its place among `clients`, which share one series of letters.
    init(mailbox: String, letters: NumberedLetters, client: Int = 0, of clients: Int = 1) {
        self.mailbox = Array(mailbox.utf8)
        self.letters = letters
        number = client
        step = clients
    }

    func issue(_ session: Session) -> Bool {
        number += step
        command = AppendCommand(
            to: mailbox, messages: number..<number + 1, from: letters, session: session)
        return true
    }

    func resume(_ session: Session) throws(WrongAnswer) { try command?.resume(session) }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        appended += 1
        guard session.traits.hasUIDPlus else { return true }
        guard let uid = appendedUID(response), uid > lastUID else {
            throw WrongAnswer("an APPENDUID with a UID above \(lastUID)", response)
        }
        lastUID = uid
        return true
    }
}

/// The UID of `[APPENDUID validity uid]`: RFC 4315 §3.
func appendedUID(_ response: Response) -> Int? {
    guard let code = response.bytes.position(of: "[APPENDUID ") else { return nil }
    var cursor = Cursor(response.bytes, at: code + 11)
    guard cursor.number() != nil, cursor.skip(0x20), let uid = cursor.number(), cursor.skip(0x5D)
    else { return nil }
    return uid
}
