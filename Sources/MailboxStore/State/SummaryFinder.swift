import LMDB
import MIME
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
        guard let bytes = try bytes(email) else { return nil }
        return try decoded(SummaryRow(bytes), "the summary of \(email)")
    }

    /// Finds the summaries of several messages and has their kept fields brought near. Memory answers
    /// many questions at once; one message after another would wait for each.
    ///
    /// - Parameter found: gets what is there, in the order of `emails`; what it held is gone.
    package mutating func find(
        _ emails: [EmailID], bringingNear found: inout [NearSummary]
    ) throws(StoreError) {
        found.removeAll(keepingCapacity: true)
        for email in emails {
            guard let bytes = try bytes(email) else { continue }
            bytes.prefetch(upTo: NearSummary.headBytes)
            found.append(NearSummary(email: email, bytes: bytes))
        }
        for summary in found { summary.bringKeptFieldsNear() }
    }

    private mutating func bytes(_ email: EmailID) throws(StoreError) -> UnsafeRawBufferPointer? {
        do throws(LMDBError) { return try finder.find(EmailKey.summary(email)) } catch {
            throw .storage(error)
        }
    }
}

/// A summary that was found before it is needed.
package struct NearSummary {
    package let email: EmailID
    fileprivate let bytes: UnsafeRawBufferPointer

    /// Bytes of a summary row that say where its pieces are: digest and lengths.
    fileprivate static let headBytes = 64
    /// Bytes of the kept fields that are worth their while: the index, Date, From, To and Subject of
    /// nearly all mail.
    private static let fieldBytes = 512

    package var row: SummaryRow {
        get throws(StoreError) { try decoded(SummaryRow(bytes), "the summary of \(email)") }
    }

    fileprivate func bringKeptFieldsNear() {
        guard let row = SummaryRow(bytes) else { return }
        StoredSummary(row.stored)?.keptFieldBytes?.prefetch(upTo: NearSummary.fieldBytes)
    }
}
