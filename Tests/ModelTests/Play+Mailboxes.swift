import MailModel
import MailTesting

/// Opening, leaving, hearing.
extension Play {
    mutating func select(_ player: Int) throws {
        let name = someName()
        let isReadOnly = random.next(below: 6) == 0
        // Whatever happens, the old one is left.
        leave(player)
        let answer = try players[player].say(
            "\(isReadOnly ? "EXAMINE" : "SELECT") \(name)", allowsExpunge: false)
        guard let mailbox = names.live[name] else {
            return try expectRefused(answer, codeOfMissing(name), "SELECT \(name)")
        }
        players[player].mailbox = mailbox
        players[player].openedAt = step
        players[player].isReadOnly = isReadOnly
        try expect(answer.condition == "OK", "SELECT was refused")
        try expect(
            answer.untaggedCodes.contains("UIDNEXT \(mailboxes[mailbox].nextUID)"),
            "UIDNEXT is \(mailboxes[mailbox].nextUID)")
        try expectKnowsMailbox(player, "after SELECT")
        try learn(player)
    }

    mutating func close(_ player: Int) throws {
        guard let mailbox = players[player].mailbox else { return }
        let expunges = random.next(below: 2) == 0
        let answer = try players[player].say(
            expunges ? "CLOSE" : "UNSELECT", allowsExpunge: false)
        try expect(answer.condition == "OK", "CLOSE was refused")
        if expunges, !players[player].isReadOnly, !mustKeep(mailbox, player) {
            mailboxes[mailbox].expunge { $0.flags.contains("\\Deleted") }
        }
        leave(player)
    }

    mutating func noop(_ player: Int) throws {
        let command = random.next(below: 4) == 0 ? "CHECK" : "NOOP"
        let answer = try players[player].say(command, allowsExpunge: true)
        try expect(answer.condition == "OK", "\(command) was refused")
        try expectKnowsMailbox(player, "after \(command)")
        try learn(player)
        let shown = players[player].client.messages.count(where: \.isRecent)
        let told = players[player].client.recent
        try expect(
            shown == told, "RECENT \(told), but \(shown) messages were shown as \\Recent")
    }

    mutating func endIdle(_ player: Int) throws {
        let answer = try players[player].endIdle()
        try expect(answer.condition == "OK", "DONE was refused")
        try expectKnowsMailbox(player, "after IDLE")
        try learn(player)
    }

    /// Asks for the UIDs and flags of messages of which only their existence is known.
    mutating func learn(_ player: Int) throws {
        guard !players[player].isIdling, players[player].mailbox != nil,
            let unknown = players[player].client.unknown
        else { return }
        let answer = try players[player].say(
            "FETCH \(unknown.lowerBound):\(unknown.upperBound) (UID FLAGS)",
            allowsExpunge: false)
        try expect(answer.condition == "OK", "FETCH was refused")
        try expect(players[player].client.unknown == nil, "FETCH left messages out")
        try checkRecent(player)
    }

    /// At most one session that may claim it is shown a message as `\Recent`: RFC 3501 §2.3.2.
    private mutating func checkRecent(_ player: Int) throws {
        guard let mailbox = players[player].mailbox, !players[player].isReadOnly else { return }
        for message in players[player].client.messages where message.isRecent {
            guard let uid = message.uid else { continue }
            let place = Place(mailbox: mailbox, uid: uid)
            let holder = recentHolders[place] ?? player
            try expect(
                holder == player,
                "UID \(uid) is \\Recent to session \(player + 1) and was to \(holder + 1)")
            recentHolders[place] = player
        }
    }
}
