import Glibc
import MailModel

/// What a path leads to, links followed.
struct FileStatus {
    let isFile: Bool
    let isFolder: Bool
    let sizeBytes: UInt64

    /// - Returns: nil, with errno set, when there is nothing or it may not be looked at.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        isFile = status.st_mode & S_IFMT == S_IFREG
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        sizeBytes = UInt64(max(0, status.st_size))
    }

    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}

/// Looks into folders.
enum Folder {
    /// The names in a folder, sorted bytewise, without `.` and `..`.
    ///
    /// - Returns: nil, with errno set, when it cannot be listed.
    static func names(in path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func isMaildir(_ path: String) -> Bool {
        FileStatus(path + "/cur")?.isFolder == true && FileStatus(path + "/new")?.isFolder == true
    }

    static func beginsLikeMbox(_ path: String) -> Bool {
        guard let file = try? InputFile(path) else { return false }
        let isFromLine: Bool?? = try? file.lines().next {
            FromLine($0.bytes, allowingBare: true) != nil
        }
        return (isFromLine ?? nil) ?? false
    }

    /// The keywords that Dovecot numbers in a Maildir: `0 $Label1`, a line each.
    static func keywords(ofMaildir path: String) -> [Int: Keyword] {
        guard let file = try? InputFile(path + "/" + MaildirName.keywordFile) else { return [:] }
        var result: [Int: Keyword] = [:]
        let lines = file.lines()
        // What cannot be read names no keywords; the messages are what matters.
        while let line = (try? lines.next({ String(decoding: $0.bytes, as: UTF8.self) })) ?? nil,
            result.count < MaildirName.keywordLetters.count
        {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count == 2, let number = Int(words[0]),
                let keyword = Keyword(String(words[1]))
            else { continue }
            result[number] = keyword
        }
        return result
    }
}
