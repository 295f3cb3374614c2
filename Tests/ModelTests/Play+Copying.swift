import MailModel
import MailTesting

/// COPY and MOVE: RFC 2180 §4.4.
extension Play {
    /// Ghosts are copied too, if policy says so, but nobody can take away what is gone already.
    mutating func copy(_ player: Int, moves: Bool) throws {
        guard let mailbox = players[player].mailbox, let chosen = choose(player) else {
            return try noop(player)
        }
        let name = someName()
        guard !isFull(name) else { return try noop(player) }
        let answer = try players[player].say(
            "\(chosen.prefix)\(moves ? "MOVE" : "COPY") \(chosen.set) \(name)",
            allowsExpunge: true)
        guard !moves || !players[player].isReadOnly else {
            return try expect(answer.condition == "NO", "MOVE out of a mailbox that is examined")
        }
        if let code = refusal(ofTaking: chosen, to: name, player, moves: moves) {
            try expectRefused(answer, code, "\(moves ? "MOVE" : "COPY") to \(name)")
        } else if let destination = names.live[name] {
            try take(chosen, from: mailbox, to: destination, answer, moves: moves)
        }
        try expectKnowsMailbox(player, "after COPY or MOVE")
    }

    private func refusal(
        ofTaking chosen: Chosen, to name: String, _ player: Int, moves: Bool
    ) -> String? {
        guard let mailbox = players[player].mailbox else { return nil }
        let live = chosen.uids.count { mailboxes[mailbox][$0] != nil }
        if live < chosen.uids.count, answers(.refuseCopy) || (moves && live == 0) {
            return "EXPUNGEISSUED"
        }
        if names.live[name] == nil { return codeOfMissingDestination(name) }
        return moves && mustKeep(mailbox, player) ? "INUSE" : nil
    }

    private mutating func take(
        _ chosen: Chosen, from mailbox: Int, to destination: Int, _ answer: Player.Answer,
        moves: Bool
    ) throws {
        let sources = chosen.uids.sorted().compactMap { uid in
            mailboxes[mailbox][uid] ?? (moves ? nil : mailboxes[mailbox].ghost(uid))
        }
        try expect(answer.condition == "OK", "COPY is OK: \(answer.code ?? "")")
        let new = sources.map { mailboxes[destination].append($0.text, flags: $0.flags) }
        let code = moves ? answer.untaggedCodes.first : answer.code
        try expect(
            CopiedUIDs(code)?.pairs == zip(sources.map(\.uid), new).map { [$0, $1] },
            "COPYUID says \(code ?? "nothing"), not \(sources.map(\.uid)) to \(new)")
        guard moves else { return }
        let gone = Set(sources.map(\.uid))
        mailboxes[mailbox].expunge { gone.contains($0.uid) }
    }
}

/// `COPYUID validity source destination`: RFC 4315 §3.
private struct CopiedUIDs {
    /// Source and destination.
    let pairs: [[UInt32]]

    init?(_ code: String?) {
        let words = code?.split(separator: " ") ?? []
        guard words.count == 4, words[0] == "COPYUID" else { return nil }
        let source = CopiedUIDs.expanded(words[2])
        let destination = CopiedUIDs.expanded(words[3])
        guard source.count == destination.count else { return nil }
        pairs = zip(source, destination).map { [$0, $1] }
    }

    private static func expanded(_ set: Substring) -> [UInt32] {
        set.split(separator: ",").flatMap { range -> [UInt32] in
            let ends = range.split(separator: ":").compactMap { UInt32($0) }
            guard let first = ends.first, let last = ends.last, first <= last else { return [] }
            return Array(first...last)
        }
    }
}
