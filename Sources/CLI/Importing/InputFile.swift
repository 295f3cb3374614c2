import Glibc

/// A regular file that is read from its beginning to its end.
final class InputFile {
    let path: String
    let status: stat
    private let descriptor: Int32
    /// Told of each read.
    private let wasRead: (Int) -> Void

    /// - Throws: `Failure` when it cannot be opened, or is no regular file: a pipe might never end.
    init(_ path: String, wasRead: @escaping (Int) -> Void = { _ in }) throws {
        // O_NONBLOCK: opening a pipe that nobody writes to must not hang.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure.system("open it") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Failure("it is no regular file")
        }
        self.path = path
        self.status = status
        self.descriptor = descriptor
        self.wasRead = wasRead
    }

    deinit { close(descriptor) }

    /// - Returns: 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure.system("read it") }
            wasRead(count)
            return count
        }
    }

    func lines() -> LineReader { LineReader { try self.read(into: $0) } }
}
