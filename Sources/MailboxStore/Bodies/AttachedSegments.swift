import CLinux
import Glibc
import LMDB
import Synchronization

/// The segments as the journal knows them: bodies that it makes durable at first, and that a
/// checkpoint brings to the segments' own blocks.
package final class AttachedSegments: AttachedFiles {
    private let store: String
    /// A server may be writing segments of which this process knows nothing.
    private let isBesideServer: Bool
    private let unflushed = Mutex<[UInt32: OpenFile]>([:])

    init(store: String, isBesideServer: Bool) {
        self.store = store
        self.isBesideServer = isBesideServer
    }

    /// Segment u32 ‖ offset u64, little-endian; the bytes follow.
    private static let headBytes = 12

    /// The start of an attachment: where its bytes belong.
    static func head(segment: UInt32, offset: UInt64) -> [UInt8] {
        var head: [UInt8] = []
        withUnsafeBytes(of: segment.littleEndian) { head.append(contentsOf: $0) }
        withUnsafeBytes(of: offset.littleEndian) { head.append(contentsOf: $0) }
        return head
    }

    /// Bytes were written to the file, and are durable in the journal only. To be called after
    /// they were written: a checkpoint may be on its way.
    func wrote(_ segment: UInt32, _ file: OpenFile) {
        unflushed.withLock { $0[segment] = file }
    }

    package func restore(_ attachment: UnsafeRawBufferPointer) throws {
        guard attachment.count >= Self.headBytes else {
            throw StoreError.corrupt("a body in the journal has no place")
        }
        let segment = UInt32(littleEndian: attachment.loadUnaligned(as: UInt32.self))
        let offset = UInt64(
            littleEndian: attachment.loadUnaligned(fromByteOffset: 4, as: UInt64.self))
        let file = try file(of: segment)
        try file.write(
            UnsafeRawBufferPointer(rebasing: attachment[Self.headBytes...]), at: offset)
    }

    private func file(of segment: UInt32) throws -> OpenFile {
        if let known = unflushed.withLock({ $0[segment] }) { return known }
        let directory = try SegmentDirectory(store: store)
        let file = try OpenFile(opening: directory.path(of: segment), flags: O_RDWR | O_CREAT)
        // The file's name is durable before its first body is: this is for one that was lost.
        if try file.sizeBytes() < SegmentFormat.headerEnd {
            try file.write(SegmentFormat.fileHeader, at: 0)
            try directory.synchronizeSegments()
        }
        wrote(segment, file)
        return file
    }

    package func synchronize() throws {
        if isBesideServer { try synchronizeFileSystem() }
        let files = unflushed.withLock { files in
            defer { files.removeAll() }
            return files
        }
        for file in files.values { try file.synchronize() }
    }

    private func synchronizeFileSystem() throws {
        let folder = try OpenFile(opening: store, flags: O_RDONLY | O_DIRECTORY)
        guard syncfs(folder.descriptor) == 0 else { throw folder.failure("syncfs") }
    }
}
