import Glibc

/// Decodes into UTF-8 by iconv(3), piece by piece.
final class IconvDecoder {
    private let descriptor: iconv_t
    /// The bytes of a character that the pieces so far have not completed.
    private var cut: [UInt8] = []
    /// Whether anything so far was not valid in the charset.
    private(set) var hasErrors = false

    /// - Returns: nil when iconv does not know the charset.
    init?(_ charset: String) {
        // Its decoder wrote past its buffer before glibc 2.40 (CVE-2024-2961), and nobody uses it.
        guard charset != "iso-2022-cn-ext" else { return nil }
        guard let descriptor = iconv_open("UTF-8", charset),
            Int(bitPattern: descriptor) != -1
        else { return nil }
        self.descriptor = descriptor
    }

    deinit { iconv_close(descriptor) }

    static func isKnown(_ charset: String) -> Bool { IconvDecoder(charset) != nil }

    /// - Returns: nil when iconv does not know the charset.
    static func decode(_ bytes: UnsafeRawBufferPointer, from charset: String) -> [UInt8]? {
        IconvDecoder(charset)?.decode(bytes, isLast: true)
    }

    /// - Parameter isLast: whether no piece follows.
    /// - Returns: U+FFFD stands for what is not valid.
    func decode(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> [UInt8] {
        guard !cut.isEmpty else { return convert(bytes, isLast: isLast) }
        let joined = cut + bytes
        cut = []
        return joined.withUnsafeBytes { convert($0, isLast: isLast) }
    }

    private func convert(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        guard let base = bytes.baseAddress else { return output }
        // iconv's prototype takes char **, but it never writes to its input.
        var input: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
            mutating: base.assumingMemoryBound(to: CChar.self))
        var left = bytes.count
        while left > 0 {
            switch convert(&input, &left, into: &output) {
            case 0: return output
            case E2BIG: continue
            case EILSEQ:
                replace(&output)
                input = input.map { $0 + 1 }
                left -= 1
            default:
                // EINVAL: the last character is cut short.
                if !isLast, left <= IconvDecoder.longestCharacter {
                    cut = Array(bytes.suffix(left))
                } else {
                    replace(&output)
                }
                return output
            }
        }
        return output
    }

    private func replace(_ output: inout [UInt8]) {
        hasErrors = true
        UTF8Scalars.append(UTF8Scalars.replacement, to: &output)
    }

    /// Converts until the input ends, a chunk is full or something is wrong.
    ///
    /// - Returns: 0, or errno. A full chunk that took nothing in counts as a cut end: it cannot be,
    ///   since the chunk holds any character, but a loop must not depend on that.
    private func convert(
        _ input: inout UnsafeMutablePointer<CChar>?, _ left: inout Int, into output: inout [UInt8]
    ) -> Int32 {
        withUnsafeTemporaryAllocation(
            byteCount: IconvDecoder.chunkSize, alignment: 1
        ) { chunk in
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
    /// Bytes of a character and of what switches its set, more than any charset has.
    private static let longestCharacter = 64
}
