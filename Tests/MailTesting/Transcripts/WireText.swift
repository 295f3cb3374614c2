/// Bytes of the wire in which those of literals are told apart: what stands in a literal is no syntax.
struct WireText: Hashable {
    /// A byte; of a literal's contents, 256 more.
    var units: [UInt16] = []

    static let literalMark: UInt16 = 256

    init() {}

    init(_ text: some StringProtocol) { units = text.utf8.map(UInt16.init) }

    mutating func append(_ text: some StringProtocol) {
        units.append(contentsOf: text.utf8.map(UInt16.init))
    }

    mutating func append(literal bytes: some Sequence<UInt8>) {
        units.append(contentsOf: bytes.map { UInt16($0) + WireText.literalMark })
    }

    /// For people: as it stood on the wire, bytes that are no text as `\xNN`.
    var shown: String {
        var result = ""
        for unit in units {
            let byte = UInt8(truncatingIfNeeded: unit)
            switch byte {
            case 0x0D: continue
            case 0x0A: result += "\n        "
            case 0x20...0x7E: result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "\\x" + String(byte, radix: 16)
            }
        }
        return result
    }
}

/// Takes whole responses, with their literals, out of the bytes a server has written.
package struct ResponseReader {
    private var bytes: [UInt8] = []
    private var start = 0

    package init() {}

    package mutating func append(_ more: [UInt8]) {
        bytes.removeFirst(start)
        start = 0
        bytes.append(contentsOf: more)
    }

    var isEmpty: Bool { start == bytes.count }

    /// What is left and is no whole response.
    var rest: WireText {
        var text = WireText()
        text.append(String(decoding: bytes[start...], as: UTF8.self))
        return text
    }

    /// - Returns: nil when no whole response has come yet. Without its last line end.
    mutating func next() -> WireText? {
        var result = WireText()
        var position = start
        while let end = lineEnd(from: position) {
            let line = bytes[position..<end]
            result.units.append(contentsOf: line.map(UInt16.init))
            position = end + 2
            guard let size = ResponseReader.literalSize(at: line) else {
                start = position
                return result
            }
            guard bytes.count - position >= size else { return nil }
            result.append("\r\n")
            result.append(literal: bytes[position..<position + size])
            position += size
        }
        return nil
    }

    /// As `next`, with literals in place.
    package mutating func nextText() -> String? {
        next().map { text in
            String(decoding: text.units.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
        }
    }

    private func lineEnd(from position: Int) -> Int? {
        var index = position
        while index + 1 < bytes.count {
            if bytes[index] == 0x0D, bytes[index + 1] == 0x0A { return index }
            index += 1
        }
        return nil
    }

    /// The size in `{n}` at the end of a line.
    private static func literalSize(at line: ArraySlice<UInt8>) -> Int? {
        guard line.last == UInt8(ascii: "}"),
            let open = line.lastIndex(of: UInt8(ascii: "{"))
        else { return nil }
        return Int(String(decoding: line[(open + 1)..<(line.endIndex - 1)], as: UTF8.self))
    }
}
