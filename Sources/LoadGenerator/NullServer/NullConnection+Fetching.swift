/// FETCH and SEARCH of the null server.
extension NullConnection {
    /// Long answers go out as they grow, as a real server's do.
    private static let flushBytes = 65_536

    func fetch(_ cursor: inout Cursor, isByUID: Bool) -> NullCompletion {
        guard let selected, let set = messageSet(&cursor, isByUID: isByUID), cursor.skip(0x20)
        else {
            return .bad
        }
        let request = FetchRequest(
            UnsafeRawBufferPointer(rebasing: cursor.bytes[cursor.position...]))
        for place in fault == .lostFetch ? set.dropLast() : set[...] {
            guard let index = selected.index(of: view[place]) else { continue }
            tell(place + 1, index, request, in: selected)
            // A broken connection is found when it is read from.
            if output.count >= NullConnection.flushBytes, !stream.isBlocked { try? stream.flush() }
        }
        return .ok
    }

    private func tell(
        _ number: Int, _ index: Int, _ request: FetchRequest, in mailbox: NullMailbox
    ) {
        output.append("* ")
        output.append(decimal: number)
        output.append(" FETCH (UID ")
        output.append(decimal: Int(mailbox.uids[index]))
        if request.flags {
            output.append(" FLAGS ")
            write(flags: mailbox.flags[index])
        }
        if request.envelope {
            output.append(" INTERNALDATE \"01-Jan-2020 00:00:00 +0000\" RFC822.SIZE ")
            output.append(decimal: mailbox.body(index).count + (fault == .wrongSize ? 1 : 0))
            output.append(" ENVELOPE ")
            output.append(mailbox.envelope(index))
        }
        if request.body { write("BODY[]", literal: mailbox.body(index)) }
        if request.header {
            write(
                "BODY[HEADER.FIELDS (FROM TO CC SUBJECT DATE MESSAGE-ID REFERENCES)]",
                literal: mailbox.header(index))
        }
        output.append(")\r\n")
    }

    private func write(_ name: StaticString, literal bytes: [UInt8]) {
        output.append(byte: 0x20)
        output.append(name)
        output.append(" {")
        output.append(decimal: bytes.count)
        output.append("}\r\n")
        output.append(bytes)
    }

    func write(flags: UInt8) {
        output.append("(")
        if flags & NullMailbox.seen != 0 { output.append("\\Seen") }
        if flags & NullMailbox.flagged != 0 {
            output.append(flags & NullMailbox.seen != 0 ? " \\Flagged" : "\\Flagged")
        }
        if flags & NullMailbox.deleted != 0 {
            output.append(flags & 3 != 0 ? " \\Deleted" : "\\Deleted")
        }
        output.append(")")
    }

    /// UNSEEN, UNDELETED, DELETED, SUBJECT word and BODY word, alone.
    func search(_ cursor: inout Cursor, isByUID: Bool) -> NullCompletion {
        guard let selected, let key = cursor.text() else { return .bad }
        let word = Array((cursor.text() ?? "").utf8)
        output.append("* SEARCH")
        var isPhantomDue = fault == .phantomHit
        for (place, uid) in view.enumerated() {
            guard let index = selected.index(of: uid) else { continue }
            if !selected.matches(index, key: key, word: word) {
                guard isPhantomDue else { continue }
                isPhantomDue = false
            }
            output.append(byte: 0x20)
            output.append(decimal: isByUID ? Int(uid) : place + 1)
        }
        output.append("\r\n")
        return .ok
    }

    /// The places in the view of a sequence set's messages.
    func messageSet(_ cursor: inout Cursor, isByUID: Bool) -> [Int]? {
        var places: [Int] = []
        repeat {
            guard let first = bound(&cursor, isByUID: isByUID) else { return nil }
            var last = first
            if cursor.skip(0x3A) {
                guard let second = bound(&cursor, isByUID: isByUID) else { return nil }
                last = second
            }
            places +=
                place(
                    of: first, isByUID)..<max(
                    place(of: first, isByUID), place(of: last + 1, isByUID))
        } while cursor.skip(0x2C)
        return places
    }

    private func bound(_ cursor: inout Cursor, isByUID: Bool) -> Int? {
        if cursor.skip(0x2A) { return isByUID ? Int(view.last ?? 0) : view.count }
        return cursor.number()
    }

    /// The first place whose number is not less than this one.
    private func place(of number: Int, _ isByUID: Bool) -> Int {
        guard isByUID else { return max(0, min(number - 1, view.count)) }
        let guess = number - 1
        if guess >= 0, guess < view.count, Int(view[guess]) == number { return guess }
        var low = 0
        var high = view.count
        while low < high {
            let middle = (low + high) / 2
            if Int(view[middle]) < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Which items a FETCH asks for, as far as the null server knows them.
private struct FetchRequest {
    let flags: Bool
    let envelope: Bool
    let body: Bool
    let header: Bool

    init(_ text: UnsafeRawBufferPointer) {
        flags = text.position(of: "FLAGS") != nil
        envelope = text.position(of: "ENVELOPE") != nil
        body = text.position(of: "BODY.PEEK[]") != nil
        header = text.position(of: "HEADER.FIELDS") != nil
    }
}

extension NullMailbox {
    fileprivate func matches(_ index: Int, key: String, word: [UInt8]) -> Bool {
        switch key {
        case "UNSEEN": flags[index] & NullMailbox.seen == 0
        case "DELETED": flags[index] & NullMailbox.deleted != 0
        case "UNDELETED": flags[index] & NullMailbox.deleted == 0
        case "SUBJECT": HeaderText(body(index)).value(of: "Subject: ").contains(word)
        case "BODY": body(index).contains(word)
        default: true
        }
    }
}

extension Collection where Element == UInt8 {
    fileprivate func contains(_ word: [UInt8]) -> Bool {
        let bytes = Array(self)
        return bytes.withUnsafeBytes { text in
            word.withUnsafeBytes { text.position(of: $0) != nil }
        }
    }
}
