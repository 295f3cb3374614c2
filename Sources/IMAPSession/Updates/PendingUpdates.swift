import IMAPCodec
import MailModel
import MailboxStore
import NIOCore

/// What is left to tell after a view has advanced, in the order in which it is told.
///
/// Expunging or flagging 100,000 messages makes megabytes of responses; they go out in pieces, so
/// that a session's memory does not grow with what others do (DESIGN §12). While any is left the
/// view does not advance, so the sequence numbers stay what they are.
struct PendingUpdates {
    private let selected: SelectedMailbox
    private let format: FlagUpdateFormat
    private var expunges: ExpungedSequenceNumbers.Iterator
    private var nextExpunge: UInt32?
    private var exists: UInt32?
    private var recent: UInt32?
    /// Messages whose flags are to be told.
    private var flagged: UIDSet
    /// Messages of which only MODSEQ is to be told.
    private var silent: UIDSet

    /// - Parameter completion: of the command at whose end this is told; may add messages.
    init(
        _ updates: ViewUpdates, _ completion: Completion?, _ format: FlagUpdateFormat,
        in selected: SelectedMailbox
    ) {
        self.selected = selected
        self.format = format
        expunges = updates.expungedSequenceNumbers.makeIterator()
        nextExpunge = expunges.next()
        exists = updates.exists
        recent = updates.recent
        flagged = updates.flagged
        if let told = completion?.toldFlags, !told.isEmpty {
            flagged = flagged.isEmpty ? told : flagged.union(told)
        }
        silent = completion?.toldModSeqs ?? UIDSet()
        if !silent.isEmpty { silent = silent.subtracting(flagged) }
    }

    var isEmpty: Bool {
        nextExpunge == nil && exists == nil && recent == nil && flagged.isEmpty && silent.isEmpty
    }

    /// Writes until nothing is left or the buffer holds `limitBytes`.
    mutating func write(
        upTo limitBytes: Int, on reader: borrowing StoreReader, to out: inout ResponseWriter
    ) throws(StoreError) {
        while let number = nextExpunge, out.buffer.readableBytes < limitBytes {
            out.writeExpunge(number)
            nextExpunge = expunges.next()
        }
        guard nextExpunge == nil else { return }
        if let exists { out.writeExists(exists) }
        if let recent { out.writeRecent(recent) }
        exists = nil
        recent = nil
        flagged = try selected.writeFlags(
            of: flagged, format, upTo: limitBytes, on: reader, to: &out)
        guard flagged.isEmpty else { return }
        silent = try selected.writeModSeqs(
            of: silent, showsUID: format.showsUID, upTo: limitBytes, on: reader, to: &out)
    }
}

/// The end of a command whose updates did not fit the out-buffer at once.
struct RestOfUpdates: RunningCommand {
    var pending: PendingUpdates
    let completion: Completion

    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        session.tell(&pending, out: &out) ? .told(completion) : .waiting(for: .room)
    }
}
