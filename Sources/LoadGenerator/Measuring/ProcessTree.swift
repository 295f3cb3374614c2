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
    /// What ended is in its parent's figures once it was waited for. To a tick: 10 ms.
    func processorMicroseconds() -> Double {
        let ticks = members().reduce(0) { $0 + $1.ownTicks + $1.endedChildrenTicks }
        return Double(ticks) * 1e6 / Double(sysconf(Int32(_SC_CLK_TCK)))
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

    private static func allProcesses() -> [ProcessStat] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var stats: [ProcessStat] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.first?.isNumber == true, let text = smallFile("/proc/\(name)/stat"),
                let stat = ProcessStat(parsing: text)
            else { continue }
            stats.append(stat)
        }
        return stats
    }
}
