import Glibc
import MailEvents
import MailboxStore
import Synchronization

/// A store's bodies in a folder of their own, with a dictionary in place of the table `bodies`.
final class BodyFixture: Sendable {
    let path: String
    private let names: Names

    /// What the table `bodies` would hold; shared by fixtures that stand for processes on one store.
    final class Names: Sendable {
        let rows = Mutex<[BodyDigest: BodyLocation]>([:])

        var ends: [UInt32: UInt64] {
            rows.withLock { rows in
                rows.values.reduce(into: [:]) { ends, location in
                    ends[location.segment] = max(ends[location.segment] ?? 0, location.end ?? 0)
                }
            }
        }
    }

    init() {
        path = BodyFixture.makeFolder()
        names = Names()
    }

    /// What a crash at this moment leaves: a copy of the files, with no lock on them.
    init(crashOf other: BodyFixture) {
        path = BodyFixture.makeFolder()
        names = Names()
        let rows = other.rows
        names.rows.withLock { $0 = rows }
        for folder in ["segments", "incoming"] {
            mkdir(path + "/" + folder, 0o700)
            for file in other.files(folder) {
                BodyFixture.write(
                    BodyFixture.contents(other.path + "/" + folder + "/" + file),
                    path + "/" + folder + "/" + file)
            }
        }
    }

    deinit { BodyFixture.remove(path) }

    var rows: [BodyDigest: BodyLocation] { names.rows.withLock { $0 } }

    func name(_ digest: BodyDigest, _ location: BodyLocation) {
        names.rows.withLock { $0[digest] = location }
    }

    func forgetNames() { names.rows.withLock { $0 = [:] } }

    func open(
        whenDamaged: @escaping @Sendable (StoreError) -> Void = { _ in }
    ) throws -> BodyStore {
        let names = names
        return try BodyStore(
            store: path, whenDamaged: whenDamaged,
            namedEnds: { () throws(StoreError) in names.ends })
    }

    /// Places a body in a batch of its own, and names it.
    @discardableResult
    func store(_ bytes: [UInt8], _ writer: SegmentWriter) throws -> BodyLocation {
        let body = IncomingBody(of: bytes)
        let location = try writer.place(body)
        try writer.synchronize()
        name(body.digest, location)
        writer.batchCommitted()
        return location
    }

    func files(_ folder: String) -> [String] {
        guard let stream = opendir(path + "/" + folder) else { return [] }
        defer { closedir(stream) }
        var found: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { found.append(name) }
        }
        return found.sorted()
    }

    func segmentPath(_ number: Int) -> String {
        let digits = String(number)
        return path + "/segments/" + String(repeating: "0", count: 8 - digits.count) + digits
            + ".seg"
    }

    static func contents(_ path: String) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        return [UInt8](unsafeUninitializedCapacity: max(size, 0)) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
    }

    static func write(_ bytes: [UInt8], _ path: String) {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        bytes.withUnsafeBytes { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    private static func makeFolder() -> String {
        var template = Array("/tmp/hindsight-bodies-XXXXXX".utf8CString)
        return template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
                ?? "/tmp/hindsight-bodies"
        }
    }

    private static func remove(_ path: String) {
        for folder in ["/segments", "/incoming"] {
            guard let stream = opendir(path + folder) else { continue }
            while let entry = readdir(stream) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                unlink(path + folder + "/" + name)
            }
            closedir(stream)
            rmdir(path + folder)
        }
        rmdir(path)
    }
}

/// A body unlike any other: text that begins with its number.
func message(_ number: Int, sizeBytes: Int) -> [UInt8] {
    let line = Array("Subject: \(number)\r\n\r\nline of message \(number) in its place\r\n".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(sizeBytes + line.count)
    while bytes.count < sizeBytes { bytes.append(contentsOf: line) }
    bytes.removeLast(bytes.count - sizeBytes)
    return bytes
}
