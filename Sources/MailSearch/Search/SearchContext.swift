import MailModel

/// What a search key means besides its own text: the moment, the view, the saved result.
package struct SearchContext: Sendable {
    /// UTC, for OLDER and YOUNGER.
    package var nowSeconds: Int64
    /// What `*` means as a sequence number: the number of messages in the view.
    package var largestSequenceNumber: UInt32
    /// What `*` means as a UID: the last in the view, 0 when it is empty.
    package var largestUID: UInt32
    /// What `$` means (RFC 5182), as UIDs; it names messages, whichever kind of set it stands in.
    package var savedResult: UIDSet

    package init(
        nowSeconds: Int64, largestSequenceNumber: UInt32, largestUID: UInt32,
        savedResult: UIDSet = UIDSet()
    ) {
        self.nowSeconds = nowSeconds
        self.largestSequenceNumber = largestSequenceNumber
        self.largestUID = largestUID
        self.savedResult = savedResult
    }
}

/// Why a search key could not be made into a program.
package enum SearchDefect: Error, Hashable, Sendable {
    /// `NO [BADCHARSET]`: the texts are in a charset that cannot be converted, or are not in it.
    case badCharset
    /// Nested deeper than `SearchProgramLimits.depth`.
    case tooDeep
}

package enum SearchProgramLimits {
    /// Keys within keys. The parser allows 32 (S5) and adds one for the whole command; this bounds
    /// the stack whoever made the key.
    package static let depth = 64
}
