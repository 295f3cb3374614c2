/// A place in a response, and the few forms that are read from there: RFC 9051 §9.
struct Cursor {
    let bytes: UnsafeRawBufferPointer
    private(set) var position: Int

    init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    var isAtEnd: Bool { position >= bytes.count }
    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func move(to position: Int) { self.position = position }

    /// Steps over `byte` if it stands here.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    /// A number of at most 18 digits, or nil when there is no digit here.
    mutating func number() -> Int? {
        let start = position
        var value = 0
        while position < bytes.count, position - start < 18, bytes[position] &- 0x30 < 10 {
            value = value &* 10 &+ Int(bytes[position] &- 0x30)
            position += 1
        }
        return position > start ? value : nil
    }

    /// Steps over one value: a list, a quoted string, a literal or an atom.
    ///
    /// - Returns: its bytes as they stand, or the contents if it is a string; nil if it is broken.
    mutating func value() -> UnsafeRawBufferPointer? {
        switch current {
        case 0x28: list()
        case 0x22: quoted()
        case 0x7B: literal()
        default: atom()
        }
    }

    /// atom, with a section in brackets that may hold spaces: `BODY[HEADER.FIELDS (FROM TO)]<0>`.
    mutating func atom() -> UnsafeRawBufferPointer? {
        let start = position
        var brackets = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x5B { brackets += 1 }
            if byte == 0x5D { brackets -= 1 }
            if brackets == 0, byte == 0x20 || byte == 0x28 || byte == 0x29 { break }
            position += 1
        }
        guard position > start else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    private mutating func quoted() -> UnsafeRawBufferPointer? {
        position += 1
        let start = position
        while true {
            position = bytes.positionOfQuoteOrBackslash(from: position)
            guard position < bytes.count else { return nil }
            if bytes[position] == 0x22 {
                position += 1
                return UnsafeRawBufferPointer(rebasing: bytes[start..<position - 1])
            }
            position += 2
        }
    }

    private mutating func literal() -> UnsafeRawBufferPointer? {
        position += 1
        guard let size = number(), skip(0x7D), skip(0x0D), skip(0x0A),
            size <= bytes.count - position
        else { return nil }
        defer { position += size }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + size])
    }

    private mutating func list() -> UnsafeRawBufferPointer? {
        let start = position
        var depth = 0
        // A copy: what is not in memory need not be written back at every byte.
        var place = position
        while place < bytes.count {
            switch bytes[place] {
            case 0x28: depth += 1
            case 0x29:
                depth -= 1
                if depth == 0 {
                    position = place + 1
                    return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
                }
            case 0x22, 0x7B:
                position = place
                guard (bytes[place] == 0x22 ? quoted() : literal()) != nil else { return nil }
                place = position - 1
            default: break
            }
            place += 1
        }
        position = place
        return nil
    }
}

extension UnsafeRawBufferPointer {
    /// Where the next `"` or `\\` stands; `count` or more when there is none.
    ///
    /// Looks at eight bytes at a time: strings are most of what an ENVELOPE is made of.
    fileprivate func positionOfQuoteOrBackslash(from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var position = start
        while position + 8 <= count {
            let word = UInt64(
                littleEndian: loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let quotes = word ^ (ones &* 0x22)
            let backslashes = word ^ (ones &* 0x5C)
            // The lowest marked byte is exact; those above it may be marked by the borrow.
            let marks =
                ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes) & (ones << 7)
            if marks != 0 { return position + marks.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < count, self[position] != 0x22, self[position] != 0x5C { position += 1 }
        return position
    }
}
