import Glibc

/// A folder that is removed with everything directly in it when its last user lets go of it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/hindsight-users-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(code: errno) }
        path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }

    struct Failure: Error { let code: Int32 }

    var usersPath: String { path + "/users" }

    func write(_ text: String) throws {
        guard let file = fopen(usersPath, "w") else { throw Failure(code: errno) }
        defer { fclose(file) }
        fputs(text, file)
    }

    func read() throws -> String {
        guard let file = fopen(usersPath, "r") else { throw Failure(code: errno) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    deinit {
        for name in ["users", "users.lock", "users.new"] { unlink(path + "/" + name) }
        rmdir(path)
    }
}
