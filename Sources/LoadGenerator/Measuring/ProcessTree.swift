import Glibc

/// The server's processes: one and all its living descendants, found anew at each look.
struct ProcessTree {
    let root: Int

    init(root: Int) throws {
        self.root = root
        guard smallFile("/proc/\(root)/stat") != nil else {
            throw LoadFailure("there is no process \(root) to measure")
        }
    }

    /// Processor time used so far by all processes that are or were in the tree.
    ///
    /// What ended is in its parent's figures once it was waited for. What lives is taken from the
    /// scheduler: ticks of 10 ms would lose nearly all of a thousand processes that ran a little.
    func processorMicroseconds() -> Double {
        let perTick = 1e9 / Double(sysconf(Int32(_SC_CLK_TCK)))
        let nanoseconds = members().reduce(0.0) { sum, member in
            // Where the scheduler does not tell, and for threads that ended: ticks.
            let own = max(
                Double(ProcessTree.scheduledNanoseconds(of: member.pid)),
                Double(member.ownTicks) * perTick)
            return sum + own + Double(member.endedChildrenTicks) * perTick
        }
        return nanoseconds / 1000
    }

    /// What the tree has in memory; pages that several processes share are counted once.
    func memory() -> ProcessMemory {
        members().reduce(ProcessMemory()) { sum, member in
            guard let text = smallFile("/proc/\(member.pid)/smaps_rollup") else { return sum }
            return sum + ProcessMemory(parsing: text)
        }
    }

    var count: Int { members().count }

    private func members() -> [ProcessStat] {
        var children: [Int: [ProcessStat]] = [:]
        var found: [ProcessStat] = []
        for stat in ProcessTree.allProcesses() {
            children[stat.parent, default: []].append(stat)
            if stat.pid == root { found.append(stat) }
        }
        var next = 0
        while next < found.count {
            found += children[found[next].pid] ?? []
            next += 1
        }
        return found
    }

    /// How long the living threads of a process have run: `/proc/PID/task/TID/schedstat`.
    private static func scheduledNanoseconds(of pid: Int) -> UInt64 {
        numberedEntries(of: "/proc/\(pid)/task").reduce(0) { sum, thread in
            guard let text = smallFile("/proc/\(pid)/task/\(thread)/schedstat"),
                let first = text.split(separator: 0x20).first,
                let ran = UInt64(String(decoding: first, as: UTF8.self))
            else { return sum }
            return sum + ran
        }
    }

    private static func allProcesses() -> [ProcessStat] {
        numberedEntries(of: "/proc").compactMap { name in
            smallFile("/proc/\(name)/stat").flatMap(ProcessStat.init(parsing:))
        }
    }

    /// The names in a folder that are numbers.
    private static func numberedEntries(of path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.first?.isNumber == true { names.append(name) }
        }
        return names
    }
}
