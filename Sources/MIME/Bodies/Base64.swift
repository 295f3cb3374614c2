/// Base64 as mail has it, decoded piece by piece: RFC 2045 §6.8.
///
/// Never fails: bytes outside the alphabet are skipped, padding ends a group (what follows is decoded
/// as a new one, for bodies that were pasted together), a group cut short gives the whole bytes that
/// it holds.
struct Base64: Sendable {
    /// The digits of a group that the pieces so far have not completed.
    private var bits: UInt32 = 0
    private var digits = 0

    /// - Parameter output: room for three bytes to every four, and three more.
    /// - Returns: how many bytes were written.
    mutating func decode(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutableRawBufferPointer
    ) -> Int {
        var group = Group(bits: bits, digits: digits, output: output)
        Base64.alphabet.withUnsafeBufferPointer { alphabet in
            for byte in bytes {
                let digit = alphabet[Int(byte)]
                if digit < 64 {
                    group.take(digit)
                } else if byte == ASCII.equals {
                    group.flush()
                }
            }
        }
        if isLast { group.flush() }
        (bits, digits) = (group.bits, group.digits)
        return group.count
    }

    static func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes.count / 4 * 3 + 3) { output, count in
            var decoder = Base64()
            count = decoder.decode(
                bytes, isLast: true, into: UnsafeMutableRawBufferPointer(output))
        }
    }

    /// The value of each byte as a digit; 255 for what is none.
    private static let alphabet: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
        for (value, byte) in digits.enumerated() { table[Int(byte)] = UInt8(value) }
        return table
    }()
}

/// The group of digits at hand, and where its bytes go.
private struct Group {
    var bits: UInt32
    var digits: Int
    let output: UnsafeMutableRawBufferPointer
    var count = 0

    @inline(__always)
    mutating func take(_ digit: UInt8) {
        bits = bits << 6 | UInt32(digit)
        digits += 1
        guard digits == 4, count + 3 <= output.count else { return }
        output[count] = UInt8(truncatingIfNeeded: bits >> 16)
        output[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
        output[count + 2] = UInt8(truncatingIfNeeded: bits)
        count += 3
        bits = 0
        digits = 0
    }

    mutating func flush() {
        if digits >= 2, count < output.count {
            output[count] = UInt8(truncatingIfNeeded: bits >> (digits == 2 ? 4 : 10))
            count += 1
        }
        if digits == 3, count < output.count {
            output[count] = UInt8(truncatingIfNeeded: bits >> 2)
            count += 1
        }
        bits = 0
        digits = 0
    }
}
