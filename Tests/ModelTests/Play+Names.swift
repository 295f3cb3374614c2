import MailModel
import MailTesting

/// Mailboxes that come and go while others have them open: RFC 2180 §3.
extension Play {
    private static let passing = ["Box", "Box/a", "Box/b", "Other", "Other/a"]

    /// A name that may or may not exist.
    mutating func someName() -> String {
        random.next(below: 3) == 0
            ? random.pick(Play.passing) ?? "Box" : random.pick(["INBOX", "Work"]) ?? "INBOX"
    }

    /// Where nothing may be expunged, mailboxes must not grow until no set names their messages.
    func isFull(_ name: String) -> Bool {
        names.live[name].map { mailboxes[$0].messages.count > 60 } ?? false
    }

    private mutating func passingName() -> String { random.pick(Play.passing) ?? "Box" }

    // MARK: What the names say

    /// How many other sessions have the mailbox open; the player's own view never counts.
    func others(in mailbox: Int, besides player: Int?) -> Int {
        players.indices.count { $0 != player && players[$0].mailbox == mailbox }
    }

    private func isReserved(_ name: String) -> Bool {
        guard answers(.reserveName), let ghost = names.ghosts[name] else { return false }
        return others(in: ghost, besides: nil) > 0
    }

    /// The code with which a name cannot be given to a mailbox; nil when it can.
    private func refusal(ofTaking name: String) -> String? {
        names.live[name] != nil ? "ALREADYEXISTS" : isReserved(name) ? "INUSE" : nil
    }

    /// RFC 2180 §3.4: while a view from before the renaming is open.
    private func hint(for name: String) -> String? {
        guard answers(.followRename), let former = names.former[name],
            players.contains(where: {
                $0.mailbox == former.mailbox && $0.openedAt < former.renamedAt
            }),
            !mailboxes[former.mailbox].isDeleted
        else { return nil }
        return "NEWNAME \(name) \(mailboxes[former.mailbox].name)"
    }

    /// The code of a command by a name that does not exist.
    func codeOfMissing(_ name: String) -> String { hint(for: name) ?? "NONEXISTENT" }

    /// The code of APPEND, COPY and MOVE into a name that does not exist.
    func codeOfMissingDestination(_ name: String) -> String {
        isReserved(name) ? "INUSE" : hint(for: name) ?? "TRYCREATE"
    }

    func expectRefused(
        _ answer: Player.Answer, _ code: String, _ command: @autoclosure () -> String
    ) throws {
        try expect(
            answer.condition == "NO" && answer.code == code,
            "\(command()) is NO [\(code)], not \(answer.condition) [\(answer.code ?? "")]")
    }

    // MARK: Commands

    mutating func create(_ player: Int) throws {
        let name = passingName()
        let answer = try players[player].say("CREATE \(name)", allowsExpunge: true)
        if let code = refusal(ofTaking: name) {
            return try expectRefused(answer, code, "CREATE \(name)")
        }
        try expect(answer.condition == "OK", "CREATE \(name) is OK: \(answer.code ?? "")")
        make(NamesModel.superiors(of: name) + [name])
    }

    /// Those of them whose names can be had.
    private mutating func make(_ wanted: [String]) {
        for name in wanted where refusal(ofTaking: name) == nil {
            names.give(name, to: mailboxes.count)
            mailboxes.append(MailboxModel(name: name))
        }
    }

    mutating func delete(_ player: Int) throws {
        let name = passingName()
        let answer = try players[player].say("DELETE \(name)", allowsExpunge: true)
        guard let mailbox = names.live[name] else {
            let code = names.tree(name).isEmpty ? codeOfMissing(name) : "HASCHILDREN"
            return try expectRefused(answer, code, "DELETE \(name)")
        }
        let isOpen = others(in: mailbox, besides: player) > 0
        if isOpen, answers(.refuseDeletion) {
            return try expectRefused(answer, "INUSE", "DELETE \(name)")
        }
        try expect(answer.condition == "OK", "DELETE \(name) is OK: \(answer.code ?? "")")
        names.delete(name)
        mailboxes[mailbox].isDeleted = true
        if players[player].mailbox == mailbox {
            try expect(answer.untaggedCodes.contains("CLOSED"), "its deleter has left it")
            leave(player)
        }
        if answers(.disconnectOnDeletion) { try disconnect(from: [mailbox], besides: player) }
    }

