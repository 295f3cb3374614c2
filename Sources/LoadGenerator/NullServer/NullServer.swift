import CLinux
import Glibc

/// An IMAP server that does next to nothing, from memory, on one thread: it stands in for a server
/// that takes no time, so that what is measured against it is the load generator itself.
///
/// It speaks what the profiles use, to anybody, and no more: RFC 9051 is not its aim.
final class NullServer {
    let poller: Poller
    let options: NullOptions
    private let listener: Int32
    private var connections: [Int: NullConnection] = [:]
    private var nextNumber = 1
    private var accounts: [String: NullAccount] = [:]

    /// - Parameter listener: a listening socket, which the server closes in the end.
    init(listeningOn listener: Int32, options: NullOptions = NullOptions()) throws {
        self.listener = listener
        self.options = options
        poller = try Poller()
        try poller.add(listener, number: 0, writing: false)
    }

    deinit { close(listener) }

    /// Serves until `isStopped`, which is asked every tenth of a second.
    func run(until isStopped: () -> Bool = { false }) throws {
        while !isStopped() {
            try poller.wait(milliseconds: 100) { readiness in
                if readiness.number == 0 { return try accept() }
                guard let connection = connections[readiness.number] else { return }
                if try !connection.becameReady(readiness) { forget(connection) }
            }
        }
    }

    func account(_ name: String) -> NullAccount {
        if let known = accounts[name] { return known }
        let account = NullAccount()
        accounts[name] = account
        return account
    }

    private func accept() throws {
        while true {
            let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
            let descriptor = accept4(listener, nil, nil, flags)
            guard descriptor >= 0 else { return }
            Socket.setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
            let stream = try Stream(descriptor, number: nextNumber, in: poller, connecting: false)
            connections[nextNumber] = try NullConnection(stream, of: self)
            nextNumber += 1
        }
    }

    private func forget(_ connection: NullConnection) {
        connection.end()
        connections[connection.number] = nil
    }
}

/// One user's mailboxes.
final class NullAccount {
    var mailboxes: [String: NullMailbox] = ["INBOX": NullMailbox()]
}
