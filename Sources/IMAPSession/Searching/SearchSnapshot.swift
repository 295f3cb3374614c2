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
    private var summaries: SummaryFinder
    /// Made at the first message that has keywords.
    private lazy var keywordPlaces = keywords.places
    /// When nothing more may be read.
    private let deadline: ContinuousClock.Instant?
    /// The field that was asked for last, if summaries keep it: of a search that is mostly one.
    private var latestField: (name: String, kept: KeptFieldSet?)?
    private var latest: Summarised?
    /// Summaries that will be asked for, in this order, and the place of the next.
    private var near: [NearSummary] = []
    private var nextNear = 0
    private var bytesOf: (email: EmailID, bytes: BodyBytes, structure: MessageStructure?)?

    /// A message's summary, found once for all conditions that ask for it.
    private struct Summarised {
        let email: EmailID
        let row: SummaryRow
        let summary: StoredSummary
    }

    init(
        of mailbox: MailboxID, in store: MailboxStore, recent: UIDSet,
        until deadline: ContinuousClock.Instant? = nil
    ) throws(StoreError) {
        self.deadline = deadline
        self.recent = recent
        reader = try store.beginRead()
        keywords = try reader.keywordTable(mailbox)
        summaries = try reader.summaries()
        bodies = store.bodies
    }

    /// The bit of a keyword in the mailbox's rows; nil when no message ever had it.
    func bit(of keyword: Keyword) -> Int? { keywordPlaces[keyword] }

    /// One message may be looked through for thousands of texts, and a text may be long: the clock is
    /// asked before each, and within.
    ///
    /// - Throws: `SearchTimeIsUp`.
    func checkTime() throws {
        if let deadline, ContinuousClock.now >= deadline { throw SearchTimeIsUp() }
    }

    /// Has the summaries brought near that will be asked for next; best in that order.
    func bringNear(_ emails: [EmailID]) throws(StoreError) {
        nextNear = 0
        try summaries.find(emails, bringingNear: &near)
    }

    /// Valid as long as the snapshot.
    func summary(_ email: EmailID) throws(StoreError) -> StoredSummary {
        try found(email).summary
    }

    private func found(_ email: EmailID) throws(StoreError) -> Summarised {
        if let latest, latest.email == email { return latest }
        guard let row = try summaryRow(email), let summary = StoredSummary(row.stored) else {
            throw .body("the summary of \(email) cannot be read")
        }
        let found = Summarised(email: email, row: row, summary: summary)
        latest = found
        return found
    }

    private func summaryRow(_ email: EmailID) throws(StoreError) -> SummaryRow? {
        while nextNear < near.count {
            let candidate = near[nextNear]
            nextNear += 1
            if candidate.email == email { return try candidate.row }
        }
        return try summaries.find(email)
    }

    private func location(_ email: EmailID) throws(StoreError) -> BodyLocation {
        guard let location = try reader.bodyLocation(try found(email).row.digest) else {
            throw .body("the body of \(email) is not there")
        }
        return location
    }

    private func keptField(_ name: String) -> KeptFieldSet? {
        if let latestField, latestField.name == name { return latestField.kept }
        let kept = KeptFieldSet([name])
        latestField = (name, kept)
        return kept
    }

    /// Whether a field of that name has the text in it; with nil, whether there is such a field.
    func hasField(
        _ name: String, of email: EmailID, containing needle: SearchNeedle?
    ) throws -> Bool {
        let summary = try summary(email)
        if let kept = summary.keptFields, let wanted = keptField(name) {
            return kept.hasField(in: wanted, containing: needle)
        }
        try checkTime()
        if let known = bytesOf, known.email == email {
            return known.bytes.withUnsafeBytes {
                SearchText(of: $0).hasField(name, containing: needle)
            }
        }
        let location = try location(email)
        let length = min(UInt64(summary.headerSize), location.sizeBytes)
        return try bodies.withBytes(of: location, 0..<length) { bytes throws(StoreError) in
            SearchText(of: bytes).hasField(name, containing: needle)
        }
    }

    /// The text of the whole message, which stays at hand until another one is asked for.
    func withText<Result>(
        _ email: EmailID, _ body: (inout SearchText) throws -> Result
    ) throws -> Result {
        if bytesOf?.email != email {
            bytesOf = nil
            bytesOf = (email, try bodies.body(at: try location(email)), nil)
        }
        guard let known = bytesOf else {
            throw StoreError.body("the body of \(email) is not there")
        }
        return try known.bytes.withUnsafeBytes { bytes in
            let structure = known.structure ?? MessageStructure(parsing: bytes)
            bytesOf?.structure = structure
            var text = SearchText(of: bytes, structure: structure)
            return try body(&text)
        }
    }
}

/// The budget was used up in the midst of a message.
struct SearchTimeIsUp: Error {}
