import MailTesting

/// Changing messages.
extension Play {
    private static let systemFlags = [
        "\\Seen", "\\Deleted", "\\Answered", "\\Flagged", "\\Draft", "\\Deleted",
    ]

    private mutating func someFlags() -> Set<String> {
        var flags: Set<String> = []
        for _ in 0..<random.next(below: 3) {
            flags.insert(random.pick(Play.systemFlags) ?? "\\Seen")
        }
        // Mostly few keywords, seldom one of many: the mailbox's table grows.
        if random.next(below: 5) == 0 { flags.insert("k\(random.next(below: 4))") }
        if random.next(below: 60) == 0 { flags.insert("k\(random.next(below: 70))") }
        return flags
    }

    mutating func append(_ player: Int) throws {
        let mailbox = random.next(below: mailboxes.count)
        let flags = someFlags()
        let text = "text \(step)"
        let message = "Subject: \(step)\r\n\r\n\(text)"
        let list = flags.sorted().joined(separator: " ")
        let answer = try players[player].say(
            "APPEND \(mailboxes[mailbox].name) (\(list)) {\(message.utf8.count)}",
            allowsExpunge: true, literal: message)
        let uid = mailboxes[mailbox].append(text, flags: flags)
        try expect(
            answer.condition == "OK" && answer.code?.hasSuffix(" \(uid)") == true,
            "APPENDUID is \(uid)")
        if players[player].mailbox == mailbox { try expectKnowsMailbox(player, "after APPEND") }
    }

    /// What a command names: messages of the client's own list, as numbers or UIDs.
    struct Chosen {
        let set: String
        let uids: [UInt32]
        let usesUIDs: Bool
        var prefix: String { usesUIDs ? "UID " : "" }
    }

    mutating func choose(_ player: Int) -> Chosen? {
        let messages = players[player].client.messages
        let indices = random.some(of: Array(messages.indices))
        guard !indices.isEmpty else { return nil }
        let uids = indices.compactMap { messages[$0].uid }
        let usesUIDs = random.next(below: 2) == 0
        var numbers = usesUIDs ? uids : indices.map { UInt32($0 + 1) }
        // A UID that no message has is no error: RFC 3501 §6.4.8.
        if usesUIDs, random.next(below: 5) == 0 { numbers.append(4_000_000_000) }
        return Chosen(
            set: numbers.map(String.init).joined(separator: ","), uids: uids, usesUIDs: usesUIDs)
    }

    /// RFC 2180 §4.2.1–3: what remains is changed; the answer is NO when it should have shown flags of
    /// what does not.
    mutating func store(_ player: Int) throws {
        guard let mailbox = players[player].mailbox, let chosen = choose(player) else {
            return try noop(player)
        }
        let change = random.pick(MailboxModel.FlagChange.allCases) ?? .add
        let flags = someFlags()
        let isSilent = random.next(below: 3) == 0
        let list = flags.sorted().joined(separator: " ")
        let answer = try players[player].say(
            "\(chosen.prefix)STORE \(chosen.set) \(change.rawValue)\(isSilent ? ".SILENT" : "") "
                + "(\(list))", allowsExpunge: chosen.usesUIDs)
        guard !players[player].isReadOnly else {
            return try expect(answer.condition == "NO", "STORE into a mailbox that is examined")
        }
        let live = chosen.uids.filter { mailboxes[mailbox][$0] != nil }
        for uid in live { mailboxes[mailbox].change(flags, change, of: uid) }
        if live.count == chosen.uids.count || (isSilent && !live.isEmpty) {
            try expect(answer.condition == "OK", "STORE \(chosen.set) is OK")
        }
        if !isSilent { try expectShown(live, by: answer, player) }
        if isSilent { note(change, flags, of: live, by: player) }
    }

    /// A client that stores silently works out for itself what that does: RFC 3501 §6.4.6. It cannot
    /// know what others did meanwhile; then the server tells it, sooner or later.
    private mutating func note(
        _ change: MailboxModel.FlagChange, _ flags: Set<String>, of uids: [UInt32], by player: Int
    ) {
        players[player].client.apply(uids) { known in
            switch change {
            case .replace: flags
            case .add: known.union(flags)
            case .remove: known.subtracting(flags)
            }
        }
    }

    /// Each of the messages was shown with the flags it has now.
    func expectShown(_ uids: [UInt32], by answer: Player.Answer, _ player: Int) throws {
        guard let mailbox = players[player].mailbox else { return }
        let client = players[player].client
        for uid in uids {
            guard let message = mailboxes[mailbox][uid] else { continue }
            let known = client.messages.first { $0.uid == uid }
            try expect(
                known?.flags == message.flags,
                "UID \(uid) was shown with \(known?.flags ?? []), not \(message.flags)")
        }
    }

