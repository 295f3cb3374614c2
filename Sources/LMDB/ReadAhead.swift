import CLMDB
import Glibc
import Synchronization

/// How one walk asks the kernel for the pages it is coming to, in an environment where the kernel does
/// not read ahead by itself: `EnvironmentOptions.readsAhead`.
///
/// Left to itself the kernel brings in whatever lies around a page that is missing, which may be
/// megabytes, while a lookup waits for its few pages. Without that a lookup costs what it needs. The
/// pages of a walk lie near each other, though in no order: it asks for regions of the map.
@usableFromInline
struct ReadAhead {
    @usableFromInline var page: UInt = 0
    private var pages = 0
    private var region: UInt = 0
    private let regions: MapRegions?

    /// Pages after which a walk counts as a long one.
    private static let shortest = 4

    /// - Parameter regions: nil where the kernel reads ahead.
    init(_ regions: MapRegions?) { self.regions = regions }

    /// The walk has come to this value. Costs a comparison, but where a page begins.
    @inlinable @inline(__always)
    mutating func meet(_ value: MDB_val) {
        let address = UInt(bitPattern: value.mv_data)
        if address >> 12 != page { enter(address) }
    }

    /// What comes next does not follow what was met.
    mutating func leave() { pages = 0 }

    @usableFromInline @inline(never)
    mutating func enter(_ address: UInt) {
        page = address >> 12
        pages &+= 1
        guard let regions, pages > ReadAhead.shortest else { return }
        let region = address / MapRegions.regionBytes
        guard region != self.region else { return }
        self.region = region
        // The next one too: it comes while this one is walked over.
        regions.ask(for: region, and: region + 1)
    }
}

/// Which regions of an environment's map were asked for lately, by any walk: a command may be answered in
/// many walks, and each goes to and fro between regions.
public final class MapRegions: Sendable {
    static let regionBytes: UInt = 4 << 20

    /// Asked for at once: of more the kernel may leave out what exceeds one transfer of the disk.
    private static let stepBytes: UInt = 512 << 10
    private static let pageBytes = UInt(getpagesize())
    private static let remembered = 256

    /// By region modulo their number: a region, and the second in which it was asked for. What was in
    /// memory then may have left it since.
    private let asked = Mutex([(region: UInt, second: Int)](repeating: (0, 0), count: remembered))

    /// Has the kernel fetch two regions, unless they are in memory.
    func ask(for first: UInt, and second: UInt) {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &now)
        if isNew(first, now.tv_sec) { MapRegions.fetch(first) }
        if isNew(second, now.tv_sec) { MapRegions.fetch(second) }
    }

    private func isNew(_ region: UInt, _ second: Int) -> Bool {
        asked.withLock { asked in
            let place = Int(region % UInt(MapRegions.remembered))
            guard asked[place] != (region, second) else { return false }
            asked[place] = (region, second)
            return true
        }
    }

    private static func fetch(_ region: UInt) {
        let start = region * regionBytes
        let end = start + regionBytes
        guard !isInMemory(start, end) else { return }
        for step in stride(from: start, to: end, by: Int(stepBytes)) {
            // Advice: where it cannot be followed (beyond the map), nothing is lost.
            _ = madvise(UnsafeMutableRawPointer(bitPattern: step), Int(stepBytes), MADV_WILLNEED)
        }
    }

    /// Judged by three pages: asking for what is there already would cost a warm walk more.
    private static func isInMemory(_ start: UInt, _ end: UInt) -> Bool {
        let middle = start + (end - start) / 2
        return [start, middle, end - pageBytes].allSatisfy { page in
            var residence: UInt8 = 0
            let pointer = UnsafeMutableRawPointer(bitPattern: page)
            guard mincore(pointer, 1, &residence) == 0 else { return true }
            return residence & 1 == 1
        }
    }
}
