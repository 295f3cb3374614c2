import Glibc
import Synchronization

/// Segment files kept open for reading, a bounded number of them: the longest unused one goes first.
///
/// A file that went is closed when the last reader lets go of it.
final class SegmentFileCache: Sendable {
    static let limit = 128

    private struct Entry {
        let file: OpenFile
        var lastUse: UInt64
    }

    private struct State {
        var entries: [UInt32: Entry] = [:]
        var uses: UInt64 = 0
    }

    private let directory: SegmentDirectory
    // Guards the table of open files.
    private let state = Mutex(State())

    init(_ directory: SegmentDirectory) { self.directory = directory }

    var count: Int { state.withLock { $0.entries.count } }

    func file(_ segment: UInt32) throws(StoreError) -> OpenFile {
        if let file = known(segment) { return file }
        let file = try open(segment)
        state.withLock { state in
            if state.entries.count >= SegmentFileCache.limit,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.entries[oldest.key] = nil
            }
            state.uses += 1
            state.entries[segment] = Entry(file: file, lastUse: state.uses)
        }
        return file
    }

    func removeAll() { state.withLock { $0.entries.removeAll() } }

    private func known(_ segment: UInt32) -> OpenFile? {
        state.withLock { state in
            state.uses += 1
            state.entries[segment]?.lastUse = state.uses
            return state.entries[segment]?.file
        }
    }

    /// Out of descriptors, it gives up its own and tries once more.
    private func open(_ segment: UInt32) throws(StoreError) -> OpenFile {
        let path = directory.path(of: segment)
        if let file = try OpenFile(opening: path, flags: O_RDONLY, or: EMFILE) { return file }
        removeAll()
        return try OpenFile(opening: path, flags: O_RDONLY)
    }
}
