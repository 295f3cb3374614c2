import Glibc

/// Tells the time of day to the log: nanoseconds since 1970-01-01, UTC.
package typealias WallClock = @Sendable () -> Int64

/// The system's clocks.
package enum SystemClock {
    /// The time of day; it may be set back at any moment, which is why the log never trusts it alone.
    package static let wall: WallClock = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}

/// Time that only runs forwards, for waiting.
enum MonotonicTime {
    /// Longest wait, in seconds: a year.
    private static let longestSeconds = 31_536_000.0

    static func deadline(inSeconds seconds: Double) -> timespec {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let wait = seconds.isFinite ? min(max(seconds, 0), longestSeconds) : longestSeconds
        let nanoseconds = time.tv_nsec &+ Int(wait.truncatingRemainder(dividingBy: 1) * 1e9)
        time.tv_sec += Int(wait) + nanoseconds / 1_000_000_000
        time.tv_nsec = nanoseconds % 1_000_000_000
        return time
    }

    static func nowSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
