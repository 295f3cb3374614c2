import MailModel
import NIOCore

/// Writes responses into a buffer, each with its CRLF: RFC 9051 §7.
///
/// Take the buffer out when it is to be sent. Methods that write a whole response say so by their
/// names (`writeExists`); those of FETCH write pieces between `beginFetch` and `endFetch`.
public struct ResponseWriter {
    public var buffer: ByteBuffer
    public var encoding: EncodingOptions
    /// Whether the next item of the FETCH being written has one before it.
    var fetchHasItems = false

    public init(buffer: ByteBuffer = ByteBuffer(), encoding: EncodingOptions = EncodingOptions()) {
        self.buffer = buffer
        self.encoding = encoding
    }

    /// Reserves `capacity` bytes once and fills part of them.
    @inline(__always)
    mutating func write(atMost capacity: Int, _ body: (inout ByteCursor) -> Void) {
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: capacity) { region in
            var cursor = ByteCursor(region)
            body(&cursor)
            return cursor.count
        }
    }

    mutating func write(_ text: StaticString) { buffer.writeStaticString(text) }

    mutating func write(_ byte: UInt8) { buffer.writeInteger(byte) }

    mutating func write(_ number: UInt64) { write(atMost: 20) { $0.put(number) } }

    mutating func write(_ number: UInt32) { write(atMost: 20) { $0.put(number) } }

    mutating func space() { write(UInt8(ascii: " ")) }

    mutating func endLine() { write("\r\n") }

    /// `first`, then the rest with a space before each.
    mutating func writeSpaced<Item>(
        _ items: some Sequence<Item>, _ write: (inout ResponseWriter, Item) -> Void
    ) {
        var isFirst = true
        for item in items {
            if !isFirst { space() }
            isFirst = false
            write(&self, item)
        }
    }

    /// The set's wire form: `1:3,5`.
    mutating func write(_ set: NumberSet) {
        write(atMost: set.ranges.count * 22) { cursor in
            var isFirst = true
            for range in set.ranges {
                if !isFirst { cursor.put(UInt8(ascii: ",")) }
                isFirst = false
                cursor.put(range.lowerBound)
                if range.upperBound > range.lowerBound {
                    cursor.put(UInt8(ascii: ":"))
                    cursor.put(range.upperBound)
                }
            }
        }
    }
}
