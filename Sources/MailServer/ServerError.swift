import MailboxStore

/// Why a server could not start, or had to stop.
package enum ServerError: Error, Sendable, CustomStringConvertible {
    case demoPasswordBeyondLoopback(ListenAddress)
    case cannotListen(ListenAddress, String)
    case store(StoreError)
    case credentials(String)
    /// F6: nothing more can be written; only a restart finds out what was.
    case storeStopped(StoreError)

    package var description: String {
        switch self {
        case .demoPasswordBeyondLoopback(let address):
            "a demo password lets everybody in, so it serves on loopback only, not on \(address)"
        case .cannotListen(let address, let reason): "cannot listen on \(address): \(reason)"
        case .store(let error): "\(error)"
        case .credentials(let reason): "the users file cannot be used: \(reason)"
        case .storeStopped(let error): "the store stopped: \(error); restart the server"
        }
    }
}