    mutating func rename(_ player: Int) throws {
        let (from, to) = (passingName(), passingName())
        // Trees that go below others again and again would reach what a name may have of levels.
        guard names.depth(of: from, movedTo: to) <= 4 else { return }
        let command = "RENAME \(from) \(to)"
        let answer = try players[player].say(command, allowsExpunge: true)
        let moves = names.tree(from).map { (from: $0, to: to + $0.dropFirst(from.count)) }
        let code =
            to.hasPrefix(from + "/")
            ? "CANNOT" : moves.isEmpty ? codeOfMissing(from) : refusal(of: moves, to, player)
        if let code { return try expectRefused(answer, code, command) }
        try expect(answer.condition == "OK", "\(command) is OK: \(answer.code ?? "")")
        let moved = moves.compactMap { names.live[$0.from] }
        if let parent = NamesModel.superiors(of: to).last, refusal(ofTaking: parent) == nil {
            make(NamesModel.superiors(of: to))
        }
        names.rename(moves, at: step)
        for (mailbox, move) in zip(moved, moves) { mailboxes[mailbox].name = move.to }
        if answers(.disconnectOnRename) { try disconnect(from: moved, besides: player) }
    }

    /// One that cannot move keeps all where they are.
    private func refusal(
        of moves: [(from: String, to: String)], _ to: String, _ player: Int
    ) -> String? {
        for move in moves {
            if let code = refusal(ofTaking: move.to) { return code }
            let isOpen = names.live[move.from].map { others(in: $0, besides: player) > 0 }
            if isOpen == true, answers(.refuseRename) { return "INUSE" }
        }
        return refusal(ofTaking: to)
    }

    mutating func status(_ player: Int) throws {
        let name = passingName()
        let answer = try players[player].say("STATUS \(name) (MESSAGES)", allowsExpunge: true)
        guard let mailbox = names.live[name] else {
            return try expectRefused(answer, codeOfMissing(name), "STATUS \(name)")
        }
        let line = "* STATUS \(name) (MESSAGES \(mailboxes[mailbox].messages.count))"
        try expect(answer.others.contains(line), "\(line), not \(answer.others)")
    }

    /// A ghost is gone from LIST: RFC 2180 §3.2.
    mutating func list(_ player: Int) throws {
        let answer = try players[player].say("LIST \"\" *", allowsExpunge: true)
        let listed = answer.others.filter {
            $0.hasPrefix("* LIST ") && !$0.contains("\\NonExistent") && !$0.contains("\\Noselect")
        }.compactMap { $0.split(separator: " ").last.map(String.init) }
        try expect(
            listed.sorted() == names.live.keys.sorted(),
            "LIST shows \(listed), not \(names.live.keys.sorted())")
    }

    // MARK: Leaving

    mutating func leave(_ player: Int) {
        players[player].client.forgetMailbox()
        players[player].mailbox = nil
    }

    /// RFC 2180 §3.3: who has one of them open is sent BYE at once, and comes back.
    private mutating func disconnect(from gone: [Int], besides requester: Int) throws {
        for player in players.indices where player != requester {
            guard let mailbox = players[player].mailbox, gone.contains(mailbox) else { continue }
            let answer = try players[player].hear(until: nil, allowsExpunge: true)
            try expect(
                answer.hasBye && players[player].runner.isClosed,
                "session \(player + 1) was to be disconnected")
            players[player] = try enter(player + 1)
        }
    }

    func expectAllConnected() throws {
        for player in players.indices {
            try expect(
                !players[player].runner.isClosed,
                "session \(player + 1) was disconnected: \(players[player].spoken.suffix(3))")
        }
    }
}
