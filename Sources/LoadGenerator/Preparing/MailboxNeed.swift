/// A mailbox with known letters that a profile reads: made once, then found again by later runs.
struct MailboxNeed {
    let account: Account
    let name: String
    let letters: Letters
    /// Its messages are the letters 1...count, with these numbers as their UIDs.
    let count: Int

    /// Makes the mailbox unless it is there as it should be, by its numbers of messages and UIDNEXT.
    ///
    /// What an earlier run began and did not finish is gone on with.
    func fulfil(in bench: Bench) throws {
        let dialogue = try bench.dialogue(account)
        defer { dialogue.close() }
        var present = 0
        if let found = try dialogue.status(of: name), found.messages == found.nextUID - 1,
            found.messages <= count
        {
            present = found.messages
        } else {
            try dialogue.makeAnew(name)
        }
        guard present < count else { return }
        try dialogue.fill(FillClient(mailbox: name, letters: letters, numbers: present + 1...count))
        let made = try dialogue.status(of: name)
        guard made?.messages == count, made?.nextUID == count + 1 else {
            throw WrongAnswer(
                "\(count) messages with UIDs 1...\(count) in \(name)", "\(String(describing: made))"
            )
        }
    }

    func remove(in bench: Bench) throws {
        let dialogue = try bench.dialogue(account)
        defer { dialogue.close() }
        _ = try dialogue.attempt("DELETE \(name)")
    }
}

/// What STATUS tells: RFC 9051 §6.3.11.
struct MailboxStatus: Equatable {
    var messages = 0
    var nextUID = 0
    var unseen = 0

    /// - Parameter response: an untagged STATUS whose mailbox name holds no parenthesis.
    init?(_ response: Response) {
        guard response.kind == .status, let open = response.bytes.position(of: " (") else {
            return nil
        }
        for item in FetchItems(response.bytes, at: open + 2) {
            guard let number = item.number else { return nil }
            if item.isNamed("MESSAGES") { messages = number }
            if item.isNamed("UIDNEXT") { nextUID = number }
            if item.isNamed("UNSEEN") { unseen = number }
        }
    }
}

extension Dialogue {
    /// - Returns: nil when there is no such mailbox.
    func status(of mailbox: String) throws -> MailboxStatus? {
        let answer = try attempt("STATUS \(mailbox) (MESSAGES UIDNEXT UNSEEN)")
        guard answer.isOK else { return nil }
        for line in answer.lines {
            let found = Array(line.utf8 + [0x0D, 0x0A]).withUnsafeBytes {
                MailboxStatus(Response($0))
            }
            if let found { return found }
        }
        throw WrongAnswer("a STATUS response", answer.lines.last ?? "")
    }

    /// Checks how many messages there are.
    func expect(_ count: Int, in mailbox: String) throws {
        let found = try status(of: mailbox)?.messages
        guard found == count else {
            throw WrongAnswer("\(count) messages in \(mailbox)", "\(found ?? -1) MESSAGES")
        }
    }

    /// Makes an empty mailbox, in place of one of that name.
    func makeAnew(_ mailbox: String) throws {
        _ = try attempt("DELETE \(mailbox)")
        try execute("CREATE \(mailbox)")
    }
}
