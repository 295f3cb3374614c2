/// Cuts what a server sends into whole responses, their literals included.
///
/// Takes a bare LF for a line's end as well: servers are judged for what they say, not for that.
package struct ResponseReader: Sendable {
    private var bytes: [UInt8] = []
    /// Where the next look for a line's end begins.
    private var looked = 0

    /// A response that is longer is an attack or a mistake.
    package static let longestBytes = 16 << 20

    package init() {}

    /// Whether more came than any response should have.
    package var isOverfull: Bool { bytes.count > ResponseReader.longestBytes }

    package mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// - Returns: the next whole response, or nil until more bytes come.
    package mutating func next() -> Response? {
        while let end = bytes[looked...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = ResponseReader.withoutReturn(bytes[..<end])
            if let length = ResponseReader.literalLength(atEndOf: line) {
                guard bytes.count - end - 1 >= length else { return nil }
                looked = end + 1 + length
                continue
            }
            let response = Response(Array(line))
            bytes.removeFirst(end + 1)
            looked = 0
            return response
        }
        return nil
    }

    private static func withoutReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }

    /// The length of the literal that a line announces at its end.
    private static func literalLength(atEndOf line: ArraySlice<UInt8>) -> Int? {
        guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")),
            let length = Int(
                String(decoding: line[(open + 1)..<(line.endIndex - 1)], as: UTF8.self)),
            (0...longestBytes).contains(length)
        else { return nil }
        return length
    }
}
