import MailModel
import MailTesting

/// FETCH and SEARCH.
extension Play {
    /// RFC 2180 §4.1: what is gone is shown as it was (§4.1.1), left out (§4.1.2) or shown empty
    /// (§4.1.3); where nothing else was asked for, the latter two say only NO.
    mutating func fetch(_ player: Int) throws {
        guard let mailbox = players[player].mailbox, let chosen = choose(player) else {
            return try noop(player)
        }
        let marks = random.next(below: 3) == 0
        let answer = try players[player].say(
            "\(chosen.prefix)FETCH \(chosen.set) (UID FLAGS BODY\(marks ? "" : ".PEEK")[TEXT])",
            allowsExpunge: chosen.usesUIDs)
        if marks, !players[player].isReadOnly {
            for uid in chosen.uids { mailboxes[mailbox].change(["\\Seen"], .add, of: uid) }
        }
        let live = chosen.uids.filter { mailboxes[mailbox][$0] != nil }
        let isWhole = live.count == chosen.uids.count || answers(.serveGhosts)
        let isNo = !isWhole && (live.isEmpty || answers(.fetchRemaining))
        let shown = isNo ? live : chosen.uids
        try expect(
            answer.condition == (isNo ? "NO" : "OK")
                && answer.code == (isNo ? "EXPUNGEISSUED" : nil),
            "FETCH is \(answer.condition) [\(answer.code ?? "")], \(live.count) live")
        let fetched = answer.fetched.filter { $0.items.text != nil }.map(\.items)
        try expect(
            fetched.compactMap(\.uid).sorted() == shown.sorted() && fetched.count == shown.count,
            "FETCH shows just what it was asked for")
        for items in fetched { try check(items, in: mailbox) }
    }

    private func check(_ items: SpokenResponse.FetchedItems, in mailbox: Int) throws {
        let uid = items.uid ?? 0
        var wanted = mailboxes[mailbox][uid] ?? mailboxes[mailbox].ghost(uid)
        if mailboxes[mailbox][uid] == nil, answers(.answerNIL) {
            wanted = MailboxModel.Message(uid: uid, text: "", flags: [])
        }
        try expect(
            items.text == wanted?.text,
            "UID \(uid) has \(items.text ?? "nothing"), not \(wanted?.text ?? "nothing")")
        try expect(
            items.flags?.subtracting(["\\Recent"]) == wanted?.flags,
            "UID \(uid) has \(items.flags ?? []), not \(wanted?.flags ?? [])")
    }

    /// RFC 2180 §4.3: what is gone is not found, or found as it was.
    mutating func search(_ player: Int) throws {
        guard let mailbox = players[player].mailbox else { return }
        let keys: [(String, (MailboxModel.Message) -> Bool)] = [
            ("ALL", { _ in true }),
            ("DELETED", { $0.flags.contains("\\Deleted") }),
            ("UNSEEN", { !$0.flags.contains("\\Seen") }),
            ("KEYWORD k1", { $0.flags.contains("k1") }),
            ("NOT FLAGGED", { !$0.flags.contains("\\Flagged") }),
            (
                "OR ANSWERED DRAFT",
                { $0.flags.contains("\\Answered") || $0.flags.contains("\\Draft") }
            ),
        ]
        guard let (key, matches) = random.pick(keys) else { return }
        let usesUIDs = random.next(below: 2) == 0
        let shown = players[player].client.uids
        let answer = try players[player].say(
            usesUIDs ? "UID SEARCH \(key)" : "SEARCH \(key)", allowsExpunge: usesUIDs)
        try expect(answer.condition == "OK", "SEARCH is OK")
        var expected: [UInt32] = []
        for (index, uid) in shown.enumerated() {
            let ghost = answers(.includeGhosts) ? mailboxes[mailbox].ghost(uid) : nil
            guard let message = mailboxes[mailbox][uid] ?? ghost, matches(message) else {
                continue
            }
            expected.append(usesUIDs ? uid : UInt32(index + 1))
        }
        try expect(
            answer.found == expected,
            "SEARCH \(key) found \(answer.found ?? []), not \(expected)")
    }
}
