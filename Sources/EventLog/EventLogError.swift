import LMDB
import MailEvents
import MailModel

/// What a log could not do.
package enum EventLogError: Error, Hashable, Sendable {
    /// The storage below failed.
    case storage(LMDBError)
    /// There is no log in this environment.
    case noLog
    /// A newer version of the program wrote this store.
    case newerFormat(found: UInt32, known: UInt32)
    /// A record is not what was written there.
    case damaged(LogPosition, reason: String)
    /// An entry of the store's `meta` table is missing or is not what was written there.
    case damagedMeta(key: String)
    /// Somebody else holds the log now.
    case fenced(Epoch)
    /// A position beyond the head was named.
    case beyondHead(LogPosition)
    /// A record cannot be read, or a draft cannot be recorded.
    case record(RecordError)
}

extension EventLogError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .storage(let error): error.description
        case .noLog: "there is no log here"
        case .newerFormat(let found, let known):
            "the store has format \(found), and this program knows formats up to \(known): use a newer one"
        case .damaged(let position, let reason):
            "the record at position \(position) is damaged: \(reason)"
        case .damagedMeta(let key): "the store's entry \"\(key)\" is missing or damaged"
        case .fenced(let epoch): "another server has taken over the store (epoch \(epoch))"
        case .beyondHead(let position): "position \(position) is beyond the end of the log"
        case .record(let error): error.description
        }
    }
}
