import MailModel
import MailboxStore

/// The mailbox that a session has selected: its view, and what of it the client has been told.
///
/// A class because it owns the view, which must be given up exactly once.
package final class SelectedMailbox {
    package let view: MailboxView
    /// EXAMINE, not SELECT.
    package let isReadOnly: Bool
    /// `$`, the saved result of SEARCH: RFC 5182.
    package var savedResult = UIDSet()
    /// How many keywords of the mailbox's table FLAGS has told.
    var toldKeywords: Int
    /// The most messages that the client has been told of at a time: numbers up to it once were right.
    private(set) var mostTold: Int
    /// Of the message that FETCH took apart last.
    var known: KnownStructure?
    private var isClosed = false

    init(view: MailboxView, isReadOnly: Bool, toldKeywords: Int) {
        self.view = view
        self.isReadOnly = isReadOnly
        self.toldKeywords = toldKeywords
        mostTold = view.count
    }

    /// Notes how many messages the client has been told of.
    func noteCount() { mostTold = max(mostTold, view.count) }

    /// A HIGHESTMODSEQ that passes no expunge which the client has not been told: DESIGN §5.
    package var toldModSeq: ModSeq { view.tellableModSeq }

    package func close() {
        guard !isClosed else { return }
        isClosed = true
        view.close()
    }
}
