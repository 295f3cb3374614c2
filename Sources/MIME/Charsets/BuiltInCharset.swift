/// The charsets that most mail uses, decoded without iconv.
enum BuiltInCharset {
    case ascii, utf8, latin1, windows1252

    func decode(_ view: ByteView) -> [UInt8] {
        switch self {
        case .utf8: UTF8Scalars.repaired(view)
        case .ascii: eachByte(view) { $0 < 0x80 ? UInt32($0) : UTF8Scalars.replacement }
        case .latin1: eachByte(view) { UInt32($0) }
        case .windows1252:
            eachByte(view) { byte in
                (0x80..<0xA0).contains(byte)
                    ? BuiltInCharset.windows1252High[Int(byte - 0x80)] : UInt32(byte)
            }
        }
    }

    func isValid(_ view: ByteView) -> Bool {
        switch self {
        case .utf8: UTF8Scalars.isValid(view)
        case .ascii: view.raw(view.range).allSatisfy { $0 < 0x80 }
        case .latin1, .windows1252: true
        }
    }

    private func eachByte(_ view: ByteView, _ scalar: (UInt8) -> UInt32) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(view.count)
        for byte in view.raw(view.range) {
            if byte < 0x80 {
                output.append(byte)
            } else {
                UTF8Scalars.append(scalar(byte), to: &output)
            }
        }
        return output
    }

    /// 0x80...0x9F; the five bytes without a meaning are the control characters of ISO-8859-1.
    private static let windows1252High: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039,
        0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]
}
