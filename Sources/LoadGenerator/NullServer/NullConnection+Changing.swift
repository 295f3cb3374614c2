/// The commands of the null server that change something, and SELECT, STATUS and LIST.
extension NullConnection {
    func change(_ name: String, _ cursor: inout Cursor, isByUID: Bool) -> NullCompletion {
        guard let account else { return .bad }
        switch name {
        case "APPEND": return append(&cursor, account)
        case "SELECT", "EXAMINE":
            guard let mailbox = cursor.text().flatMap({ account.mailboxes[$0] }) else { return .no }
            select(mailbox)
            return .code(Array("[READ-WRITE]".utf8))
        case "STATUS": return status(&cursor, account)
        case "CREATE":
            guard let name = cursor.text(), account.mailboxes[name] == nil else { return .no }
            account.mailboxes[name] = NullMailbox()
            return .ok
        case "DELETE":
            guard let name = cursor.text(), account.mailboxes.removeValue(forKey: name) != nil
            else {
                return .no
            }
            return .ok
        case "LIST":
            for name in account.mailboxes.keys {
                output.append(Array("* LIST () \"/\" \(name)\r\n".utf8))
            }
            return .ok
        case "CLOSE", "UNSELECT":
            selected = nil
            return .ok
        case "EXPUNGE": return expunge(&cursor, isByUID: isByUID)
        case "COPY", "MOVE":
            return copy(&cursor, account, isByUID: isByUID, isMove: name == "MOVE")
        default: return .bad
        }
    }

    private func append(_ cursor: inout Cursor, _ account: NullAccount) -> NullCompletion {
        guard let mailbox = cursor.text().flatMap({ account.mailboxes[$0] }) else { return .no }
        let first = mailbox.nextUID
        while !cursor.isAtEnd {
            var flags: UInt8 = 0
            if cursor.current == 0x28, let list = cursor.value() {
                flags = NullConnection.flags(in: list)
                _ = cursor.skip(0x20)
            }
            if cursor.current == 0x22 {
                _ = cursor.value()
                _ = cursor.skip(0x20)
            }
            guard let body = cursor.literalPlus() else { return .bad }
            keep(body, flags: flags, in: mailbox)
            _ = cursor.skip(0x20)
        }
        announceNews(of: mailbox)
        let last = mailbox.nextUID - 1
        return .code(Array("[APPENDUID 1 \(first == last ? "\(first)" : "\(first):\(last)")]".utf8))
    }

    private func keep(_ body: UnsafeRawBufferPointer, flags: UInt8, in mailbox: NullMailbox) {
        var letter = Array(body)
        if fault == .wrongByte, let last = letter.indices.last { letter[last / 2] ^= 1 }
        let uid = mailbox.append(letter, flags: flags)
        if fault == .lostAppend, uid % 10 == 0 { mailbox.expunge { mailbox.uids[$0] == uid } }
    }

    private func status(_ cursor: inout Cursor, _ account: NullAccount) -> NullCompletion {
        guard let name = cursor.value(),
            let mailbox = account.mailboxes[String(decoding: name, as: UTF8.self)]
        else { return .no }
        output.append("* STATUS ")
        output.append(name)
        output.append(" (MESSAGES ")
        output.append(decimal: mailbox.uids.count + (fault == .wrongCount ? 1 : 0))
        output.append(" UIDNEXT ")
        output.append(decimal: Int(mailbox.nextUID))
        output.append(" UIDVALIDITY 1 UNSEEN ")
        output.append(decimal: mailbox.unseen)
        output.append(")\r\n")
        return .ok
    }

    func store(_ cursor: inout Cursor, isByUID: Bool) -> NullCompletion {
        guard let selected, let set = messageSet(&cursor, isByUID: isByUID), cursor.skip(0x20),
            let sign = cursor.current, let item = cursor.atom(), cursor.skip(0x20),
            let list = cursor.value()
        else { return .bad }
        let named = NullConnection.flags(in: list)
        let isSilent = item.position(of: ".SILENT") != nil
        for place in set {
            guard let index = selected.index(of: view[place]) else { continue }
            let before = selected.flags[index]
            let after = selected.change(
                index, set: sign == 0x2D ? 0 : named, clear: sign == 0x2D ? named : 0)
            guard !isSilent else { continue }
            output.append("* ")
            output.append(decimal: place + 1)
            output.append(" FETCH (UID ")
            output.append(decimal: Int(view[place]))
            output.append(" FLAGS ")
            write(flags: fault == .staleFlags ? before : after)
            output.append(")\r\n")
        }
        return .ok
    }

    private func expunge(_ cursor: inout Cursor, isByUID: Bool) -> NullCompletion {
        guard let selected else { return .bad }
        var only: Set<UInt32>?
        if isByUID {
            guard let set = messageSet(&cursor, isByUID: true) else { return .bad }
            only = Set(set.map { view[$0] })
        }
        selected.expunge { index in
            selected.flags[index] & NullMailbox.deleted != 0
                && only?.contains(selected.uids[index]) ?? true
        }
        announceNews(of: selected)
        return .ok
    }

    private func copy(
        _ cursor: inout Cursor, _ account: NullAccount, isByUID: Bool, isMove: Bool
    ) -> NullCompletion {
        guard let selected, let set = messageSet(&cursor, isByUID: isByUID), cursor.skip(0x20),
            let target = cursor.text().flatMap({ account.mailboxes[$0] })
        else { return .no }
        let first = target.nextUID
        let sources = set.compactMap { selected.index(of: view[$0]) }
        guard !sources.isEmpty else { return .ok }
        let uids = sources.map { selected.uids[$0] }
        for index in sources {
            _ = target.append(selected.body(index), flags: selected.flags[index])
        }
        let text = uids.map(String.init).joined(separator: ",")
        let code = Array("[COPYUID 1 \(text) \(first):\(target.nextUID - 1)]".utf8)
        announceNews(of: target)
        guard isMove else { return .code(code) }
        output.append("* OK ")
        output.append(code)
        output.append(" moved\r\n")
        let moved = Set(uids)
        selected.expunge { moved.contains(selected.uids[$0]) }
        announceNews(of: selected)
        return .ok
    }

    private static func flags(in list: UnsafeRawBufferPointer) -> UInt8 {
        var flags: UInt8 = 0
        if list.position(of: "\\Seen") != nil { flags |= NullMailbox.seen }
        if list.position(of: "\\Flagged") != nil { flags |= NullMailbox.flagged }
        if list.position(of: "\\Deleted") != nil { flags |= NullMailbox.deleted }
        return flags
    }
}

extension Cursor {
    /// A literal of either kind: `{5}` or `{5+}`.
    fileprivate mutating func literalPlus() -> UnsafeRawBufferPointer? {
        guard skip(0x7B), let size = number() else { return nil }
        _ = skip(0x2B)
        guard skip(0x7D), skip(0x0D), skip(0x0A), size <= bytes.count - position else { return nil }
        defer { move(to: position + size) }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + size])
    }
}
