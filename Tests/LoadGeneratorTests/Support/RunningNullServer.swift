import Foundation
import Synchronization

@testable import LoadGenerator

/// A null server on a thread of its own, until it is let go.
final class RunningNullServer: Sendable {
    let port: UInt16
    private let isStopped = Flag()

    private final class Flag: Sendable {
        let value = Atomic(false)
    }

    init(hasLiteralPlus: Bool = true, fault: NullFault? = nil) throws {
        let (descriptor, port) = try Socket.listen(onPort: 0)
        self.port = port
        Thread.detachNewThread { [isStopped] in
            let options = NullOptions(hasLiteralPlus: hasLiteralPlus, fault: fault)
            // The test's own failure tells what went wrong.
            try? NullServer(listeningOn: descriptor, options: options).run {
                isStopped.value.load(ordering: .relaxed)
            }
        }
    }

    deinit { isStopped.value.store(true, ordering: .relaxed) }

    /// A bench at a small scale, for a moment.
    func bench(scale: Double = 0.001, seconds: Double = 0.05) throws -> Bench {
        try Bench(
            server: ServerAddress(host: "127.0.0.1", port: port),
            accounts: AccountPattern(pattern: "user%d", password: "pw", first: 1),
            serverPID: nil,
            settings: BenchSettings(seconds: seconds, scale: scale, pauseSeconds: 0.01))
    }
}
