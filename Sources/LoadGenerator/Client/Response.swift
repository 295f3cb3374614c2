import CLinux
import Glibc

/// One response of the server, seen in the connection's input: valid only while it is judged.
struct Response {
    enum Kind: Equatable {
        /// `* n EXISTS`
        case exists(Int)
        /// `* n EXPUNGE`
        case expunge(Int)
        /// `* n FETCH (…)`, of the message with this sequence number.
        case fetch(Int)
        case search
        case status
        case bye
        case capability
        /// `* OK`: the greeting, or a response code.
        case untaggedOK
        /// Any other untagged response.
        case untagged
        case continuation
        case tagged
    }

    /// Without the last CRLF.
    let bytes: UnsafeRawBufferPointer
    let kind: Kind
    /// Of a FETCH response, where its items begin.
    private let itemsStart: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        let end = bytes.count >= 2 && bytes[bytes.count - 2] == 0x0D ? 2 : 1
        self.bytes = UnsafeRawBufferPointer(rebasing: bytes[..<max(0, bytes.count - end)])
        var cursor = Cursor(self.bytes)
        kind = Response.kind(of: self.bytes, &cursor)
        itemsStart = cursor.position
    }

    private static func kind(of bytes: UnsafeRawBufferPointer, _ cursor: inout Cursor) -> Kind {
        guard bytes.count >= 2 else { return bytes.first == 0x2B ? .continuation : .tagged }
        if bytes[0] == 0x2B { return .continuation }
        guard bytes[0] == 0x2A, bytes[1] == 0x20 else { return .tagged }
        cursor.move(to: 2)
        guard let number = cursor.number() else { return named(bytes) }
        if bytes.has(" FETCH (", at: cursor.position) {
            cursor.move(to: cursor.position + 8)
            return .fetch(number)
        }
        if bytes.has(" EXISTS", at: cursor.position) { return .exists(number) }
        if bytes.has(" EXPUNGE", at: cursor.position) { return .expunge(number) }
        return .untagged
    }

    private static func named(_ bytes: UnsafeRawBufferPointer) -> Kind {
        if bytes.has("OK", at: 2) { return .untaggedOK }
        if bytes.has("SEARCH", at: 2) { return .search }
        if bytes.has("STATUS ", at: 2) { return .status }
        if bytes.has("BYE", at: 2) { return .bye }
        if bytes.has("CAPABILITY ", at: 2) { return .capability }
        return .untagged
    }

    /// A cursor behind the opening parenthesis of a FETCH response's items.
    var fetchItems: FetchItems { FetchItems(bytes, at: itemsStart) }

    /// A FETCH response's items when they are UID and FLAGS alone, as they mostly are.
    var flagsOfUID: FlagsOfUID? { FlagsOfUID(bytes, at: itemsStart) }

    /// The response for people: at most `limit` bytes, whatever cannot be printed as dots.
    func text(limit: Int = 400) -> String {
        let shown = bytes.prefix(limit).map { (0x20..<0x7F).contains($0) ? $0 : 0x2E }
        let text = String(decoding: shown, as: UTF8.self)
        return bytes.count > limit ? text + "… (\(bytes.count) bytes)" : text
    }
}

extension UnsafeRawBufferPointer {
    /// Whether `text` stands at `position`, letter for letter.
    func has(_ text: StaticString, at position: Int) -> Bool {
        guard position >= 0, count - position >= text.utf8CodeUnitCount, let baseAddress else {
            return false
        }
        return memcmp(baseAddress + position, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// Where `text` first stands, or nil.
    func position(of text: StaticString, from start: Int = 0) -> Int? {
        position(
            of: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount),
            from: start)
    }

    func position(of text: UnsafeRawBufferPointer, from start: Int = 0) -> Int? {
        guard let baseAddress, let wanted = text.baseAddress, start <= count,
            let found = memmem(baseAddress + start, count - start, wanted, text.count)
        else { return nil }
        return UnsafeRawPointer(found) - baseAddress
    }

    /// Whether these are the bytes of `other`.
    func equals(_ other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        guard let baseAddress, let theirs = other.baseAddress else { return true }
        return memcmp(baseAddress, theirs, count) == 0
    }
}
