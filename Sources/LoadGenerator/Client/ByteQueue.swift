import Glibc

/// Bytes that are written at one end and taken at the other: a connection's input or its output.
///
/// Memory is moved only when there is no room at the end, and never given back before the queue goes.
final class ByteQueue {
    private var base: UnsafeMutableRawPointer
    private var start = 0
    private var end = 0
    private var capacity: Int

    init(capacity: Int = 2048) {
        self.capacity = capacity
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    var count: Int { end - start }
    var isEmpty: Bool { start == end }
    var room: Int { capacity - end }

    /// What is in the queue; valid until the next call that changes it.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base + start, count: count) }

    /// The same, to be corrected in place.
    var mutableBytes: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: base + start, count: count)
    }

    /// Room behind the last byte, at least `count` bytes of it.
    func space(atLeast count: Int) -> UnsafeMutableRawBufferPointer {
        reserve(count)
        return UnsafeMutableRawBufferPointer(start: base + end, count: room)
    }

    /// Counts in bytes that were put into `space(atLeast:)`.
    func produced(_ count: Int) { end += count }

    func consume(_ count: Int) {
        start += count
        if start == end {
            start = 0
            end = 0
        }
    }

    /// Forgets what was written after the queue held `count` bytes.
    func truncate(to count: Int) { end = start + count }

    func reserve(_ count: Int) {
        guard room < count else { return }
        if capacity - self.count >= count, start >= capacity / 2 {
            memmove(base, base + start, self.count)
        } else {
            grow(toHold: self.count + count)
        }
        end -= start
        start = 0
    }

    private func grow(toHold wanted: Int) {
        while capacity < wanted { capacity *= 2 }
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        memcpy(larger, base + start, count)
        base.deallocate()
        base = larger
    }
}

extension ByteQueue {
    func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(bytes.count)
        memcpy(base + end, source, bytes.count)
        end += bytes.count
    }

    func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

    func append(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { append($0) } }

    func append(byte: UInt8) {
        reserve(1)
        base.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
        end += 1
    }

    func append(byte: UInt8, times: Int) {
        guard times > 0 else { return }
        reserve(times)
        memset(base + end, Int32(byte), times)
        end += times
    }

    /// Appends a number of 0 or more in decimal, with leading zeros up to `width`.
    func append(decimal number: Int, width: Int = 1) {
        reserve(20 + width)
        let digits = max(width, decimalDigits(of: number))
        var rest = number
        for place in stride(from: digits - 1, through: 0, by: -1) {
            let digit = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
            base.storeBytes(of: digit, toByteOffset: end + place, as: UInt8.self)
            rest /= 10
        }
        end += digits
    }
}

func decimalDigits(of number: Int) -> Int {
    var digits = 1
    var rest = number / 10
    while rest > 0 {
        digits += 1
        rest /= 10
    }
    return digits
}
