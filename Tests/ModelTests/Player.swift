import MailTesting

/// One session of the play: a client that says commands and believes the answers.
struct Player {
    let runner: SessionRunner
    var client = ReferenceClient()
    /// Index of the mailbox that is selected.
    var mailbox: Int?
    /// The step in which it was selected.
    var openedAt = 0
    var isReadOnly = false
    var isIdling = false
    var spoken: [String] = []
    private var reader = ResponseReader()
    private var commands = 0

    init(_ runner: SessionRunner) { self.runner = runner }

    /// What a command was answered with.
    struct Answer {
        var condition = ""
        var code: String?
        /// Codes of untagged OKs.
        var untaggedCodes: [String] = []
        var fetched: [(number: Int, items: SpokenResponse.FetchedItems)] = []
        var found: [UInt32]?
        /// Whether an EXPUNGE came before the last FETCH, so that numbers have shifted.
        var hasExpunges = false
        var hasBye = false
        /// LIST, STATUS and the like, whole.
        var others: [String] = []
    }

    /// Says a command and hears everything up to its tagged answer.
    ///
    /// - Parameter literal: sent after the continuation that the command asks for.
    mutating func say(
        _ command: String, allowsExpunge: Bool, literal: String? = nil
    ) throws -> Answer {
        commands += 1
        let tag = "t\(commands)"
        note("C: \(tag) \(command)")
        runner.send("\(tag) \(command)\r\n".utf8)
        if let literal {
            let output = runner.takeOutput()
            reader.append(output)
            // A literal that is refused is not wanted: RFC 9051 §4.3.
            let lines = String(decoding: output, as: UTF8.self).split(separator: "\r\n")
            if lines.contains(where: { $0.hasPrefix("+") }) {
                runner.send("\(literal)\r\n".utf8)
            }
        }
        return try hear(until: tag, allowsExpunge: allowsExpunge)
    }

    mutating func say(line: String) {
        note("C: \(line)")
        runner.send("\(line)\r\n".utf8)
    }

    /// The tag of the command that was said last.
    var lastTag: String { "t\(commands)" }

    mutating func beginIdle() throws {
        commands += 1
        say(line: "t\(commands) IDLE")
        isIdling = true
        _ = try hear(until: nil, allowsExpunge: true)
    }

    mutating func endIdle() throws -> Answer {
        say(line: "DONE")
        isIdling = false
        return try hear(until: lastTag, allowsExpunge: true)
    }

    /// - Parameter tag: nil: hears what has come, and does not wait for an answer.
    @discardableResult
    mutating func hear(until tag: String?, allowsExpunge: Bool) throws -> Answer {
        var answer = Answer()
        reader.append(runner.takeOutput())
        while let text = reader.nextText() {
            note("S: \(text)")
            guard answer.condition.isEmpty else {
                throw ReferenceClient.Lie("after the tagged answer came: \(text)")
            }
            let response = try SpokenResponse(text)
            try client.hear(response, allowsExpunge: allowsExpunge)
            switch response {
            case .condition(let found, let condition, let code) where found == tag:
                answer.condition = condition
                answer.code = code
            case .condition("*", "BYE", _): answer.hasBye = true
            case .condition("*", _, let code?): answer.untaggedCodes.append(code)
            case .fetch(let number, let items): answer.fetched.append((number, items))
            case .search(let numbers): answer.found = numbers
            case .expunge: answer.hasExpunges = true
            case .other(let line): answer.others.append(line)
            default: break
            }
        }
        if let tag, answer.condition.isEmpty {
            throw ReferenceClient.Lie("\(tag) was not answered")
        }
        return answer
    }

    private mutating func note(_ line: String) {
        if spoken.count >= 40 { spoken.removeFirst(20) }
        spoken.append(line)
    }
}
