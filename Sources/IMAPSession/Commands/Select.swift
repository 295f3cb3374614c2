import IMAPCodec
import MailModel
import MailboxStore

/// SELECT and EXAMINE: RFC 9051 §6.3.2, §6.3.3; RFC 7162 §3.1.8; RFC 8474 §4.1.
extension Session {
    /// Whatever was selected is given up first, also when the new mailbox cannot be had.
    mutating func select(
        _ command: SelectCommand, readOnly: Bool, out: inout ResponseWriter
    ) -> Completion {
        guard let user = state.user else { return .bad("Log in first") }
        if leaveMailbox() {
            out.writeUntagged(.ok, code: .closed, "The previous mailbox is closed")
        }
        // HIGHESTMODSEQ is told by every SELECT.
        if command.enablesCondStore { isCondStoreAware = true }
        switch command.mailbox {
        case .invalid(let reason): return .no(reason, code: .cannot)
        case .valid(let name):
            do throws(StoreError) {
                return try open(name, of: user, readOnly: readOnly, out: &out)
            } catch {
                return Completion(error)
            }
        }
    }

    /// Gives up the view, if there is one.
    ///
    /// - Returns: whether a mailbox was selected.
    mutating func leaveMailbox() -> Bool {
        guard case .selected(let user, let mailbox) = state else { return false }
        mailbox.close()
        state = .authenticated(user)
        return true
    }

    private mutating func open(
        _ name: MailboxName, of user: LoggedInUser, readOnly: Bool, out: inout ResponseWriter
    ) throws(StoreError) -> Completion {
        let found = try context.store.read { reader throws(StoreError) in
            try reader.mailbox(named: name, in: user.account)
        }
        guard let found,
            let view = try context.store.openView(
                of: found, owner: identity(of: user), readOnly: readOnly)
        else { return answer(to: .noSuchMailbox(name.string)) }
        let opening = try context.store.read { reader throws(StoreError) in
            try Opening(view, on: reader)
        }
        guard let opening else {
            view.close()
            return answer(to: .noSuchMailbox(name.string))
        }
        let selected = SelectedMailbox(
            view: view, isReadOnly: readOnly, toldKeywords: opening.keywords.count)
        state = .selected(user, selected)
        opening.write(view, readOnly: readOnly, to: &out)
        claimRecent(of: selected)
        return readOnly
            ? .ok("EXAMINE completed", code: .readOnly)
            : .ok("SELECT completed", code: .readWrite)
    }
}

/// What SELECT tells of a mailbox, all of it from one snapshot.
private struct Opening {
    let row: MailboxRow
    let keywords: [Keyword]
    /// The sequence number of the first message without `\Seen`.
    let firstUnseen: Int?

    /// - Returns: nil when the mailbox is gone.
    init?(_ view: MailboxView, on reader: borrowing StoreReader) throws(StoreError) {
        _ = try view.advance(.everything, on: reader)
        guard let row = try reader.mailboxRow(view.mailbox) else { return nil }
        self.row = row
        keywords = try reader.keywordTable(view.mailbox).keywords
        firstUnseen = try FirstUnseen(unseen: Int(row.unseen), in: view).find(on: reader)
    }

    func write(_ view: MailboxView, readOnly: Bool, to out: inout ResponseWriter) {
        out.writeFlagLists(keywords, isReadOnly: readOnly)
        out.writeExists(UInt32(clamping: view.count))
        out.writeRecent(UInt32(clamping: view.recentCount))
        if let first = firstUnseen.flatMap({ UInt32(exactly: $0) }) {
            out.writeUntagged(.ok, code: .unseen(first), "First unseen")
        }
        out.writeUntagged(.ok, code: .uidValidity(row.uidValidity), "UIDs valid")
        if let next = UInt32(exactly: row.uidNext) {
            out.writeUntagged(.ok, code: .uidNext(next), "Predicted next UID")
        }
        out.writeUntagged(
            .ok, code: .highestModSeq(row.highestModSeq), "Highest mod-sequence")
        out.writeUntagged(.ok, code: .mailboxID(view.mailbox), "Mailbox ID")
    }
}

/// Looks for the first message without `\Seen` from both ends in turns.
///
/// New mail stands at the end, a mailbox never read at the start: either is found at the cost of a
/// few rows, and nothing costs more than one scan. The mailbox row tells how many there are, so
/// the search from the end knows when it has met the first.
private struct FirstUnseen {
    private var left: Int
    private let view: MailboxView
    private static let chunk = 512

    init(unseen: Int, in view: MailboxView) {
        left = unseen
        self.view = view
    }

    func find(on reader: borrowing StoreReader) throws(StoreError) -> Int? {
        var left = left
        var low = 1
        var high = view.count
        var latest: UInt32?
        while left > 0, low <= high {
            let middle = min(low + FirstUnseen.chunk - 1, high)
            let front = try scan(low...middle, stopsAtFirst: true, on: reader)
            if let first = front.first { return view.sequenceNumber(of: first) }
            low = middle + 1
            guard low <= high else { break }
            let start = max(high - FirstUnseen.chunk + 1, low)
            let back = try scan(start...high, stopsAtFirst: false, on: reader)
            left -= back.count
            latest = back.first ?? latest
            high = start - 1
        }
        return latest.flatMap { view.sequenceNumber(of: $0) }
    }

    private func scan(
        _ numbers: ClosedRange<Int>, stopsAtFirst: Bool, on reader: borrowing StoreReader
    ) throws(StoreError) -> (first: UInt32?, count: Int) {
        guard let lower = view.uid(at: numbers.lowerBound),
            let upper = view.uid(at: numbers.upperBound), lower <= upper
        else { return (nil, 0) }
        var first: UInt32?
        var count = 0
        try reader.scanMessages(view.mailbox, in: lower...upper) { uid, row in
            guard !row.flags.contains(.seen) else { return true }
            first = first ?? uid
            count += 1
            return !stopsAtFirst
        }
        return (first, count)
    }
}

extension ResponseWriter {
    /// FLAGS and PERMANENTFLAGS: RFC 9051 §7.3.5, §7.1.
    mutating func writeFlagLists(_ keywords: [Keyword], isReadOnly: Bool) {
        let all = FlagSet(system: .all, keywords: keywords)
        writeFlags(all)
        writeUntagged(
            .ok,
            code: .permanentFlags(
                isReadOnly ? FlagSet() : all,
                allowsNewKeywords: !isReadOnly && keywords.count < KeywordTable.most),
            isReadOnly ? "No permanent flags" : "Flags permitted")
    }
}
