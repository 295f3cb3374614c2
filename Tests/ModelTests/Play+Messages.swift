import MailModel
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
        let name = someName()
        guard !isFull(name) else { return try players[player].mailbox == nil ? () : noop(player) }
        let flags = someFlags()
        let text = "text \(step)"
        let message = "Subject: \(step)\r\n\r\n\(text)"
        let list = flags.sorted().joined(separator: " ")
        let answer = try players[player].say(
            "APPEND \(name) (\(list)) {\(message.utf8.count)}",
            allowsExpunge: true, literal: message)
        guard let mailbox = names.live[name] else {
            return try expectRefused(answer, codeOfMissingDestination(name), "APPEND \(name)")
        }
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

    /// What UNCHANGEDSINCE lets through: RFC 7162 §3.1.3.
    private enum Condition: String, CaseIterable {
        case none = ""
        /// Nothing is as new.
        case all = "(UNCHANGEDSINCE 4000000000) "
        /// Everything is newer.
        case nothing = "(UNCHANGEDSINCE 1) "
    }

    /// RFC 2180 §4.2: a silent one does what it can and is OK; one of which nothing is left is NO;
    /// a mixture is as policy says.
    mutating func store(_ player: Int) throws {
        guard let mailbox = players[player].mailbox, let chosen = choose(player) else {
            return try noop(player)
        }
        let change = random.pick(MailboxModel.FlagChange.allCases) ?? .add
        let flags = someFlags()
        let isSilent = random.next(below: 3) == 0
        let condition =
            random.next(below: 8) == 0 ? random.pick(Condition.allCases) ?? .none : .none
        let list = flags.sorted().joined(separator: " ")
        let answer = try players[player].say(
            "\(chosen.prefix)STORE \(chosen.set) \(condition.rawValue)\(change.rawValue)"
                + "\(isSilent ? ".SILENT" : "") (\(list))", allowsExpunge: chosen.usesUIDs)
        guard !players[player].isReadOnly else {
            return try expect(answer.condition == "NO", "STORE into a mailbox that is examined")
        }
        let live = chosen.uids.filter { mailboxes[mailbox][$0] != nil }
        let isMixed = live.count < chosen.uids.count
        let isNo = isMixed && !isSilent
        let applied = isNo && answers(.storeNothing) ? [] : live
        try expect(
            answer.condition == (isNo ? "NO" : "OK"),
            "STORE \(chosen.set), \(live.count) live, is \(answer.condition)")
        if condition == .nothing, !applied.isEmpty {
            try expect(answer.code?.hasPrefix("MODIFIED ") == true, "all were modified")
            return
        }
        try expect(
            answer.code == (isNo ? "EXPUNGEISSUED" : nil), "the code is \(answer.code ?? "")")
        for uid in applied { mailboxes[mailbox].change(flags, change, of: uid) }
        if !isSilent { try expectShown(applied, by: answer, player) }
        if isSilent { note(change, flags, of: applied, by: player) }
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

    /// RFC 2180 §4.1.4: nothing goes while others have the mailbox open, if policy says so.
    func mustKeep(_ mailbox: Int, _ player: Int) -> Bool {
        answers(.refuseExpunge) && others(in: mailbox, besides: player) > 0
    }

    mutating func expunge(_ player: Int) throws {
        guard let mailbox = players[player].mailbox else { return }
        let answer = try players[player].say("EXPUNGE", allowsExpunge: true)
        guard !players[player].isReadOnly else {
            return try expect(answer.condition == "NO", "EXPUNGE in a mailbox that is examined")
        }
        try remove(from: mailbox, answer, player) { $0.flags.contains("\\Deleted") }
    }

    mutating func uidExpunge(_ player: Int) throws {
        guard let mailbox = players[player].mailbox, !players[player].isReadOnly else { return }
        let uids = Set(random.some(of: players[player].client.uids))
        guard !uids.isEmpty else { return }
        let set = uids.sorted().map(String.init).joined(separator: ",")
        let answer = try players[player].say("UID EXPUNGE \(set)", allowsExpunge: true)
        try remove(from: mailbox, answer, player) {
            uids.contains($0.uid) && $0.flags.contains("\\Deleted")
        }
    }

    private mutating func remove(
        from mailbox: Int, _ answer: Player.Answer, _ player: Int,
        where isDoomed: (MailboxModel.Message) -> Bool
    ) throws {
        if mustKeep(mailbox, player), mailboxes[mailbox].messages.contains(where: isDoomed) {
            try expectRefused(answer, "INUSE", "EXPUNGE")
        } else {
            try expect(answer.condition == "OK", "EXPUNGE is OK")
            mailboxes[mailbox].expunge(where: isDoomed)
        }
        try expectKnowsMailbox(player, "after EXPUNGE")
    }

    /// Gets rid of most messages.
    mutating func clear(_ player: Int) throws {
        guard let mailbox = players[player].mailbox, !players[player].isReadOnly else { return }
        // Told of all that is gone, it names none of it.
        try noop(player)
        guard players[player].client.messages.count > 4 else { return }
        let last = players[player].client.messages.count - 4
        let doomed = players[player].client.messages[0..<last].compactMap(\.uid)
        let answer = try players[player].say(
            "STORE 1:\(last) +FLAGS (\\Deleted)", allowsExpunge: false)
        let isMixed = doomed.contains { mailboxes[mailbox][$0] == nil }
        try expect(answer.condition == (isMixed ? "NO" : "OK"), "STORE is \(answer.condition)")
        for uid in doomed where !isMixed || !answers(.storeNothing) {
            mailboxes[mailbox].change(["\\Deleted"], .add, of: uid)
        }
        try learn(player)
        try expunge(player)
    }
}
