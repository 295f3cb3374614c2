/// Reads fixed fields out of a stored row: big-endian, bounds checked, never trapping.
///
/// Layouts: `Schemas/storage.md`.
package struct RowReader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    package var remaining: Int { bytes.count - offset }

    /// The next integer; nil when the row ends before it.
    package mutating func next<Number: FixedWidthInteger>(_: Number.Type = Number.self) -> Number? {
        let size = MemoryLayout<Number>.size
        guard remaining >= size else { return nil }
        defer { offset += size }
        return Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }

    /// The next `count` bytes, borrowed from the row.
    package mutating func next(count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, remaining >= count else { return nil }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
    }

    /// Whatever is left.
    package mutating func rest() -> UnsafeRawBufferPointer {
        defer { offset = bytes.count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset...])
    }

    /// The rest as text; nil when it is not UTF-8.
    package mutating func restAsString() -> String? { String(validating: rest(), as: UTF8.self) }
}

/// Fills a row in its place: big-endian fields one after another.
///
/// Usually the place is the page where the row stays, so nothing is made on the way.
package struct RowWriter {
    private let region: UnsafeMutableRawBufferPointer
    private var count = 0

    /// - Parameter region: as long as the row will be.
    @inline(__always)
    package init(_ region: UnsafeMutableRawBufferPointer) { self.region = region }

    @inline(__always)
    package mutating func put<Number: FixedWidthInteger>(_ number: Number) {
        let end = count + MemoryLayout<Number>.size
        precondition(end <= region.count, "a row is as long as it says")
        region.storeBytes(of: number.bigEndian, toByteOffset: count, as: Number.self)
        count = end
    }

    @inline(__always)
    package mutating func put(bytes more: UnsafeRawBufferPointer) {
        guard let source = more.baseAddress, let target = region.baseAddress else { return }
        precondition(more.count <= region.count - count, "a row is as long as it says")
        (target + count).copyMemory(from: source, byteCount: more.count)
        count += more.count
    }

    @inline(__always)
    package mutating func put(bytes more: [UInt8]) { more.withUnsafeBytes { put(bytes: $0) } }

    package mutating func put(text: String) {
        var text = text
        text.withUTF8 { put(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// What has been put so far.
    package var written: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: region[..<count])
    }

    /// Whether the row is as long as it said.
    @inline(__always)
    var isFull: Bool { count == region.count }
}

/// What is kept as a row. `Schemas/storage.md` has the layouts.
package protocol StoredRow {
    /// How long the row is.
    var rowBytes: Int { get }

    /// Puts exactly `rowBytes` bytes.
    func fill(_ row: inout RowWriter)
}

extension StoredRow {
    /// The row's bytes.
    package func encoded() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: rowBytes) { buffer, count in
            let region = UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(buffer)[..<rowBytes])
            fill(region)
            count = rowBytes
        }
    }

    /// Puts the row into a region of just its length.
    @inline(__always)
    func fill(_ region: UnsafeMutableRawBufferPointer) {
        var row = RowWriter(region)
        fill(&row)
        precondition(row.isFull, "a row is as long as it says")
    }
}

/// A row that is one number.
struct NumberRow<Number: FixedWidthInteger>: StoredRow {
    let number: Number

    init(_ number: Number) { self.number = number }

    var rowBytes: Int { MemoryLayout<Number>.size }
    func fill(_ row: inout RowWriter) { row.put(number) }
}

/// A row that is text.
struct TextRow: StoredRow {
    let text: String

    init(_ text: String) { self.text = text }

    var rowBytes: Int { text.utf8.count }
    func fill(_ row: inout RowWriter) { row.put(text: text) }
}
