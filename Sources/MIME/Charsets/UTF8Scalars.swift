/// Scalars of UTF-8 that may be broken: RFC 3629.
enum UTF8Scalars {
    static let replacement: UInt32 = 0xFFFD

    /// The scalar at an offset and its length in bytes; U+FFFD and at least one byte for what is not
    /// well-formed (overlong forms, surrogates, what is cut short).
    static func decode(_ view: ByteView, at position: Int) -> (scalar: UInt32, length: Int) {
        let first = view[position]
        let shape: (count: Int, bits: UInt32, least: UInt32)
        switch first {
        case 0..<0x80: return (UInt32(first), 1)
        case 0xC2...0xDF: shape = (1, UInt32(first & 0x1F), 0x80)
        case 0xE0...0xEF: shape = (2, UInt32(first & 0x0F), 0x800)
        case 0xF0...0xF4: shape = (3, UInt32(first & 0x07), 0x10000)
        default: return (replacement, 1)
        }
        var scalar = shape.bits
        for index in 1...shape.count {
            let byte = view[position + index]
            guard byte & 0xC0 == 0x80 else { return (replacement, index) }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        guard scalar >= shape.least, scalar <= 0x10FFFF, scalar & ~0x7FF != 0xD800 else {
            return (replacement, 1)
        }
        return (scalar, shape.count + 1)
    }

    /// Appends a scalar as UTF-8; U+FFFD for a value that is none.
    static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        switch scalar {
        case 0..<0x80: bytes.append(UInt8(scalar))
        case 0x80..<0x800:
            bytes.append(UInt8(0xC0 | scalar >> 6))
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        case 0xD800..<0xE000, 0x110000...: append(replacement, to: &bytes)
        case 0x800..<0x10000:
            bytes.append(UInt8(0xE0 | scalar >> 12))
            bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        default:
            bytes.append(UInt8(0xF0 | scalar >> 18))
            bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        }
    }

    /// Whether all of the bytes are well-formed.
    static func isValid(_ view: ByteView) -> Bool {
        var position = 0
        while position < view.count {
            if view[position] < 0x80 {
                position += 1
                continue
            }
            let (scalar, length) = decode(view, at: position)
            // A written U+FFFD has three bytes; a broken sequence never has its scalar and three.
            if scalar == replacement, !isReplacement(view, at: position) { return false }
            position += length
        }
        return true
    }

    /// Where the last character starts, which may be cut short; the end when the bytes that would be
    /// its start are not there.
    static func lastStart(_ view: ByteView) -> Int {
        for index in stride(from: view.count - 1, through: max(0, view.count - 4), by: -1)
        where view[index] & 0xC0 != 0x80 {
            return index
        }
        return view.count
    }

    /// The bytes with what is not well-formed replaced by U+FFFD.
    static func repaired(_ view: ByteView) -> [UInt8] {
        if isValid(view) { return view.array(view.range) }
        var output: [UInt8] = []
        output.reserveCapacity(view.count)
        var position = 0
        while position < view.count {
            let (scalar, length) = decode(view, at: position)
            append(scalar, to: &output)
            position += length
        }
        return output
    }

    private static func isReplacement(_ view: ByteView, at position: Int) -> Bool {
        view[position] == 0xEF && view[position + 1] == 0xBF && view[position + 2] == 0xBD
    }
}
