import Glibc

/// The server's answer is not what the protocol or the prepared mail demands: the run is void.
struct WrongAnswer: Error, CustomStringConvertible {
    /// What was expected.
    let expected: String
    /// The offending lines.
    let lines: [String]
    /// The command that was answered, where it is known.
    var command: String?

    init(_ expected: String, _ lines: String..., command: String? = nil) {
        self.expected = expected
        self.lines = lines
        self.command = command
    }

    init(_ expected: String, _ response: Response) {
        self.expected = expected
        lines = [response.text()]
    }

    var description: String {
        var text = "wrong answer: expected \(expected)"
        if let command { text += "\n  C: \(command)" }
        for line in lines { text += "\n  S: \(line)" }
        return text
    }
}

/// What is in the way of a measurement, told to the person who started it.
struct LoadFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// A failed system call, with the system's reason.
    init(call: String, errno code: Int32) {
        description = "\(call): \(String(cString: strerror(code)))"
    }
}
