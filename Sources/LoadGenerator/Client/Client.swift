/// What is done over one connection: writes commands, and judges every answer.
///
/// A session calls `issue` whenever it may send a command, then `receive` for each untagged response
/// and `finish` for the tagged OK. Nothing is kept of a response after the call.
protocol Client: AnyObject {
    /// Appends a command to the session's output, without its tag; false when there is nothing to do.
    func issue(_ session: Session) throws(WrongAnswer) -> Bool

    /// Judges an untagged response; the session has already counted EXISTS and EXPUNGE.
    func receive(_ response: Response, _ session: Session) throws(WrongAnswer)

    /// Judges the answer as a whole, now that the tagged OK has come.
    ///
    /// - Returns: whether that completes an operation, which is then counted and timed.
    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool

    /// The server waits for the rest of the command: `+`.
    func resume(_ session: Session) throws(WrongAnswer)

    /// The tagged answer is NO or BAD. Clients that do not expect it leave this out: it is an error.
    func refuse(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool

    /// The server closed the connection. Clients that do not expect it leave this out.
    ///
    /// - Returns: whether that completes an operation.
    func closed(_ session: Session) throws -> Bool
}

extension Client {
    func receive(_ response: Response, _ session: Session) throws(WrongAnswer) {}

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool { true }

    func resume(_ session: Session) throws(WrongAnswer) {
        throw WrongAnswer("no continuation of this command", session.command)
    }

    func refuse(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        throw WrongAnswer("OK", response)
    }

    func closed(_ session: Session) throws -> Bool {
        let farewell = session.farewell.map { ", and said: \($0)" } ?? ""
        throw LoadFailure(
            "the server closed the connection of \(session.account.name) during "
                + "\(session.command.prefix(12))\(farewell)")
    }
}
