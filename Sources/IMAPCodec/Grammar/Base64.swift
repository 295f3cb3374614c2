/// Base64 of RFC 4648 §4, as AUTHENTICATE uses it; strict, one line.
public enum Base64 {
    /// - Returns: nil for bytes outside the alphabet, wrong padding or bits left over.
    public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        var padding = 0
        for byte in text {
            if byte == UInt8(ascii: "=") {
                padding += 1
                guard padding <= 2 else { return nil }
                continue
            }
            guard padding == 0, let value = value(of: byte, lastLetter: "/") else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count % 4 == 0 { appendLow(bits, 3, to: &result) }
        }
        return finish(bits, count: count, padding: padding, into: &result) ? result : nil
    }

    private static func finish(
        _ bits: UInt32, count: Int, padding: Int, into result: inout [UInt8]
    ) -> Bool {
        switch (count % 4, padding) {
        case (0, 0): return true
        case (2, 2):
            guard bits & 0x0F == 0 else { return false }
            appendLow(bits >> 4, 1, to: &result)
            return true
        case (3, 1):
            guard bits & 0x03 == 0 else { return false }
            appendLow(bits >> 2, 2, to: &result)
            return true
        default: return false
        }
    }

    private static func appendLow(_ bits: UInt32, _ count: Int, to result: inout [UInt8]) {
        for index in (0..<count).reversed() {
            result.append(UInt8(truncatingIfNeeded: bits >> UInt32(index * 8)))
        }
    }

    public static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                result.append(letter(UInt8(truncatingIfNeeded: bits >> UInt32(count)) & 0x3F))
            }
        }
        if count > 0 {
            result.append(letter(UInt8(truncatingIfNeeded: bits << UInt32(6 - count)) & 0x3F))
        }
        while result.count % 4 != 0 { result.append(UInt8(ascii: "=")) }
        return result
    }

    /// - Parameter value: 0...63.
    private static func letter(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + (value - 26)
        case 52..<62: UInt8(ascii: "0") + (value - 52)
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }

    /// The six bits that `byte` stands for; the alphabets differ in their last letter.
    static func value(of byte: UInt8, lastLetter: Unicode.Scalar) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: lastLetter): 63
        default: nil
        }
    }
}
