import MailTesting

/// FETCH and SEARCH.
extension Play {
    /// RFC 2180 §4.1.1: every message the client knows of is there, gone or not.
    mutating func fetch(_ player: Int) throws {
        guard let mailbox = players[player].mailbox, let chosen = choose(player) else {
            return try noop(player)
        }
        let marks = random.next(below: 3) == 0
        let answer = try players[player].say(
            "\(chosen.prefix)FETCH \(chosen.set) (UID FLAGS BODY\(marks ? "" : ".PEEK")[TEXT])",
            allowsExpunge: chosen.usesUIDs)
        try expect(answer.condition == "OK", "FETCH is OK")
        if marks, !players[player].isReadOnly {
            for uid in chosen.uids { mailboxes[mailbox].change(["\\Seen"], .add, of: uid) }
        }
        let fetched = answer.fetched.filter { $0.items.text != nil }
        try expect(
            fetched.map(\.items.uid) == chosen.uids, "FETCH shows just what it was asked for")
        for item in fetched.map(\.items) {
            let uid = item.uid ?? 0
            let message = mailboxes[mailbox][uid] ?? mailboxes[mailbox].ghost(uid)
            try expect(
                item.text == message?.text,
                "UID \(uid) has \(item.text ?? "nothing"), not \(message?.text ?? "nothing")")
            try expect(
                item.flags?.subtracting(["\\Recent"]) == message?.flags,
                "UID \(uid) has \(item.flags ?? []), not \(message?.flags ?? [])")
        }
    }

    /// RFC 2180 §4.3: what is gone is not found.
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
            guard let message = mailboxes[mailbox][uid], matches(message) else { continue }
            expected.append(usesUIDs ? uid : UInt32(index + 1))
        }
        try expect(
            answer.found == expected,
            "SEARCH \(key) found \(answer.found ?? []), not \(expected)")
    }
}
