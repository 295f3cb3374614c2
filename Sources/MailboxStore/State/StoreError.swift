import EventLog
import LMDB

/// The world failed: what was attempted, and what to do about it.
package enum StoreError: Error, Sendable {
    case storage(LMDBError)
    case log(EventLogError)
    /// A row or record that cannot be read. Names the table and the place.
    case corrupt(String)
    /// A body whose bytes cannot be read or do not match its digest.
    case body(String)
    case diskFull(String)
    /// The writer stopped after a failed commit, or the store is closed.
    case stopped(String)
    /// The directory is no store, of a newer format, or in use by another server.
    case cannotOpen(String)
}

extension StoreError {
    /// The store has grown to the size it was opened for: RELIABILITY F8.
    package var isMapFull: Bool {
        switch self {
        case .storage(let error), .log(.storage(let error)): error.kind == .mapFull
        default: false
        }
    }
}

extension StoreError {
    /// Whether there was no room, on the disk or in the store: F5, F8.
    package var isFull: Bool {
        switch self {
        case .diskFull: true
        case .storage(let error), .log(.storage(let error)):
            error.kind == .diskFull || error.kind == .mapFull
        default: false
        }
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .storage(let error): "\(error)"
        case .log(let error): "\(error)"
        case .corrupt(let what), .body(let what), .diskFull(let what), .stopped(let what),
            .cannotOpen(let what):
            what
        }
    }
}
