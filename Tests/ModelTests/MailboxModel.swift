/// A mailbox as the RFC describes it: an array of messages, and nothing else.
struct MailboxModel {
    struct Message: Hashable {
        let uid: UInt32
        /// What `BODY[TEXT]` gives; no two messages that were appended share it.
        let text: String
        var flags: Set<String>
        /// Grows with every change of the flags: what MODSEQ stands for.
        var version = 0
    }

    /// The last one, of a deleted mailbox.
    var name: String
    /// Deleted, though some session may have it open still: RFC 2180 §3.2.
    var isDeleted = false
    private(set) var messages: [Message] = []
    /// Expunged, by UID: some session may not have been told yet.
    private(set) var ghosts: [UInt32: Message] = [:]
    private(set) var nextUID: UInt32 = 1

    init(name: String) { self.name = name }

    subscript(uid: UInt32) -> Message? { messages.first { $0.uid == uid } }

    func ghost(_ uid: UInt32) -> Message? { ghosts[uid] }

    /// - Returns: its UID.
    @discardableResult
    mutating func append(_ text: String, flags: Set<String>) -> UInt32 {
        messages.append(Message(uid: nextUID, text: text, flags: flags))
        defer { nextUID += 1 }
        return nextUID
    }

    enum FlagChange: String, CaseIterable {
        case replace = "FLAGS"
        case add = "+FLAGS"
        case remove = "-FLAGS"
    }

    mutating func change(_ flags: Set<String>, _ change: FlagChange, of uid: UInt32) {
        guard let index = messages.firstIndex(where: { $0.uid == uid }) else { return }
        let before = messages[index].flags
        switch change {
        case .replace: messages[index].flags = flags
        case .add: messages[index].flags.formUnion(flags)
        case .remove: messages[index].flags.subtract(flags)
        }
        if messages[index].flags != before { messages[index].version += 1 }
    }

    mutating func expunge(where isDoomed: (Message) -> Bool) {
        for message in messages where isDoomed(message) { ghosts[message.uid] = message }
        messages.removeAll(where: isDoomed)
    }

    /// Ghosts that nobody can see any more.
    mutating func forgetGhosts(besides wanted: Set<UInt32>) {
        ghosts = ghosts.filter { wanted.contains($0.key) }
    }
}
