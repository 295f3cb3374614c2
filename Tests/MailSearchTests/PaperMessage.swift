import MailModel
import MailSearch

/// A message that is nothing but its answers. Texts are matched without regard to ASCII case.
struct PaperMessage: SearchableMessage {
    var uid: UInt32 = 10
    var sequenceNumber: UInt32 = 1
    var systemFlags: SystemFlags = []
    var keywords: [Keyword] = []
    var isRecent = false
    var internalDate = InternalDate(secondsSinceEpoch: 0)
    var saveDateSeconds: Int64?
    var sizeBytes: UInt64 = 1000
    var modSeq = ModSeq(1)
    var emailID = EmailID(position: LogPosition(1), index: 0)
    var sent: InternalDate?
    var headers: [(name: String, value: String)] = []
    var body = ""
    /// Every reading of a summary or of bytes throws.
    var isUnreadable = false

    struct Unreadable: Error {}

    func hasKeyword(_ keyword: Keyword) -> Bool { keywords.contains(keyword) }

    func sentDate() throws -> InternalDate? {
        try read()
        return sent
    }

    func hasHeader(_ name: String, containing needle: String?) throws -> Bool {
        try read()
        return headers.contains {
            $0.name.lowercased() == name.lowercased()
                && (needle.map($0.value.lowercased().contains) ?? true)
        }
    }

    func bodyContains(_ needle: String) throws -> Bool {
        try read()
        return body.lowercased().contains(needle)
    }

    func textContains(_ needle: String) throws -> Bool {
        try read()
        return body.lowercased().contains(needle)
            || headers.contains { "\($0.name): \($0.value)".lowercased().contains(needle) }
    }

    private func read() throws {
        if isUnreadable { throw Unreadable() }
    }
}

/// A needle of UTF-8; nil when it is not.
func paperNeedle(_ text: [UInt8]) -> String? {
    String(validating: text, as: UTF8.self)?.lowercased()
}

func program(
    _ key: SearchKey, now: Int64 = 0, messages: UInt32 = 10, largestUID: UInt32 = 100,
    saved: UIDSet = UIDSet()
) throws -> SearchProgram<String> {
    let context = SearchContext(
        nowSeconds: now, largestSequenceNumber: messages, largestUID: largestUID,
        savedResult: saved)
    return try SearchProgram(key, in: context, prepare: paperNeedle)
}
