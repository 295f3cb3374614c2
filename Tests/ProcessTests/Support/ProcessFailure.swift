/// What a process, a socket or a server did that a test cannot go on from.
struct ProcessFailure: Error, CustomStringConvertible, Sendable {
    let description: String

    init(_ description: String) { self.description = description }
}
