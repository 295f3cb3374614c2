import Glibc

/// One connection to the server, with at most one command in flight.
///
/// Checks what holds for every command: the tag, and that EXISTS and EXPUNGE make sense together.
final class Session {
    let number: Int
    let account: Account
    var traits: ServerTraits
    var client: any Client
    /// How many messages the server has told of in the selected mailbox.
    var exists = 0
    /// A command is in flight, or the connection is being made.
    private(set) var isBusy = false
    private(set) var stream: Stream?
    /// When the operation began of which the command in flight is part.
    private(set) var startedAt: UInt64 = 0
    private unowned let loop: SessionLoop
    private var reader = ResponseReader()
    private var tag = 0
    private var isWithinOperation = false
    private var isGreeted = false
    /// What the server said when it took its leave.
    private(set) var farewell: String?
    private var commandStart: [UInt8] = []

    init(
        number: Int, account: Account, traits: ServerTraits, client: any Client, loop: SessionLoop
    ) {
        self.number = number
        self.account = account
        self.traits = traits
        self.client = client
        self.loop = loop
    }

    /// What to write the command to.
    var output: ByteQueue {
        guard let stream else { preconditionFailure("a command is written to an open connection") }
        return stream.output
    }

    /// The first bytes of the command in flight, for messages; without a password.
    var command: String {
        let words = commandStart.split(separator: 0x20, maxSplits: 2)
        let isLogin = words.count > 1 && words[1].elementsEqual("LOGIN".utf8)
        let shown = isLogin ? Array(words[0...1].joined(separator: [0x20])) : commandStart
        return String(decoding: shown, as: UTF8.self)
    }
    var isOpen: Bool { stream != nil }

    /// Starts to connect; the client's first command follows the greeting.
    func open() throws {
        let descriptor = try Socket.connect(to: loop.server, source: number)
        stream = try Stream(descriptor, number: number, in: loop.poller, connecting: true)
        reader = ResponseReader()
        tag = 0
        exists = 0
        isGreeted = false
        setBusy(true)
        markStart()
    }

    func close() {
        stream?.shut()
        stream = nil
        setBusy(false)
        isWithinOperation = false
    }

    /// Has the client issue a command now, if it has one.
    func start() throws {
        guard let stream else { return }
        let before = stream.output.count
        tag += 1
        stream.output.append(byte: 0x61)
        stream.output.append(decimal: tag)
        stream.output.append(byte: 0x20)
        guard try client.issue(self) else {
            stream.output.truncate(to: before)
            isWithinOperation = false
            return setBusy(false)
        }
        remember(stream.output.bytes.dropFirst(before))
        setBusy(true)
        if !isWithinOperation { markStart() }
        try stream.flush()
    }

    /// Sends what was appended to the output outside of `issue`.
    func flush() throws { try stream?.flush() }

    private func markStart() {
        isWithinOperation = true
        startedAt = monotonicNanoseconds()
    }

    private func remember(_ bytes: Slice<UnsafeRawBufferPointer>) {
        commandStart.removeAll(keepingCapacity: true)
        commandStart.append(contentsOf: bytes.prefix(80).prefix { $0 >= 0x20 })
    }

    private func setBusy(_ busy: Bool) {
        guard busy != isBusy else { return }
        isBusy = busy
        loop.busySessions += busy ? 1 : -1
    }
}

extension Session {
    func becameReady(_ readiness: Poller.Readiness) throws {
        guard let stream else { return }
        if readiness.canWrite { try becameWritable(stream) }
        guard readiness.canRead else { return }
        guard try stream.fill(wanted: reader.missing(from: stream.input.count)) else {
            return try reachedEnd()
        }
        let awaited = tag
        try readResponses(stream)
        if isBusy, tag == awaited { stream.acknowledge() }
    }

    private func becameWritable(_ stream: Stream) throws {
        let code = Socket.pendingError(stream.descriptor)
        guard code == 0 else {
            throw LoadFailure(
                call: "connecting to \(loop.server.host):\(loop.server.port)", errno: code)
        }
        try stream.flush()
    }

    private func readResponses(_ stream: Stream) throws {
        while let length = reader.next(in: stream.input.bytes) {
            let response = Response(
                UnsafeRawBufferPointer(rebasing: stream.input.bytes[..<length]))
            do {
                try judge(response)
            } catch var wrong as WrongAnswer {
                wrong.command = wrong.command ?? "\(account.name): \(command)"
                throw wrong
            }
            // The connection may have been closed meanwhile, and another opened in its place.
            guard self.stream === stream else { return }
            stream.input.consume(length)
        }
    }

    private func judge(_ response: Response) throws {
        switch response.kind {
        case .tagged: return try judgeTagged(response)
        case .continuation:
            try client.resume(self)
            return try flush()
        case .exists(let count):
            guard count >= exists else { throw WrongAnswer("\(exists) EXISTS or more", response) }
            exists = count
        case .expunge(let message):
            guard (1...max(1, exists)).contains(message), exists > 0 else {
                throw WrongAnswer("EXPUNGE of one of \(exists) messages", response)
            }
            exists -= 1
        case .untaggedOK where !isGreeted:
            isGreeted = true
            return try start()
        case .bye where !isGreeted: throw LoadFailure("the server says: \(response.text())")
        case .bye: farewell = response.text()
        default: break
        }
        try client.receive(response, self)
    }

    private func judgeTagged(_ response: Response) throws {
        var cursor = Cursor(response.bytes, at: 1)
        guard response.bytes.first == 0x61, cursor.number() == tag, cursor.skip(0x20), isBusy else {
            throw WrongAnswer("the tag a\(tag)", response)
        }
        let isOK = response.bytes.has("OK", at: cursor.position)
        let isWhole = try isOK ? client.finish(response, self) : client.refuse(response, self)
        try proceed(isWhole)
    }

    private func reachedEnd() throws {
        let isWhole = try client.closed(self)
        stream?.shut()
        stream = nil
        if isWhole { completeOperation() }
        setBusy(false)
        if loop.isIssuing { try open() }
    }

    private func proceed(_ isWhole: Bool) throws {
        if isWhole { completeOperation() }
        if isWhole && !loop.isIssuing { setBusy(false) } else { try start() }
    }

    private func completeOperation() {
        isWithinOperation = false
        loop.completed?(self)
    }
}
