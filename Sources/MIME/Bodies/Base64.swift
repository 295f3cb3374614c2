/// Base64 as mail has it: RFC 2045 §6.8.
enum Base64 {
    /// Never fails: bytes outside the alphabet are skipped, padding ends a group (what follows is
    /// decoded as a new one, for bodies that were pasted together), a group cut short gives the
    /// whole bytes that it holds.
    static func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes.count / 4 * 3 + 3) { output, count in
            count = decode(bytes, into: output)
        }
    }

    private static func decode(
        _ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var count = 0
        var bits: UInt32 = 0
        var digits = 0
        func flush() {
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
        alphabet.withUnsafeBufferPointer { alphabet in
            for byte in bytes {
                let digit = alphabet[Int(byte)]
                if digit < 64 {
                    bits = bits << 6 | UInt32(digit)
                    digits += 1
                    if digits == 4, count + 3 <= output.count {
                        output[count] = UInt8(truncatingIfNeeded: bits >> 16)
                        output[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                        output[count + 2] = UInt8(truncatingIfNeeded: bits)
                        count += 3
                        bits = 0
                        digits = 0
                    }
                } else if byte == ASCII.equals {
                    flush()
                }
            }
        }
        flush()
        return count
    }

    /// The value of each byte as a digit; 255 for what is none.
    private static let alphabet: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
        for (value, byte) in digits.enumerated() { table[Int(byte)] = UInt8(value) }
        return table
    }()
}
