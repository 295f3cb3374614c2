import Glibc
import MailModel

/// A new file that is written from its beginning to its end.
final class OutputFile {
    let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var isFinished = false

    private static let bufferBytes = 256 << 10

    /// - Throws: when there is anything at the path.
    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure.system("make \(path)") }
    }

    /// Half a file is none: it goes unless it was finished.
    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if !isFinished { unlink(path) }
    }

    func write(_ text: String) throws { try write(Array(text.utf8)) }

    func write(_ bytes: some Collection<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= OutputFile.bufferBytes { try pass() }
    }

    /// A piece of a message, its CRLF as LF if that is wished.
    func write(_ piece: LineReader.Piece, endsAsLF: Bool) throws {
        let bytes = piece.bytes
        guard endsAsLF, bytes.last == 0x0A, bytes.count > 1, bytes[bytes.count - 2] == 0x0D else {
            return try write(bytes)
        }
        try write(UnsafeRawBufferPointer(rebasing: bytes.dropLast(2)))
        try write(CollectionOfOne(UInt8(0x0A)))
    }

    /// Ends the file; a date becomes its time of change.
    func finish(date: InternalDate? = nil) throws {
        try pass()
        if let date {
            let time = timespec(tv_sec: Int(date.secondsSinceEpoch), tv_nsec: 0)
            guard futimens(descriptor, [time, time]) == 0 else {
                throw Failure.system("set the date of \(path)")
            }
        }
        isFinished = true
    }

    private func pass() throws {
        var written = 0
        while written < buffer.count {
            let count = buffer[written...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure.system("write \(path)") }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
