import IMAPCodec

/// What keeps a FETCH from ending with OK.
struct FetchFlaws: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// Some message's bytes cannot be read.
    static let damaged = FetchFlaws(rawValue: 1)
    /// RFC 3516 §4.3.
    static let unknownEncoding = FetchFlaws(rawValue: 2)
    /// RFC 2180 §4.1.2.
    static let expunged = FetchFlaws(rawValue: 4)

    var completion: Completion {
        if contains(.damaged) {
            return .no("Some messages cannot be read", code: .corruption)
        }
        if contains(.unknownEncoding) {
            return .no("A part has a transfer encoding that is not known", code: .unknownCTE)
        }
        if contains(.expunged) {
            return .messagesExpunged
        }
        return .ok("FETCH completed")
    }
}
