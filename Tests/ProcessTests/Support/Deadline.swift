import Glibc

/// A moment of the monotonic clock until which something may take its time.
struct Deadline: Sendable {
    private let end: UInt64

    init(seconds: Double) { end = Deadline.now + UInt64(seconds * 1e9) }

    /// Nanoseconds of the monotonic clock.
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    static func seconds(since start: UInt64) -> Double { Double(now - start) / 1e9 }

    var isOver: Bool { Deadline.now >= end }

    /// At least 0 and rounded up, for poll(2).
    var milliseconds: Int32 {
        let now = Deadline.now
        return now >= end ? 0 : Int32(clamping: (end - now) / 1_000_000 + 1)
    }
}
