import Glibc

/// Bytes of a body for as long as they are looked through: a copy, or a mapping when they are many.
///
/// A mapping takes no memory that the system cannot have back, whatever the message's size. What
/// cannot be read would end the process then (SIGBUS), so all of it is read once before: a failing
/// disk and a file that was cut short are errors here. Segments are cut only when a server starts.
package final class BodyBytes {
    private let bytes: UnsafeRawBufferPointer
    private let storage: Storage

    private enum Storage {
        case copy(UnsafeMutableRawBufferPointer)
        case mapping(UnsafeMutableRawPointer, byteCount: Int)
    }

    /// More than this is mapped.
    static let longestCopy = 1 << 20
    private static let pieceBytes = 256 << 10

    /// - Parameter range: of the file.
    init(_ range: Range<UInt64>, of file: OpenFile) throws(StoreError) {
        guard let count = Int(exactly: range.upperBound - range.lowerBound) else {
            throw .body("\(file.path) cannot be shown from offset \(range.lowerBound)")
        }
        if count > BodyBytes.longestCopy {
            try BodyBytes.check(range, of: file)
            (storage, bytes) = try BodyBytes.map(range.lowerBound, count, of: file)
            return
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        storage = .copy(buffer)
        bytes = UnsafeRawBufferPointer(buffer)
        guard try file.read(into: buffer, at: range.lowerBound) == count else {
            throw .body("\(file.path) ends within the body at offset \(range.lowerBound)")
        }
    }

    deinit {
        switch storage {
        case .copy(let buffer): buffer.deallocate()
        case .mapping(let address, let byteCount): munmap(address, byteCount)
        }
    }

    /// Valid only within `body`.
    package func withUnsafeBytes<Result, Failure>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { extendLifetime(self) }
        return try body(bytes)
    }

    /// Reads all, and keeps none of it.
    private static func check(_ range: Range<UInt64>, of file: OpenFile) throws(StoreError) {
        guard try file.sizeBytes() >= range.upperBound else {
            throw .body("\(file.path) ends within the body at offset \(range.lowerBound)")
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 16)
        defer { buffer.deallocate() }
        var position = range.lowerBound
        while position < range.upperBound {
            let count = Int(min(UInt64(pieceBytes), range.upperBound - position))
            let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
            guard try file.read(into: piece, at: position) == count else {
                throw .body("\(file.path) ends within the body at offset \(range.lowerBound)")
            }
            position += UInt64(count)
        }
    }

    private static func map(
        _ offset: UInt64, _ count: Int, of file: OpenFile
    ) throws(StoreError) -> (Storage, UnsafeRawBufferPointer) {
        let page = UInt64(max(1, sysconf(CInt(_SC_PAGESIZE))))
        let skipped = Int(offset % page)
        guard let start = off_t(exactly: offset - UInt64(skipped)), count <= Int.max - skipped
        else {
            throw .body("\(file.path) cannot be shown from offset \(offset)")
        }
        let address = mmap(nil, skipped + count, PROT_READ, MAP_PRIVATE, file.descriptor, start)
        guard let address, address != MAP_FAILED else { throw file.failure("mmap") }
        return (
            .mapping(address, byteCount: skipped + count),
            UnsafeRawBufferPointer(start: address + skipped, count: count)
        )
    }
}
