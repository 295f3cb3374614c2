import IMAPCodec
import MailModel
import MailboxStore

/// From what a command names to the messages of the view.
extension SelectedMailbox {
    /// What a command's set names, as UIDs; nil when a sequence number is beyond the last message.
    ///
    /// UIDs that are not in the view are passed over (RFC 9051 §6.4.9); a sequence number that no
    /// message has is an error (RFC 3501 §9, seq-number), as `*` is in an empty mailbox.
    package func uids(of set: SequenceSet, _ kind: NumberKind) -> UIDSet? {
        switch (set, kind) {
        case (.savedResult, _):
            return view.uids(in: savedResult)
        case (.ranges(let ranges), .uid):
            return view.uids(in: ranges.resolved(largest: view.largestUID ?? 0))
        case (.ranges(let ranges), .sequence):
            guard let count = UInt32(exactly: view.count), count > 0 else { return nil }
            let numbers = ranges.resolved(largest: count)
            guard numbers.last ?? 0 <= count else { return nil }
            return view.uids(inSequence: numbers)
        }
    }

    /// The same messages, numbered as the command named them.
    package func numbers(of uids: UIDSet, _ kind: NumberKind) -> NumberSet {
        kind == .uid ? uids : view.sequenceNumbers(of: uids)
    }
}

extension SelectedMailbox {
    /// The answer where `uids(of:_:)` gives nil.
    ///
    /// A number that never was is a client's mistake: BAD (RFC 3501 §9, seq-number). One that was right
    /// until the last EXPUNGE is what becomes of commands that were sent before it came: NO, as in the
    /// example of RFC 2180 §4.1.1.
    func complaint(about set: SequenceSet) -> Completion {
        guard case .ranges(let ranges) = set, let most = UInt32(exactly: mostTold), most > 0,
            ranges.resolved(largest: most).last ?? 0 <= most
        else { return .bad("There is no message of this number") }
        return .no("The messages are no longer available", code: .expungeIssued)
    }
}

extension Completion {
    package static let readOnly = Completion.no(
        "The mailbox is open for reading only", code: .readOnly)
}
