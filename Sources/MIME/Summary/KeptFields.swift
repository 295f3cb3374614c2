/// The header fields that a summary keeps, found by number: nothing is parsed to answer HEADER.FIELDS.
///
/// Valid only as long as the bytes it was made from. Stored as
///
/// | bytes | content |
/// |---|---|
/// | 1 | n: how many fields |
/// | 3 each | number of the field in `KeptFieldSet.names` u8 ‖ its length u16, big-endian |
/// | the rest | the fields as they are in the message, line ends included, in its order |
public struct KeptFields {
    private let index: UnsafeRawBufferPointer
    private let fields: UnsafeRawBufferPointer

    /// Bytes of the fields; a header in which they need more has none kept. So has one with more
    /// than 255 of them.
    public static let longest = 4096

    /// - Returns: nil when the bytes end within the index. Lengths are checked when they are used.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        guard let count = bytes.first, bytes.count >= 1 + 3 * Int(count) else { return nil }
        let start = 1 + 3 * Int(count)
        index = UnsafeRawBufferPointer(rebasing: bytes[1..<start])
        fields = UnsafeRawBufferPointer(rebasing: bytes[start...])
    }

    /// Calls `body` with each of these fields, in the message's order.
    @inline(__always)
    public func forEach(in wanted: KeptFieldSet, _ body: (UnsafeRawBufferPointer) -> Void) {
        var place = 0
        var offset = 0
        while place + 2 < index.count {
            let length = Int(index[place + 1]) << 8 | Int(index[place + 2])
            let end = offset + length
            guard end <= fields.count else { return }
            if wanted.contains(index[place]) {
                body(UnsafeRawBufferPointer(rebasing: fields[offset..<end]))
            }
            offset = end
            place += 3
        }
    }

    /// Whether one of these fields contains the needle; with nil, whether there is one of them.
    ///
    /// As `SearchText.hasField` of the whole header.
    public func hasField(in wanted: KeptFieldSet, containing needle: SearchNeedle?) -> Bool {
        var isFound = false
        forEach(in: wanted) { field in
            guard !isFound else { return }
            guard let needle else { return isFound = true }
            isFound = HeaderText(ByteView(field), limits: .standard).contains(needle)
        }
        return isFound
    }

    /// How many bytes these fields have together.
    public func byteCount(of wanted: KeptFieldSet) -> Int {
        var count = 0
        forEach(in: wanted) { count += $0.count }
        return count
    }

    /// Copies these fields, one behind the other.
    ///
    /// - Parameter target: at least `byteCount` bytes.
    public func copy(_ wanted: KeptFieldSet, to target: UnsafeMutableRawBufferPointer) {
        var offset = 0
        forEach(in: wanted) { field in
            guard let base = target.baseAddress, let source = field.baseAddress,
                field.count <= target.count - offset
            else { return }
            (base + offset).copyMemory(from: source, byteCount: field.count)
            offset += field.count
        }
    }

    /// The answer to HEADER.FIELDS: the fields and the empty line.
    public func section(_ wanted: KeptFieldSet) -> [UInt8] {
        var bytes: [UInt8] = []
        forEach(in: wanted) { bytes.append(contentsOf: $0) }
        return bytes + [ASCII.cr, ASCII.lf]
    }
}

/// Gathers the fields of a header that are kept.
struct KeptFieldsWriter {
    private var index: [UInt8] = []
    private var fields: [UInt8] = []
    private var isTooLong = false

    mutating func take(_ field: HeaderField, in view: ByteView) {
        guard !isTooLong, let number = KeptFieldSet.known.index(of: field.name, in: view) else {
            return
        }
        let length = field.whole.count
        // A last line without an end would run into what a client is sent behind it.
        guard view[field.whole.upperBound - 1] == ASCII.lf, index.count < 3 * 255,
            fields.count + length <= KeptFields.longest
        else {
            isTooLong = true
            return
        }
        index += [
            UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: length >> 8),
            UInt8(truncatingIfNeeded: length),
        ]
        fields.append(contentsOf: view.raw(field.whole))
    }

    /// The stored form; nil when the fields were too long or too many.
    var stored: [UInt8]? {
        isTooLong ? nil : [UInt8(truncatingIfNeeded: index.count / 3)] + index + fields
    }
}
