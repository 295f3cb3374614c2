/// A client of the null server: reads its commands, and answers each at once.
final class NullConnection {
    let stream: Stream
    let server: NullServer
    var account: NullAccount?
    var selected: NullMailbox?
    /// The UIDs of the selected mailbox, as this client has been told of them.
    var view: [UInt32] = []
    private var toldExpunges = 0
    private var reader = ResponseReader()
    private var idleTag: [UInt8]?
    private var isEnding = false

    init(_ stream: Stream, of server: NullServer) throws {
        self.stream = stream
        self.server = server
        output.append("* OK [CAPABILITY ")
        output.append(server.options.capabilities)
        output.append("] null server\r\n")
        try stream.flush()
    }

    var number: Int { stream.number }
    var output: ByteQueue { stream.output }
    var fault: NullFault? { server.options.fault }

    /// - Returns: false when the connection is over.
    func becameReady(_ readiness: Poller.Readiness) throws -> Bool {
        if readiness.canWrite { try stream.flush() }
        guard readiness.canRead else { return true }
        guard try stream.fill(wanted: reader.missing(from: stream.input.count)) else {
            return false
        }
        while let length = reader.next(in: stream.input.bytes) {
            let line = UnsafeRawBufferPointer(rebasing: stream.input.bytes[..<length])
            obey(UnsafeRawBufferPointer(rebasing: line.dropLast(2)))
            stream.input.consume(length)
        }
        promptForLiteral()
        try stream.flush()
        return !isEnding
    }

    func end() {
        stopIdling()
        stream.shut()
    }

    /// A client that waits for `+` has sent no byte after the literal's size.
    private func promptForLiteral() {
        let bytes = stream.input.bytes
        guard bytes.count > 4, bytes[bytes.count - 4] != 0x2B, literalSize(endingOf: bytes) != nil
        else { return }
        output.append("+ more\r\n")
    }

    private func obey(_ line: UnsafeRawBufferPointer) {
        if line.has("DONE", at: 0) { return finishIdle() }
        var cursor = Cursor(line)
        guard let tag = cursor.atom(), cursor.skip(0x20), var name = cursor.atom() else {
            return output.append("* BAD what?\r\n")
        }
        let isByUID = name.count == 3 && name.has("UID", at: 0)
        if isByUID, cursor.skip(0x20), let second = cursor.atom() { name = second }
        _ = cursor.skip(0x20)
        let completion = answer(name, &cursor, isByUID: isByUID, tag: tag)
        guard let completion else { return }
        output.append(tag)
        if fault == .wrongTag, name.has("FETCH", at: 0) { output.append("1") }
        output.append(byte: 0x20)
        completion.write(to: output)
        output.append("\r\n")
    }
}

/// How the null server ends a command.
enum NullCompletion {
    case ok
    case no
    case bad
    /// OK with a response code, in its brackets.
    case code([UInt8])

    func write(to output: ByteQueue) {
        switch self {
        case .ok: output.append("OK done")
        case .no: output.append("NO there is none")
        case .bad: output.append("BAD what?")
        case .code(let code):
            output.append("OK ")
            output.append(code)
            output.append(" done")
        }
    }
}

extension NullConnection {
    /// - Returns: nil when the command is not yet complete, as IDLE.
    private func answer(
        _ name: UnsafeRawBufferPointer, _ cursor: inout Cursor, isByUID: Bool,
        tag: UnsafeRawBufferPointer
    ) -> NullCompletion? {
        switch String(decoding: name, as: UTF8.self) {
        case "CAPABILITY":
            output.append("* CAPABILITY ")
            output.append(server.options.capabilities)
            output.append("\r\n")
            return .ok
        case "LOGIN":
            account = cursor.text().map(server.account)
            return .ok
        case "LOGOUT":
            output.append("* BYE\r\n")
            isEnding = true
            return .ok
        case "NOOP", "CHECK":
            tellNews()
            return .ok
        case "IDLE":
            startIdle(tag)
            return nil
        case "FETCH": return fetch(&cursor, isByUID: isByUID)
        case "STORE": return store(&cursor, isByUID: isByUID)
        case "SEARCH": return search(&cursor, isByUID: isByUID)
        case let other:
            let completion = change(other, &cursor, isByUID: isByUID)
            tellNews()
            return completion
        }
    }

    private func startIdle(_ tag: UnsafeRawBufferPointer) {
        output.append("+ idling\r\n")
        tellNews()
        idleTag = Array(tag)
        selected?.idlers.append(self)
    }

    private func stopIdling() {
        idleTag = nil
        selected?.idlers.removeAll { $0 === self }
    }

    private func finishIdle() {
        guard let tag = idleTag else { return }
        stopIdling()
        output.append(tag)
        output.append(" OK done\r\n")
    }

    /// Tells the idling connections of a mailbox that it has changed.
    func announceNews(of mailbox: NullMailbox) {
        for idler in mailbox.idlers where idler !== self {
            idler.tellNews()
            // A connection that is broken is found when it is read from.
            try? idler.stream.flush()
        }
    }

    /// EXPUNGE and EXISTS of what happened in the mailbox since.
    func tellNews() {
        guard let selected else { return }
        for uid in selected.expunged[toldExpunges...] {
            guard let index = position(of: uid, in: view) else { continue }
            view.remove(at: index)
            tell(index + 1, "EXPUNGE")
            if fault == .doubleExpunge { tell(index + 1, "EXPUNGE") }
        }
        toldExpunges = selected.expunged.count
        let last = view.last ?? 0
        guard let newest = selected.uids.last, newest > last else { return }
        view += selected.uids.reversed().prefix { $0 > last }.reversed()
        tell(view.count, "EXISTS")
    }

    func tell(_ number: Int, _ name: StaticString) {
        output.append("* ")
        output.append(decimal: number)
        output.append(byte: 0x20)
        output.append(name)
        output.append("\r\n")
    }

    func select(_ mailbox: NullMailbox) {
        selected = mailbox
        view = mailbox.uids
        toldExpunges = mailbox.expunged.count
        tell(view.count, "EXISTS")
        tell(0, "RECENT")
        output.append("* FLAGS (\\Seen \\Flagged \\Deleted)\r\n* OK [UIDVALIDITY 1] ok\r\n")
        output.append("* OK [UIDNEXT ")
        output.append(decimal: Int(mailbox.nextUID))
        output.append("] ok\r\n")
    }
}

extension Cursor {
    /// A string or atom as text.
    mutating func text() -> String? {
        defer { _ = skip(0x20) }
        return value().map { String(decoding: $0, as: UTF8.self) }
    }
}