    /// RFC 7162 §3.1.3, on one message whose mod-sequence the client was told.
    mutating func conditionalStore(_ player: Int) throws {
        guard let mailbox = players[player].mailbox, !players[player].isReadOnly,
            let target = random.pick(players[player].client.messages), let uid = target.uid
        else { return }
        let asked = try players[player].say("UID FETCH \(uid) (MODSEQ)", allowsExpunge: true)
        let modSeq = asked.fetched.first { $0.items.uid == uid && $0.items.modSeq != nil }
        guard let since = modSeq?.items.modSeq, mailboxes[mailbox][uid] != nil else { return }
        try learn(player)
        let isStale = random.next(below: 2) == 0
        if isStale {
            _ = try players[player].say("UID STORE \(uid) +FLAGS (k0)", allowsExpunge: true)
            _ = try players[player].say("UID STORE \(uid) -FLAGS (k0)", allowsExpunge: true)
            mailboxes[mailbox].change(["k0"], .remove, of: uid)
        }
        let answer = try players[player].say(
            "UID STORE \(uid) (UNCHANGEDSINCE \(since)) +FLAGS (\\Flagged)", allowsExpunge: true)
        try expect(answer.condition == "OK", "a conditional STORE is OK: \(answer.condition)")
        try expect(
            (answer.code == "MODIFIED \(uid)") == isStale, "MODIFIED iff it was: \(isStale)")
        if !isStale { mailboxes[mailbox].change(["\\Flagged"], .add, of: uid) }
    }

    mutating func expunge(_ player: Int) throws {
        guard let mailbox = players[player].mailbox else { return }
        let answer = try players[player].say("EXPUNGE", allowsExpunge: true)
        guard !players[player].isReadOnly else {
            return try expect(answer.condition == "NO", "EXPUNGE in a mailbox that is examined")
        }
        try expect(answer.condition == "OK", "EXPUNGE is OK")
        mailboxes[mailbox].expunge { $0.flags.contains("\\Deleted") }
        try expectKnowsMailbox(player, "after EXPUNGE")
    }

    mutating func uidExpunge(_ player: Int) throws {
        guard let mailbox = players[player].mailbox, !players[player].isReadOnly else { return }
        let uids = Set(random.some(of: players[player].client.uids))
        guard !uids.isEmpty else { return }
        let set = uids.sorted().map(String.init).joined(separator: ",")
        let answer = try players[player].say("UID EXPUNGE \(set)", allowsExpunge: true)
        try expect(answer.condition == "OK", "UID EXPUNGE is OK")
        mailboxes[mailbox].expunge { uids.contains($0.uid) && $0.flags.contains("\\Deleted") }
        try expectKnowsMailbox(player, "after UID EXPUNGE")
    }

    /// Gets rid of most messages.
    mutating func clear(_ player: Int) throws {
        guard let mailbox = players[player].mailbox, !players[player].isReadOnly,
            players[player].client.messages.count > 4
        else { return }
        let last = players[player].client.messages.count - 4
        let doomed = players[player].client.messages[0..<last].compactMap(\.uid)
        _ = try players[player].say(
            "STORE 1:\(last) +FLAGS (\\Deleted)", allowsExpunge: false)
        for uid in doomed { mailboxes[mailbox].change(["\\Deleted"], .add, of: uid) }
        try learn(player)
        try expunge(player)
    }

    /// RFC 2180 §4.4.2: ghosts are copied too, but nobody can take away what is gone already.
    mutating func copy(_ player: Int, moves: Bool) throws {
        guard let mailbox = players[player].mailbox, let chosen = choose(player) else {
            return try noop(player)
        }
        let destination = random.next(below: mailboxes.count)
        let answer = try players[player].say(
            "\(chosen.prefix)\(moves ? "MOVE" : "COPY") \(chosen.set) "
                + mailboxes[destination].name, allowsExpunge: true)
        guard !moves || !players[player].isReadOnly else {
            return try expect(answer.condition == "NO", "MOVE out of a mailbox that is examined")
        }
        let sources = chosen.uids.sorted().compactMap { uid in
            mailboxes[mailbox][uid] ?? (moves ? nil : mailboxes[mailbox].ghost(uid))
        }
        guard !sources.isEmpty else {
            return try expect(answer.condition == "NO", "there is nothing left to move")
        }
        try expect(answer.condition == "OK", "COPY is OK")
        let new = sources.map {
            mailboxes[destination].append($0.text, flags: $0.flags)
        }
        let code = moves ? answer.untaggedCodes.first : answer.code
        try expect(
            CopiedUIDs(code)?.pairs == zip(sources.map(\.uid), new).map { [$0, $1] },
            "COPYUID says \(code ?? "nothing"), not \(sources.map(\.uid)) to \(new)")
        if moves {
            let gone = Set(sources.map(\.uid))
            mailboxes[mailbox].expunge { gone.contains($0.uid) }
        }
        try expectKnowsMailbox(player, "after COPY or MOVE")
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
