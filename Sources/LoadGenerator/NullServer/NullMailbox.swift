/// A mailbox in memory; all sessions that have it selected share it.
final class NullMailbox {
    /// Flags as bits.
    static let seen: UInt8 = 1
    static let flagged: UInt8 = 2
    static let deleted: UInt8 = 4

    private(set) var uids: [UInt32] = []
    private(set) var flags: [UInt8] = []
    private var bodies: [[UInt8]] = []
    private var envelopes: [[UInt8]] = []
    private var headers: [[UInt8]] = []
    private(set) var nextUID: UInt32 = 1
    /// UIDs in the order they were expunged: each connection knows how far it has told of them.
    private(set) var expunged: [UInt32] = []
    private(set) var unseen = 0
    /// Connections in IDLE, which want to hear of changes.
    var idlers: [NullConnection] = []

    func append(_ body: [UInt8], flags: UInt8) -> UInt32 {
        defer { nextUID += 1 }
        uids.append(nextUID)
        self.flags.append(flags)
        bodies.append(body)
        envelopes.append([])
        headers.append([])
        if flags & NullMailbox.seen == 0 { unseen += 1 }
        return nextUID
    }

    /// Where the message is in the arrays; nil when it was expunged.
    func index(of uid: UInt32) -> Int? { position(of: uid, in: uids) }

    func body(_ index: Int) -> [UInt8] { bodies[index] }

    /// The ENVELOPE's text, made at the first call.
    func envelope(_ index: Int) -> [UInt8] {
        if envelopes[index].isEmpty { envelopes[index] = HeaderText(bodies[index]).envelope }
        return envelopes[index]
    }

    /// The header fields that lists are made of, picked out at the first call.
    func header(_ index: Int) -> [UInt8] {
        if headers[index].isEmpty {
            headers[index] = HeaderText(bodies[index]).fields([
                "From: ", "To: ", "Cc: ", "Subject: ", "Date: ", "Message-ID: ", "References:",
            ])
        }
        return headers[index]
    }

    func change(_ index: Int, set: UInt8, clear: UInt8) -> UInt8 {
        let before = flags[index]
        let after = (before | set) & ~clear
        unseen += Int(before & NullMailbox.seen) - Int(after & NullMailbox.seen)
        flags[index] = after
        return after
    }

    func expunge(where mustGo: (Int) -> Bool) {
        let kept = uids.indices.filter { !mustGo($0) }
        guard kept.count < uids.count else { return }
        for index in uids.indices where mustGo(index) {
            expunged.append(uids[index])
            if flags[index] & NullMailbox.seen == 0 { unseen -= 1 }
        }
        bodies = kept.map { bodies[$0] }
        envelopes = kept.map { envelopes[$0] }
        headers = kept.map { headers[$0] }
        flags = kept.map { flags[$0] }
        uids = kept.map { uids[$0] }
    }
}

/// Where a number stands in an ascending list; nil when it does not.
func position(of uid: UInt32, in list: [UInt32]) -> Int? {
    // Where nothing was expunged, a UID tells its own place.
    let guess = Int(uid) - 1
    if guess >= 0, guess < list.count, list[guess] == uid { return guess }
    var low = 0
    var high = list.count
    while low < high {
        let middle = (low + high) / 2
        if list[middle] < uid { low = middle + 1 } else { high = middle }
    }
    return low < list.count && list[low] == uid ? low : nil
}
