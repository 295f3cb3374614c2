import EventLog
import LMDB

/// Runs what may fail in LMDB, and tells its error as the store's.
@inline(__always)
func storing<Result: ~Copyable>(
    _ body: () throws(LMDBError) -> Result
) throws(StoreError) -> Result {
    do throws(LMDBError) { return try body() } catch { throw .storage(error) }
}

/// Runs what may fail in the log, and tells its error as the store's.
@inline(__always)
func logging<Result: ~Copyable>(
    _ body: () throws(EventLogError) -> Result
) throws(StoreError) -> Result {
    do throws(EventLogError) { return try body() } catch { throw .log(error) }
}
