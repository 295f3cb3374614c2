import Foundation
import Glibc
import MailTesting
import Synchronization

/// An ext4 file system of its own in a file, for one store: its power can be cut.
///
/// What survives a cut is what the kernel had brought to the disk by then: what was flushed, and of
/// the rest whatever pages happened to be written back.
final class PowerCutDisk: Sendable {
    /// Set before the power goes: from then on a server may say that it cannot.
    let isOff = Atomic(false)
    private let image: String
    private let mountPoint: String

    /// Why there can be no such disk here; nil when there can.
    static var obstacle: String? {
        if geteuid() != 0 { return "only root can mount a file system" }
        if access("/dev/loop-control", R_OK | W_OK) != 0 { return "there are no loop devices" }
        let missing = ["mkfs.ext4", "mount", "umount", "python3"].first {
            Programs.find($0) == nil
        }
        return missing.map { "\($0) is not installed" }
    }

    /// Makes the disk's image in a folder, mounts it, and makes a folder of it the store.
    init(in folder: String, store: String) throws {
        image = folder + "/disk.img"
        mountPoint = folder + "/disk"
        try Files.write([], to: image)
        guard truncate(image, 256 << 20) == 0, mkdir(mountPoint, 0o700) == 0 else {
            throw ProcessFailure("no room for a disk: \(String(cString: strerror(errno)))")
        }
        try PowerCutDisk.run(["mkfs.ext4", "-q", "-F", image])
        try mount()
        guard mkdir(mountPoint + "/store", 0o700) == 0,
            symlink(mountPoint + "/store", store) == 0
        else { throw ProcessFailure("no store on the disk: \(String(cString: strerror(errno)))") }
        try PowerCutDisk.run(["sync", "-f", mountPoint])
    }

    /// Cuts the power, and ends the processes that use the disk `milliseconds` later.
    func cut(_ users: [ChildProcess], seed: UInt64, milliseconds: UInt32) throws {
        isOff.store(true, ordering: .sequentiallyConsistent)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("cut_power.py").path
        let files = Files.all(in: mountPoint + "/store").filter {
            $0.hasSuffix("/data.mdb") || $0.hasSuffix(".seg")
        }
        let pids = users.map { "\($0.pid)" }
        try PowerCutDisk.run([
            "python3", script, mountPoint, "\(seed)", "\(milliseconds)",
            files.joined(separator: ","), pids.joined(separator: ","),
        ])
        for user in users { _ = try user.wait(seconds: 10) }
    }

    /// Mounts the disk again, as a machine does that starts.
    func powerOn() throws {
        try PowerCutDisk.run(["umount", mountPoint])
        try mount()
        isOff.store(false, ordering: .sequentiallyConsistent)
    }

    /// Unmounts the disk for good.
    func remove() {
        // Lazily: what a failed test left open must not keep it.
        _ = try? PowerCutDisk.run(["umount", "-l", mountPoint])
    }

    private func mount() throws {
        try PowerCutDisk.run(["mount", "-o", "loop", image, mountPoint])
    }

    private static func run(_ arguments: [String]) throws {
        let result = try Programs.run(arguments)
        guard result.status == 0 else {
            throw ProcessFailure("\(arguments.joined(separator: " ")): \(result.report)")
        }
    }
}
