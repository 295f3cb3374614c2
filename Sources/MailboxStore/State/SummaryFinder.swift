import LMDB
import MailModel

/// Finds what messages share with their copies: quickest where messages come in the order in which they
/// were appended.
///
/// Valid only within the transaction that gave it, as are the rows.
package struct SummaryFinder: ~Copyable {
    private var finder: Finder

    init(_ finder: consuming Finder) { self.finder = finder }

    /// - Returns: nil when there is no such message.
    package mutating func find(_ email: EmailID) throws(StoreError) -> SummaryRow? {
        let bytes: UnsafeRawBufferPointer?
        do throws(LMDBError) { bytes = try finder.find(EmailKey.summary(email)) } catch {
            throw .storage(error)
        }
        guard let bytes else { return nil }
        return try decoded(SummaryRow(bytes), "the summary of \(email)")
    }
}
