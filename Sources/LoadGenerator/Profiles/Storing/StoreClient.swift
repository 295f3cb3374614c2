/// Sets \Flagged on one run of messages after another, then takes it away again, and so on.
final class StoreClient: Client {
    private let window: Int
    /// The first UIDs of the runs that are this client's own.
    private let starts: [Int]
    private var place = 0
    private var isSetting = true
    private var received = 0

    /// - Parameters:
    ///   - starts: where runs start; no other client changes these messages.
    ///   - window: messages in a run.
    init(starts: [Int], window: Int) {
        self.starts = starts
        self.window = window
    }

    private var first: Int { starts[place] }

    func issue(_ session: Session) -> Bool {
        received = 0
        session.output.append("UID STORE ")
        session.output.append(decimal: first)
        if window > 1 {
            session.output.append(":")
            session.output.append(decimal: first + window - 1)
        }
        session.output.append(isSetting ? " +FLAGS (\\Flagged)\r\n" : " -FLAGS (\\Flagged)\r\n")
        return true
    }

    /// Other clients' changes may be told of in between; ours must be told, and be right.
    func receive(_ response: Response, _ session: Session) throws(WrongAnswer) {
        guard case .fetch(let message) = response.kind else { return }
        var items = response.fetchItems
        var uid = message
        var isFlagged: Bool?
        while let item = items.next() {
            if item.isNamed("UID") { uid = item.number ?? 0 }
            if item.isNamed("FLAGS") { isFlagged = item.value.position(of: "\\Flagged") != nil }
        }
        guard items.endedWell, uid == message, let isFlagged else {
            throw WrongAnswer("UID and FLAGS", response)
        }
        guard (first..<first + window).contains(uid) else { return }
        guard isFlagged == isSetting else {
            throw WrongAnswer("\\Flagged to be \(isSetting)", response)
        }
        received += 1
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        guard received == window else {
            throw WrongAnswer("the new flags of \(window) messages, not of \(received)", response)
        }
        place += 1
        if place == starts.count {
            place = 0
            isSetting.toggle()
        }
        return true
    }
}
