import Glibc
import NIOCore

extension ByteBuffer {
    /// The offset from the reader index of the first line feed at or after `offset`.
    func offsetOfLineFeed(from offset: Int) -> Int? {
        withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress, offset < bytes.count,
                let found = memchr(base + offset, 0x0A, bytes.count - offset)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// The length of the line from `start` to its line feed at `lineFeed`, without the line end.
    ///
    /// A bare line feed ends a line as CRLF does: people type commands by hand.
    func lengthOfLine(from start: Int, lineFeed: Int) -> Int {
        withUnsafeReadableBytes { bytes in
            let endsWithReturn = lineFeed > start && bytes[lineFeed - 1] == 0x0D
            return lineFeed - start - (endsWithReturn ? 1 : 0)
        }
    }
}
