/// What a mail program does from time to time, one command each.
enum Errand: Equatable {
    /// Asks for news.
    case noop
    /// Looks for new mail in another folder.
    case status
    /// Brings the flags of the last hundred messages up to date.
    case flags
    /// Scrolls the message list: fifty ENVELOPEs.
    case envelopes
    /// Opens a message.
    case body
    /// Marks a message as read, or as unread.
    case seen
    /// Throws a message away: first it is copied to Trash…
    case copy
    /// …then marked as deleted…
    case delete
    /// …then expunged.
    case expunge
    /// Files a message that was sent.
    case send
    /// Receives a message: another program's filter files it.
    case deliver
    /// Looks for what is unread.
    case search

    /// Of a hundred errands that are not the consequence of another.
    static let weights: [(errand: Errand, weight: Int)] = [
        (.noop, 22), (.status, 16), (.flags, 16), (.envelopes, 12), (.body, 15), (.seen, 10),
        (.copy, 2), (.send, 3), (.deliver, 2), (.search, 2),
    ]

    static func next(after last: Errand?, _ random: inout Random) -> Errand {
        if last == .copy { return .delete }
        if last == .delete { return .expunge }
        var place = random.below(weights.reduce(0) { $0 + $1.weight })
        for (errand, weight) in weights {
            if place < weight { return errand }
            place -= weight
        }
        return .noop
    }
}
