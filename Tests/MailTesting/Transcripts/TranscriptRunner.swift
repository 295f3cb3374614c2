import MailboxStore

/// Plays a transcript's clients and compares what the server says with what it should.
///
/// Every response has to be expected, in its order; one that is not is a failure, at the latest when
/// the transcript ends: then each session that is still there logs out, and may be told nothing else.
package struct TranscriptRunner {
    private let transcript: Transcript
    private let driver: any TranscriptDriver
    private let administrator: Administrator
    private var clients: [Int: Client] = [:]
    private var bindings: Bindings = [:]
    private var conversation: [String] = []

    private struct Client {
        let connection: any TranscriptConnection
        var reader = ResponseReader()
        var forbidden: [ExpectedResponse] = []
        var isGone = false
    }

    private init(
        _ transcript: Transcript, on driver: any TranscriptDriver, _ administrator: Administrator
    ) {
        self.transcript = transcript
        self.driver = driver
        self.administrator = administrator
    }

    /// Makes a store as the transcript wants it and runs the transcript in memory; at its end the
    /// log must say what the store holds.
    package static func runInMemory(_ transcript: Transcript, messages: any MessageFiles) throws {
        let stage = try TranscriptStage(transcript, messages: messages)
        let server = MemoryServer(stage.test)
        server.limits = stage.limits
        server.allowsPlaintextLogin = stage.allowsPlaintextLogin
        try run(
            transcript, on: MemoryDriver(server), stage.administrator, openings: stage.openings)
        try stage.checkStore(transcript)
    }

    /// Runs a transcript against a driver of a store that has been set up.
    ///
    /// - Parameter openings: `TranscriptStage.openings`
    package static func run(
        _ transcript: Transcript, on driver: any TranscriptDriver, _ administrator: Administrator,
        openings: [String]
    ) throws {
        var runner = TranscriptRunner(transcript, on: driver, administrator)
        try runner.run(openings: openings)
    }

    private mutating func run(openings: [String]) throws {
        for session in transcript.firstSessions {
            try connect(session, openings: openings, line: transcript.steps.first?.line ?? 1)
        }
        for step in transcript.steps {
            try perform(step, openings: openings)
            clients[step.session]?.connection.checkInvariants()
        }
        for session in clients.keys.sorted() { try logOut(session) }
    }

    private mutating func perform(_ step: Transcript.Step, openings: [String]) throws {
        if case .connect = step.action {
            return try connect(step.session, openings: openings, line: step.line)
        }
        switch step.action {
        case .connect: break
        case .send(let template): try send(template, step)
        case .expect(let group): try expect(group, step)
        case .forbid(let response): try forbid(response, step)
        case .drop:
            clients[step.session]?.connection.drop()
            clients[step.session]?.isGone = true
        case .expectClose: try expectClose(step)
        case .administer(let words):
            do { try administrator.perform(words) } catch {
                throw failure(step, "the administrator fails: \(error)")
            }
            driver.storeChanged()
        }
    }

    // MARK: Beginning and end

    /// Connects, and says what stands before the first line of every client.
    private mutating func connect(_ session: Int, openings: [String], line: Int) throws {
        let step = Transcript.Step(line: line, session: session, action: .connect)
        clients[session] = Client(connection: try driver.connect())
        guard !openings.isEmpty else { return }
        guard let greeting = try nextResponse(session), greeting.shown.hasPrefix("* OK") else {
            throw failure(step, "the server does not greet C\(session)")
        }
        for (index, command) in openings.enumerated() {
            let tag = "opening\(index)"
            try clients[session]?.connection.send(Array("\(tag) \(command)\r\n".utf8))
            var last = ""
            while !last.hasPrefix(tag) {
                guard let response = try nextResponse(session) else {
                    throw failure(step, "no answer to \(command)")
                }
                last = response.shown
            }
            guard last.hasPrefix("\(tag) OK") else {
                throw failure(step, "\(command) was answered by \(last)")
            }
        }
        conversation = []
    }

    private mutating func logOut(_ session: Int) throws {
        guard let client = clients[session], !client.isGone else { return }
        let step = Transcript.Step(
            line: transcript.steps.last?.line ?? 1, session: session, action: .drop)
        try refuseLeftovers(step)
        try client.connection.send(Array("end LOGOUT\r\n".utf8))
        var isOver = false
        while !isOver {
            guard let response = try nextResponse(session) else {
                throw failure(step, "C\(session) could not log out at the transcript's end")
            }
            isOver = response.shown.hasPrefix("end OK")
            guard isOver || response.shown.hasPrefix("* BYE") else {
                throw failure(
                    step, "left over for C\(session) at the transcript's end: \(response.shown)")
            }
        }
    }

    private mutating func expectClose(_ step: Transcript.Step) throws {
        try refuseLeftovers(step)
        guard let client = clients[step.session], try client.connection.isClosedByServer() else {
            throw failure(step, "the server has not closed the connection")
        }
        clients[step.session]?.isGone = true
    }

    // MARK: Speaking and hearing

    private mutating func send(_ template: Template, _ step: Transcript.Step) throws {
        try refuseLeftovers(step)
        let bytes: [UInt8]
        do {
            bytes = try template.bytes(bindings)
        } catch {
            throw failure(step, "\(error)")
        }
        var shown = WireText()
        shown.append(literal: bytes)
        conversation.append("C\(step.session): \(shown.shown)")
        guard let client = clients[step.session] else { throw failure(step, "not connected") }
        try client.connection.send(bytes)
    }

    /// What has come by now and was not expected.
    private mutating func refuseLeftovers(_ step: Transcript.Step) throws {
        guard let connection = clients[step.session]?.connection else { return }
        clients[step.session]?.reader.append(try connection.receiveAtOnce())
        guard let response = clients[step.session]?.reader.next() else { return }
        throw failure(step, "S\(step.session) says what was not expected:\n      \(response.shown)")
    }

    private mutating func expect(_ group: [ExpectedResponse], _ step: Transcript.Step) throws {
        var open = group
        while !open.isEmpty {
            guard let response = try nextResponse(step.session) else {
                throw failure(step, "nothing came, expected\n      \(shown(open))")
            }
            try refuseForbidden(response, step)
            guard let index = matching(response, in: open) else {
                throw failure(
                    step,
                    "S\(step.session) says\n      \(response.shown)\n    expected was\n"
                        + "      \(shown(open))")
            }
            open.remove(at: index)
        }
        clients[step.session]?.forbidden = []
    }

    /// Which of the responses this is; takes over the values that it shows.
    private mutating func matching(_ response: WireText, in open: [ExpectedResponse]) -> Int? {
        for (index, expected) in open.enumerated() {
            if let found = expected.match(response, bindings) {
                bindings = found
                return index
            }
        }
        return nil
    }

    private mutating func nextResponse(_ session: Int) throws -> WireText? {
        while clients[session]?.reader != nil {
            if let response = clients[session]?.reader.next() {
                conversation.append("S\(session): \(response.shown)")
                return response
            }
            guard let bytes = try clients[session]?.connection.receive() else { return nil }
            clients[session]?.reader.append(bytes)
        }
        return nil
    }

    // MARK: What must not come

    private mutating func forbid(_ response: ExpectedResponse, _ step: Transcript.Step) throws {
        clients[step.session]?.forbidden.append(response)
    }

    private func refuseForbidden(_ response: WireText, _ step: Transcript.Step) throws {
        for forbidden in clients[step.session]?.forbidden ?? []
        where forbidden.match(response, bindings) != nil {
            throw failure(
                step, "S\(step.session) says what it must not yet:\n      \(response.shown)")
        }
    }

    // MARK: Failing

    private func shown(_ open: [ExpectedResponse]) -> String {
        let values = bindings.filter { name, _ in
            open.contains { $0.text.shown.contains("{\(name)") }
        }
        let lines = open.map(\.text.shown).joined(separator: "\n      ")
        guard !values.isEmpty else { return lines }
        let shown = values.sorted { $0.key < $1.key }.map { name, value in
            "\(name) = \(String(decoding: value.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self))"
        }
        return lines + "\n    where " + shown.joined(separator: ", ")
    }

    private func failure(_ step: Transcript.Step, _ message: String) -> TranscriptFailure {
        TranscriptFailure(
            transcript: transcript.name, line: step.line, message: message,
            conversation: Array(conversation.suffix(24)))
    }
}
