/// Follows one session as a careful client would, and sees where the server breaks its promises.
///
/// Knows only what that session was told: how many messages there are, and the UID of some numbers.
struct SessionWatch {
    private enum Place { case nowhere, opening, mailbox }

    private var place = Place.nowhere
    private var count = 0
    /// The UID of each message as told, by its place; nil where it was not.
    private var uids: [UInt32?] = []
    private var inProgress: [(tag: String, name: String)] = []
    private var saidBYE = false

    /// What one line of the dialogue breaks.
    mutating func take(_ event: Dialogue.Event) -> [Violation] {
        switch event {
        case .sent(let tag, let command): sent(tag, command)
        case .sentMore: return []
        case .silence: return [Violation(.unanswered, "No answer came")]
        case .connected: self = SessionWatch()
        case .ended:
            defer { self = SessionWatch() }
            return saidBYE
                ? []
                : [Violation(.closedWithoutBYE, "The server closed the connection, and no BYE")]
        case .received(let response): return received(response)
        }
        return []
    }

    private mutating func sent(_ tag: String, _ command: String) {
        let name = SessionWatch.name(of: command)
        inProgress.append((tag, name))
        if name == "SELECT" || name == "EXAMINE" {
            place = .opening
            (count, uids) = (0, [])
        }
    }

    /// `FETCH`, `UID FETCH`
    private static func name(of command: String) -> String {
        let words = command.split(separator: " ").map { $0.uppercased() }
        guard let first = words.first else { return "" }
        return first == "UID" && words.count > 1 ? "UID \(words[1])" : first
    }

    private mutating func received(_ response: Response) -> [Violation] {
        if case .tagged(let tag, let status) = response.kind {
            end(tag, status)
            return []
        }
        if response.name == "BYE" { saidBYE = true }
        guard place != .nowhere, let number = response.number else { return [] }
        switch response.name {
        case "EXISTS": return exists(number)
        case "EXPUNGE": return expunge(number)
        case "FETCH": return fetch(number, response)
        default: return []
        }
    }

    private mutating func end(_ tag: String, _ status: Response.Status) {
        guard let index = inProgress.firstIndex(where: { $0.tag == tag }) else { return }
        let name = inProgress.remove(at: index).name
        switch name {
        case "SELECT", "EXAMINE": place = status == .ok ? .mailbox : .nowhere
        case "CLOSE", "UNSELECT": if status == .ok { place = .nowhere }
        default: break
        }
    }

    // MARK: What is told of messages

    private mutating func exists(_ number: Int) -> [Violation] {
        defer {
            count = number
            if uids.count > number { uids.removeLast(uids.count - number) }
        }
        guard place == .mailbox, number < count else { return [] }
        return [
            Violation(.shrinkingCount, "EXISTS went from \(count) to \(number) without EXPUNGE")
        ]
    }

    private mutating func expunge(_ number: Int) -> [Violation] {
        var broken: [Violation] = []
        let forbidding = inProgress.first { ["FETCH", "STORE", "SEARCH"].contains($0.name) }
        if inProgress.isEmpty {
            broken.append(
                Violation(.expungeWithoutCommand, "EXPUNGE came while nothing was asked"))
        } else if let forbidding {
            broken.append(Violation(.expungeDuringFetch, "EXPUNGE came during \(forbidding.name)"))
        }
        guard (1...max(count, 1)).contains(number), count > 0 else {
            return broken + [
                Violation(.expungeOfNothing, "\(number) EXPUNGE, of \(count) messages")
            ]
        }
        count -= 1
        if uids.count >= number { uids.remove(at: number - 1) }
        return broken
    }

    private mutating func fetch(_ number: Int, _ response: Response) -> [Violation] {
        guard (1...max(count, 1)).contains(number), count > 0 else {
            return [Violation(.unknownNumber, "\(number) FETCH, of \(count) messages")]
        }
        guard let uid = response.fetchedUID else { return [] }
        while uids.count < number { uids.append(nil) }
        if let told = uids[number - 1] {
            guard told != uid else { return [] }
            uids[number - 1] = uid
            return [
                Violation(.shiftedNumber, "Message \(number) had UID \(told), and now \(uid)")
            ]
        }
        let other = uids.firstIndex(of: uid)
        uids[number - 1] = uid
        guard let other else { return [] }
        return [
            Violation(.shiftedNumber, "UID \(uid) was message \(other + 1), and is \(number) now")
        ]
    }
}
