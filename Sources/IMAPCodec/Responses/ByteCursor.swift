import MailModel

/// A place in a reserved region of the out-buffer, moving on as bytes are put there.
///
/// The region is reserved for the most that a response can take, so that nothing is checked per
/// byte; a checked build traps on what a reservation has overlooked.
struct ByteCursor {
    private let region: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(_ region: UnsafeMutableRawBufferPointer) { self.region = region }

    /// Bytes of the region that are not taken.
    var left: Int { region.count - count }

    @inline(__always)
    mutating func put(_ byte: UInt8) {
        region[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func put(_ text: StaticString) {
        put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func put(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, let target = region.baseAddress else { return }
        precondition(bytes.count <= region.count - count, "a response keeps to its reservation")
        (target + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    /// In decimal; at most 20 bytes.
    @inline(__always)
    mutating func put(_ number: UInt64) {
        put(number, digits: ByteCursor.digits(number))
    }

    /// In decimal; at most 10 bytes.
    @inline(__always)
    mutating func put(_ number: UInt32) {
        put(number, digits: ByteCursor.digits(number))
    }

    @inline(__always)
    private mutating func put(
        _ number: some UnsignedInteger & FixedWidthInteger, digits length: Int
    ) {
        var rest = number
        var index = count + length
        repeat {
            index -= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            region[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        } while rest > 0
        count += length
    }

    @inline(__always)
    private static func digits(_ number: UInt32) -> Int {
        if number < 10 { return 1 }
        if number < 100 { return 2 }
        if number < 1000 { return 3 }
        if number < 10_000 { return 4 }
        if number < 100_000 { return 5 }
        return digits(UInt64(number))
    }

    @inline(__always)
    private static func digits(_ number: UInt64) -> Int {
        var length = 1
        var bound: UInt64 = 10
        while length < 20, number >= bound {
            length += 1
            if length < 20 { bound &*= 10 }
        }
        return length
    }

    /// "(" [flag *(SP flag)] ")"; at most `flagBytes` and the keywords.
    @inline(__always)
    mutating func put(flags: FlagText) {
        put(UInt8(ascii: "("))
        let start = count
        if flags.system.rawValue != 0 {
            put("\\Answered ", if: flags.system.contains(.answered))
            put("\\Flagged ", if: flags.system.contains(.flagged))
            put("\\Deleted ", if: flags.system.contains(.deleted))
            put("\\Seen ", if: flags.system.contains(.seen))
            put("\\Draft ", if: flags.system.contains(.draft))
        }
        put("\\Recent ", if: flags.isRecent)
        if flags.keywords.isEmpty {
            // The space behind the last.
            if count > start { count -= 1 }
        } else {
            flags.keywords.withUnsafeBytes { put($0) }
        }
        put(UInt8(ascii: ")"))
    }

    @inline(__always)
    private mutating func put(_ text: StaticString, if isWanted: Bool) {
        if isWanted { put(text) }
    }

    /// `(\Answered \Flagged \Deleted \Seen \Draft \Recent )`
    static let flagBytes = 52
}
