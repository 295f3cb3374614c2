/// A client that believes only what it was told: RFC 3501 §5.2, §7.3, §7.4.
struct ReferenceClient {
    struct Message: Equatable {
        var uid: UInt32?
        /// nil: not told yet. Without `\Recent`.
        var flags: Set<String>?
        var isRecent = false
        var modSeq: UInt64?
    }

    private(set) var messages: [Message] = []
    private(set) var recent = 0

    struct Lie: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    mutating func forgetMailbox() {
        messages = []
        recent = 0
    }

    var uids: [UInt32] { messages.compactMap(\.uid) }

    /// Sequence numbers of messages of which it does not know UID and flags yet.
    var unknown: ClosedRange<Int>? {
        guard let first = messages.firstIndex(where: { $0.uid == nil || $0.flags == nil }),
            let last = messages.lastIndex(where: { $0.uid == nil || $0.flags == nil })
        else { return nil }
        return first + 1...last + 1
    }

    /// - Parameter allowsExpunge: whether an EXPUNGE may come now.
    mutating func hear(_ response: SpokenResponse, allowsExpunge: Bool) throws {
        switch response {
        case .exists(let count): try hearExists(count)
        case .recent(let count): recent = count
        case .expunge(let number):
            guard allowsExpunge else { throw Lie("EXPUNGE where it is illegal") }
            guard messages.indices.contains(number - 1) else {
                throw Lie("EXPUNGE \(number) of \(messages.count) messages")
            }
            messages.remove(at: number - 1)
        case .fetch(let number, let items): try hearFetch(number, items)
        case .condition, .search, .other: break
        }
    }

    /// What the client works out for itself, of messages whose flags it knows.
    mutating func apply(_ uids: [UInt32], _ change: (Set<String>) -> Set<String>) {
        for index in messages.indices {
            guard let uid = messages[index].uid, uids.contains(uid),
                let flags = messages[index].flags
            else { continue }
            messages[index].flags = change(flags)
        }
    }

    private mutating func hearExists(_ count: Int) throws {
        guard count >= messages.count else {
            throw Lie("EXISTS \(count) after \(messages.count), without EXPUNGE")
        }
        while messages.count < count { messages.append(Message()) }
    }

    private mutating func hearFetch(
        _ number: Int, _ items: SpokenResponse.FetchedItems
    ) throws {
        guard messages.indices.contains(number - 1) else {
            throw Lie("FETCH \(number) of \(messages.count) messages")
        }
        if let uid = items.uid {
            if let known = messages[number - 1].uid, known != uid {
                throw Lie("message \(number) had UID \(known), now \(uid)")
            }
            messages[number - 1].uid = uid
        }
        if let flags = items.flags {
            messages[number - 1].flags = flags.subtracting(["\\Recent"])
            messages[number - 1].isRecent = flags.contains("\\Recent")
        }
        if let modSeq = items.modSeq { messages[number - 1].modSeq = modSeq }
    }
}
