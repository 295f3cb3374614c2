import CLMDB

extension Readable where Self: ~Copyable {
    /// Walks the whole database.
    public func scan(_ database: Database, reversed: Bool = false) throws(LMDBError) -> Scan {
        try scan(database, .all, reversed: reversed)
    }

    /// Walks the entries from `lower` on; backwards, from the end down to `lower`.
    public func scan(
        _ database: Database, from lower: some KeyCodable, reversed: Bool = false
    ) throws(LMDBError) -> Scan {
        try scan(database, KeyRange(lower: lower.keyBytes), reversed: reversed)
    }

    /// Walks the entries up to `upper`, which is included; backwards, from `upper` to the beginning.
    public func scan(
        _ database: Database, through upper: some KeyCodable, reversed: Bool = false
    ) throws(LMDBError) -> Scan {
        try scan(database, KeyRange(upper: .through(upper.keyBytes)), reversed: reversed)
    }

    /// Walks the entries between two keys, both included.
    public func scan(
        _ database: Database, from lower: some KeyCodable, through upper: some KeyCodable,
        reversed: Bool = false
    ) throws(LMDBError) -> Scan {
        let range = KeyRange(lower: lower.keyBytes, upper: .through(upper.keyBytes))
        return try scan(database, range, reversed: reversed)
    }

    /// Walks the entries whose keys begin with `prefix`.
    public func scan(
        _ database: Database, prefix: some KeyCodable, reversed: Bool = false
    ) throws(LMDBError) -> Scan {
        try scan(database, .beginning(with: prefix.keyBytes), reversed: reversed)
    }

    private func scan(
        _ database: Database, _ range: KeyRange, reversed: Bool
    ) throws(LMDBError) -> Scan {
        try Scan(
            handle, database, range, reversed: reversed, writing: writing,
            readAhead: ReadAhead(regions))
    }
}
