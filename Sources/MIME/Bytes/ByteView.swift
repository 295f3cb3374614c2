import Glibc

/// A window on a message's bytes in which no index traps and none reads past the end.
///
/// Valid only as long as the buffer it was made from. Offsets outside the window read as 0, ranges
/// are clamped: a parser's mistake may give a wrong answer, never a crash or a stranger's memory.
struct ByteView {
    let base: UnsafePointer<UInt8>?
    let count: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        count = bytes.count
    }

    @inline(__always)
    subscript(offset: Int) -> UInt8 {
        guard UInt(bitPattern: offset) < UInt(bitPattern: count), let base else { return 0 }
        return base[offset]
    }

    var range: Range<Int> { 0..<count }

    func clamp(_ range: Range<Int>) -> Range<Int> { range.clamped(to: 0..<count) }

    /// The bytes of a range, not copied.
    func raw(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        let range = clamp(range)
        guard let base else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
    }

    func view(_ range: Range<Int>) -> ByteView { ByteView(raw(range)) }

    func array(_ range: Range<Int>) -> [UInt8] { [UInt8](raw(range)) }

    /// The first `byte` within `from..<end`, by memchr.
    @inline(__always)
    func first(_ byte: UInt8, from: Int, to end: Int) -> Int? {
        let end = min(end, count)
        guard from >= 0, from < end, let base else { return nil }
        guard let found = memchr(base + from, Int32(byte), end - from) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// How often LF occurs in the range.
    func countLineFeeds(in range: Range<Int>) -> Int {
        let range = clamp(range)
        var position = range.lowerBound
        var lines = 0
        while let found = first(ASCII.lf, from: position, to: range.upperBound) {
            lines += 1
            position = found + 1
        }
        return lines
    }
}

extension ByteView {
    /// The range without white space and line ends at either side.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        let range = clamp(range)
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, ASCII.isBlank(self[lower]) { lower += 1 }
        while upper > lower, ASCII.isBlank(self[upper - 1]) { upper -= 1 }
        return lower..<upper
    }

    /// Whether a range holds `text`, which is given in lower case, in any case.
    func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount, text.hasPointerRepresentation else {
            return false
        }
        let expected = text.utf8Start
        for index in 0..<range.count
        where ASCII.lowercase(self[range.lowerBound + index]) != expected[index] {
            return false
        }
        return true
    }

    /// Whether a range holds `text`, which is given in lower case, in any case.
    func equals(_ range: Range<Int>, _ text: [UInt8]) -> Bool {
        guard range.count == text.count else { return false }
        for index in 0..<text.count
        where ASCII.lowercase(self[range.lowerBound + index]) != text[index] {
            return false
        }
        return true
    }

    /// Whether a range holds `text`, both in any case.
    func equals(_ range: Range<Int>, _ text: String) -> Bool {
        let expected = text.utf8
        guard range.count == expected.count else { return false }
        return zip(range, expected).allSatisfy { ASCII.lowercase(self[$0]) == ASCII.lowercase($1) }
    }

    /// Whether a range holds exactly these bytes.
    func equalsExactly(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        let raw = raw(range)
        guard raw.count == bytes.count, raw.count == range.count else { return false }
        guard let start = raw.baseAddress else { return true }
        return bytes.withUnsafeBytes { other in
            guard let otherStart = other.baseAddress else { return true }
            return memcmp(start, otherStart, raw.count) == 0
        }
    }
}

extension Range where Bound == Int {
    /// The range cut to at most `length`.
    func first(_ length: Int) -> Range<Int> {
        count <= length ? self : lowerBound..<(lowerBound + Swift.max(0, length))
    }
}

extension ByteView {
    /// Appends a field's value with its line ends taken out: RFC 5322 §2.2.3.
    func appendUnfolded(_ range: Range<Int>, to bytes: inout [UInt8]) {
        var position = range.lowerBound
        while let feed = first(ASCII.lf, from: position, to: range.upperBound) {
            let hasReturn = feed > position && self[feed - 1] == ASCII.cr
            bytes.append(contentsOf: raw(position..<(hasReturn ? feed - 1 : feed)))
            position = feed + 1
        }
        bytes.append(contentsOf: raw(position..<max(position, range.upperBound)))
    }
}
