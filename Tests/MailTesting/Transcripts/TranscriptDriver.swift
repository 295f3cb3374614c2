/// What a transcript is run against: sessions in memory, or a server behind real sockets.
package protocol TranscriptDriver: AnyObject {
    func connect() throws -> any TranscriptConnection

    /// Called when somebody else than a client has changed the store.
    func storeChanged()
}

/// One client's connection.
package protocol TranscriptConnection: AnyObject {
    func send(_ bytes: [UInt8]) throws

    /// More of what the server has written; waits for it where that makes sense.
    ///
    /// - Returns: nil when nothing more will come: the server has closed the connection, or (in
    ///   memory, where all is done at once; over a socket, after a long wait) it has nothing to say.
    func receive() throws -> [UInt8]?

    /// What has come already, without waiting.
    func receiveAtOnce() throws -> [UInt8]

    /// Whether the server has closed the connection; waits for it where that makes sense.
    func isClosedByServer() throws -> Bool

    /// The client goes away.
    func drop()

    /// Called when a step is over: whatever holds by then is checked.
    func checkInvariants()
}

/// Sessions in memory.
package final class MemoryDriver: TranscriptDriver {
    private let server: MemoryServer

    package init(_ server: MemoryServer) { self.server = server }

    package func connect() -> any TranscriptConnection {
        MemoryConnection(server, server.connect())
    }

    package func storeChanged() { server.deliverNews() }
}

private final class MemoryConnection: TranscriptConnection {
    private let server: MemoryServer
    private let session: SessionRunner

    init(_ server: MemoryServer, _ session: SessionRunner) {
        self.server = server
        self.session = session
    }

    func send(_ bytes: [UInt8]) { session.send(bytes) }

    func receive() -> [UInt8]? {
        let bytes = session.takeOutput()
        return bytes.isEmpty ? nil : bytes
    }

    func receiveAtOnce() -> [UInt8] { session.takeOutput() }
    func isClosedByServer() -> Bool { session.isClosed }
    func drop() { session.drop() }
    func checkInvariants() { server.checkInvariants() }
}
