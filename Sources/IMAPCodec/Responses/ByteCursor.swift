import MailModel

/// A place in a reserved region of the out-buffer, moving on as bytes are put there.
///
/// The region is reserved for the most that a response can take, so that nothing is checked per
/// byte; a checked build traps on what a reservation has overlooked.
struct ByteCursor {
    private let region: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(_ region: UnsafeMutableRawBufferPointer) { self.region = region }

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
        let length = ByteCursor.digits(number)
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
    mutating func put(_ number: UInt32) { put(UInt64(number)) }

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
    mutating func put(flags: FlagText) {
        put(UInt8(ascii: "("))
        let start = count
        for (flag, name) in FlagText.systemNames where flags.system.contains(flag) {
            if count > start { put(UInt8(ascii: " ")) }
            put(name)
        }
        if flags.isRecent {
            if count > start { put(UInt8(ascii: " ")) }
            put("\\Recent")
        }
        if !flags.keywords.isEmpty {
            if count > start { put(UInt8(ascii: " ")) }
            flags.keywords.withUnsafeBytes { put($0) }
        }
        put(UInt8(ascii: ")"))
    }

    /// `(\Answered \Flagged \Deleted \Seen \Draft \Recent )`
    static let flagBytes = 52
}
