import Glibc

/// The figures of `/proc/PID/stat` that matter here: proc(5).
struct ProcessStat: Equatable {
    let pid: Int
    let parent: Int
    /// In clock ticks: its own time, in user and system mode.
    let ownTicks: UInt64
    /// In clock ticks: that of its children that ended and were waited for, and of theirs.
    let endedChildrenTicks: UInt64

    /// - Parameter text: the file's one line. The command in parentheses may hold anything, more
    ///   parentheses included.
    init?(parsing text: [UInt8]) {
        guard let open = text.firstIndex(of: 0x28), let close = text.lastIndex(of: 0x29),
            open < close
        else { return nil }
        let pidText = String(decoding: text[..<open], as: UTF8.self).filter { $0 != " " }
        let fields = text[(close + 1)...].split(separator: 0x20).map {
            UInt64(String(decoding: $0, as: UTF8.self).filter { $0 != "\n" })
        }
        // The first field here is the third of the line, the state.
        guard fields.count > 14, let pid = Int(pidText), let parent = fields[1],
            let user = fields[11], let system = fields[12], let endedUser = fields[13],
            let endedSystem = fields[14]
        else { return nil }
        self.pid = pid
        self.parent = Int(parent)
        ownTicks = user + system
        endedChildrenTicks = endedUser + endedSystem
    }
}

/// What a process has in memory, in bytes, from `/proc/PID/smaps_rollup`.
struct ProcessMemory: Equatable {
    /// Its share of every page: a page of three processes counts a third in each.
    var proportional = 0
    /// The part of it that is no file's.
    var anonymous = 0

    static func + (left: ProcessMemory, right: ProcessMemory) -> ProcessMemory {
        ProcessMemory(
            proportional: left.proportional + right.proportional,
            anonymous: left.anonymous + right.anonymous)
    }
}

extension ProcessMemory {
    /// - Parameter text: the whole file; its figures are in kB.
    init(parsing text: [UInt8]) {
        for line in text.split(separator: 0x0A) {
            let words = line.split(separator: 0x20)
            guard words.count >= 2, let kilobytes = Int(String(decoding: words[1], as: UTF8.self))
            else { continue }
            switch String(decoding: words[0], as: UTF8.self) {
            case "Pss:": proportional = kilobytes * 1024
            case "Pss_Anon:": anonymous = kilobytes * 1024
            default: break
            }
        }
    }
}

/// A small file's bytes; nil when it cannot be read, as when its process has just ended.
func smallFile(_ path: String, limitBytes: Int = 65_536) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: limitBytes) { buffer, count in
        while count < limitBytes {
            let space = UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
            let more = read(descriptor, space.baseAddress, space.count)
            if more < 0 { failed = true }
            if more <= 0 { break }
            count += more
        }
    }
    return failed ? nil : bytes
}
