import MIME
import MailModel
import MailboxStore

/// One snapshot of a search: what its messages are read with.
///
/// A class because messages ask it lazily, and because it holds the transaction. Used by one thread, for
/// a chunk of the search.
final class SearchSnapshot {
    let reader: StoreReader
    /// What the session may show as `\Recent`.
    let recent: UIDSet
    private let keywords: KeywordTable
    private let bodies: BodyStore
    /// Made at the first message that has keywords.
    private lazy var keywordPlaces = keywords.places
    /// When nothing more may be read.
    private let deadline: ContinuousClock.Instant?
    /// Whether summaries keep the field that was asked for last: of a search that is mostly one.
    private var keptField: (name: String, isKept: Bool)?
    private var summaryOf: (email: EmailID, row: SummaryRow, summary: StoredSummary)?
    private var bytesOf: (email: EmailID, bytes: [UInt8], structure: MessageStructure?)?

    init(
        of mailbox: MailboxID, in store: MailboxStore, recent: UIDSet,
        until deadline: ContinuousClock.Instant? = nil
    ) throws(StoreError) {
        self.deadline = deadline
        self.recent = recent
        reader = try store.beginRead()
        keywords = try reader.keywordTable(mailbox)
        bodies = store.bodies
    }

    /// The bit of a keyword in the mailbox's rows; nil when no message ever had it.
    func bit(of keyword: Keyword) -> Int? { keywordPlaces[keyword] }

    /// One message may be looked through for thousands of texts: the clock is asked before each.
    ///
    /// - Throws: `SearchTimeIsUp`.
    func checkTime() throws {
        if let deadline, ContinuousClock.now >= deadline { throw SearchTimeIsUp() }
    }

    /// Valid as long as the snapshot.
    func summary(_ email: EmailID) throws(StoreError) -> StoredSummary {
        try found(email).summary
    }

    private func found(
        _ email: EmailID
    ) throws(StoreError) -> (email: EmailID, row: SummaryRow, summary: StoredSummary) {
        if let known = summaryOf, known.email == email { return known }
        guard let row = try reader.summary(email), let summary = StoredSummary(row.stored) else {
            throw .body("the summary of \(email) cannot be read")
        }
        summaryOf = (email, row, summary)
        return (email, row, summary)
    }

    private func location(_ email: EmailID) throws(StoreError) -> BodyLocation {
        guard let location = try reader.bodyLocation(try found(email).row.digest) else {
            throw .body("the body of \(email) is not there")
        }
        return location
    }

    private func isKept(_ name: String) -> Bool {
        if let keptField, keptField.name == name { return keptField.isKept }
        let isKept = CachedHeader.covers([name])
        keptField = (name, isKept)
        return isKept
    }

    /// The text of the header alone, or of the fields of it that the summary keeps.
    ///
    /// - Parameter name: the one field that is asked for.
    func withHeader<Result>(
        _ email: EmailID, _ name: String, _ body: (SearchText) -> Result
    ) throws(StoreError) -> Result {
        let summary = try summary(email)
        if let kept = summary.cachedHeader, isKept(name) {
            return body(SearchText(of: kept))
        }
        if let known = bytesOf, known.email == email {
            return known.bytes.withUnsafeBytes { body(SearchText(of: $0)) }
        }
        let location = try location(email)
        let length = min(UInt64(summary.headerSize), location.sizeBytes)
        return try bodies.withBytes(of: location, 0..<length) { bytes throws(StoreError) in
            body(SearchText(of: bytes))
        }
    }

    /// The text of the whole message, which stays in memory until another one is asked for.
    func withText<Result>(
        _ email: EmailID, _ body: (inout SearchText) -> Result
    ) throws(StoreError) -> Result {
        if bytesOf?.email != email {
            bytesOf = nil
            bytesOf = (email, try bodies.bytes(of: try location(email)), nil)
        }
        guard let known = bytesOf else { throw .body("the body of \(email) is not there") }
        return known.bytes.withUnsafeBytes { bytes in
            let structure = known.structure ?? MessageStructure(parsing: bytes)
            bytesOf?.structure = structure
            var text = SearchText(of: bytes, structure: structure)
            return body(&text)
        }
    }
}

/// The budget was used up in the midst of a message.
struct SearchTimeIsUp: Error {}
