import Glibc

/// Decodes into UTF-8 by iconv(3).
enum IconvDecoder {
    static func isKnown(_ charset: String) -> Bool {
        guard let descriptor = open(charset) else { return false }
        iconv_close(descriptor)
        return true
    }

    /// - Returns: nil when iconv does not know the charset.
    static func decode(_ bytes: UnsafeRawBufferPointer, from charset: String) -> [UInt8]? {
        guard let descriptor = open(charset) else { return nil }
        defer { iconv_close(descriptor) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        guard let base = bytes.baseAddress else { return output }
        // iconv's prototype takes char **, but it never writes to its input.
        var input: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
            mutating: base.assumingMemoryBound(to: CChar.self))
        var left = bytes.count
        while left > 0 {
            switch convert(descriptor, &input, &left, into: &output) {
            case 0: return output
            case E2BIG: continue
            case EILSEQ:
                UTF8Scalars.append(UTF8Scalars.replacement, to: &output)
                input = input.map { $0 + 1 }
                left -= 1
            default:
                // EINVAL: the last character is cut short.
                UTF8Scalars.append(UTF8Scalars.replacement, to: &output)
                return output
            }
        }
        return output
    }

    /// Converts until the input ends, a chunk is full or something is wrong.
    ///
    /// - Returns: 0, or errno. A full chunk that took nothing in counts as a cut end: it cannot be,
    ///   since the chunk holds any character, but a loop must not depend on that.
    private static func convert(
        _ descriptor: iconv_t, _ input: inout UnsafeMutablePointer<CChar>?, _ left: inout Int,
        into output: inout [UInt8]
    ) -> Int32 {
        withUnsafeTemporaryAllocation(byteCount: chunkSize, alignment: 1) { chunk in
            var free = chunk.count
            var end = chunk.baseAddress?.assumingMemoryBound(to: CChar.self)
            let before = left
            let result = iconv(descriptor, &input, &left, &end, &free)
            let problem = result == -1 ? errno : 0
            output.append(contentsOf: chunk[..<(chunk.count - free)])
            return problem == E2BIG && left == before ? EINVAL : problem
        }
    }

    private static let chunkSize = 4096

    private static func open(_ charset: String) -> iconv_t? {
        // Its decoder wrote past its buffer before glibc 2.40 (CVE-2024-2961), and nobody uses it.
        guard charset != "iso-2022-cn-ext" else { return nil }
        let descriptor = iconv_open("UTF-8", charset)
        return Int(bitPattern: descriptor) == -1 ? nil : descriptor
    }
}
