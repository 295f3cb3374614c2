import LMDB
import MailEvents
import MailModel

/// The store's `meta` table: what is true of the store as a whole. `Schemas/storage.md`, "meta".
package struct MetaTable: Sendable {
    package static let databaseName = "meta"

    /// The newest store format that this program writes and reads. Since 2 a store has a journal,
    /// which a program that does not know it would pass by.
    package static let formatVersion: UInt32 = 2

    package let database: Database

    enum Key: String {
        case format
        case store
        case epoch
        case owner
        case sealed
    }

    /// The store's format, or nil when nothing was ever written.
    func format(in transaction: borrowing some Readable & ~Copyable) throws(EventLogError)
        -> UInt32?
    {
        guard let bytes = try value(.format, in: transaction) else { return nil }
        var reader = KeyReader(bytes)
        guard let format = reader.uint32() else { throw .damagedMeta(key: Key.format.rawValue) }
        return format
    }

    /// The store's ID: 16 bytes.
    package func storeID(
        in transaction: borrowing some Readable & ~Copyable
    ) throws(EventLogError) -> [UInt8] {
        guard let bytes = try value(.store, in: transaction),
            bytes.count == StoreCreated.storeIDBytes
        else { throw .damagedMeta(key: Key.store.rawValue) }
        return [UInt8](bytes)
    }

    func epoch(in transaction: borrowing some Readable & ~Copyable) throws(EventLogError) -> Epoch {
        Epoch(try number(.epoch, in: transaction))
    }

    func sealed(
        in transaction: borrowing some Readable & ~Copyable
    ) throws(EventLogError) -> LogPosition {
        LogPosition(try number(.sealed, in: transaction))
    }

    /// Who acquired the log last, for people to read.
    package func owner(
        in transaction: borrowing some Readable & ~Copyable
    ) throws(EventLogError) -> String {
        guard let bytes = try value(.owner, in: transaction) else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    func set(
        _ key: Key, _ value: some KeyCodable, in transaction: borrowing WriteTransaction
    ) throws(EventLogError) {
        try storing { () throws(LMDBError) in
            try transaction.put(database, key.rawValue, value.keyBytes)
        }
    }

    /// A number that is 0 until it is set.
    private func number(
        _ key: Key, in transaction: borrowing some Readable & ~Copyable
    ) throws(EventLogError) -> UInt64 {
        guard let bytes = try value(key, in: transaction) else { return 0 }
        var reader = KeyReader(bytes)
        guard let number = reader.uint64() else { throw .damagedMeta(key: key.rawValue) }
        return number
    }

    private func value(
        _ key: Key, in transaction: borrowing some Readable & ~Copyable
    ) throws(EventLogError) -> UnsafeRawBufferPointer? {
        do throws(LMDBError) {
            return try transaction.get(database, key.rawValue)
        } catch {
            throw .storage(error)
        }
    }
}

/// Runs what may fail in LMDB, and tells its error as the log's.
func storing<Result: ~Copyable>(
    _ body: () throws(LMDBError) -> Result
) throws(EventLogError) -> Result {
    do throws(LMDBError) {
        return try body()
    } catch {
        throw .storage(error)
    }
}
