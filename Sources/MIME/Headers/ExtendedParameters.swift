/// Parameter values as RFC 2231 spreads and encodes them, put together for SEARCH.
struct ExtendedParameters {
    private struct Piece {
        /// In lower case, without `*` and what follows.
        var name: [UInt8]
        var isEncoded: Bool
        var value: [UInt8]
    }

    /// The decoded values of the extended parameters (`name*=`, `name*0=`, `name*0*=`) of a field,
    /// one a line. Pieces of a continuation are taken in the order in which they stand.
    static func decode(_ view: ByteView, _ field: Range<Int>, limits: MIMELimits) -> [UInt8] {
        var list = ParameterList(view, field, limits: limits)
        var output: [UInt8] = []
        var name: [UInt8] = []
        var charset = "us-ascii"
        var bytes: [UInt8] = []
        func flush() {
            guard !bytes.isEmpty else { return }
            output.append(ASCII.lf)
            output += bytes.withUnsafeBytes {
                Charset.decode($0, from: charset) ?? Charset.guess($0)
            }
            bytes.removeAll()
        }
        while let parameter = list.next() {
            guard let piece = piece(parameter, in: view) else { continue }
            var value = piece.value[...]
            if piece.name != name {
                flush()
                name = piece.name
                charset = "us-ascii"
                if piece.isEncoded { charset = takeCharset(of: &value) }
            }
            if piece.isEncoded { appendPercent(value, to: &bytes) } else { bytes += value }
        }
        flush()
        return output
    }

    /// The bytes of one extended value, whatever its charset.
    static func value(_ value: [UInt8]) -> [UInt8] {
        var rest = value[...]
        _ = takeCharset(of: &rest)
        var bytes: [UInt8] = []
        appendPercent(rest, to: &bytes)
        return bytes
    }

    // extended-parameter := attribute "*" …                                    RFC 2231 §7
    private static func piece(_ parameter: Parameter, in view: ByteView) -> Piece? {
        let range = parameter.name
        guard let star = view.first(ASCII.asterisk, from: range.lowerBound, to: range.upperBound)
        else { return nil }
        return Piece(
            name: view.array(range.lowerBound..<star).map(ASCII.lowercase),
            isEncoded: view[range.upperBound - 1] == ASCII.asterisk,
            value: parameter.unquoted(in: view))
    }

    // charset "'" [language] "'" *(ext-octet / attribute-char)                 RFC 2231 §7
    private static func takeCharset(of value: inout ArraySlice<UInt8>) -> String {
        guard let first = value.firstIndex(of: ASCII.apostrophe),
            let second = value[(first + 1)...].firstIndex(of: ASCII.apostrophe)
        else { return "utf-8" }
        let charset = String(decoding: value[..<first], as: UTF8.self)
        value = value[(second + 1)...]
        return charset.isEmpty ? "utf-8" : charset
    }

    private static func appendPercent(_ value: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        var index = value.startIndex
        while index < value.endIndex {
            if value[index] == ASCII.percent, index + 2 < value.endIndex,
                let high = ASCII.hexDigit(value[index + 1]),
                let low = ASCII.hexDigit(value[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(value[index])
                index += 1
            }
        }
    }
}
