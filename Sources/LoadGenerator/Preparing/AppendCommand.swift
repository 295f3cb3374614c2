/// Writes one APPEND command, of one message or of several (RFC 3502), whatever literals the server
/// takes: RFC 7888, RFC 9051 §6.3.12.
struct AppendCommand {
    /// Where a message is taken from when its turn comes.
    protocol Source {
        /// Appends flags and date, each with a space behind it, or nothing.
        func writeAttributes(of message: Int, to output: ByteQueue)
        func size(of message: Int) -> Int
        func write(_ message: Int, to output: ByteQueue)
    }

    private let source: any Source
    private let end: Int
    private var next: Int
    private var isLiteralDue = false

    /// Starts the command: what can be sent without waiting is written at once.
    init(
        to mailbox: [UInt8], messages: Range<Int>, from source: any Source, session: Session
    ) {
        self.source = source
        next = messages.lowerBound
        end = messages.upperBound
        session.output.append("APPEND ")
        session.output.append(mailbox)
        proceed(session)
    }

    /// The server is ready for the literal.
    mutating func resume(_ session: Session) throws(WrongAnswer) {
        guard isLiteralDue else { throw WrongAnswer("no continuation", session.command) }
        isLiteralDue = false
        finishMessage(session)
        proceed(session)
    }

    private mutating func proceed(_ session: Session) {
        while next < end {
            let size = source.size(of: next)
            session.output.append(byte: 0x20)
            source.writeAttributes(of: next, to: session.output)
            session.output.append("{")
            session.output.append(decimal: size)
            guard session.traits.sendsAtOnce(literalOf: size) else {
                session.output.append("}\r\n")
                return isLiteralDue = true
            }
            session.output.append("+}\r\n")
            finishMessage(session)
        }
        session.output.append("\r\n")
    }

    private mutating func finishMessage(_ session: Session) {
        source.write(next, to: session.output)
        next += 1
    }
}

extension Letters: AppendCommand.Source {
    func writeAttributes(of message: Int, to output: ByteQueue) {
        output.append(Letters.isUnseen(message) ? "() " : "(\\Seen) ")
        arrival(of: message).writeInternalForm(to: output)
        output.append(byte: 0x20)
    }
}
