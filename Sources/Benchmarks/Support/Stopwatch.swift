import CAllocations
import Glibc

/// What a piece of work cost.
struct Cost {
    var seconds: Double
    /// How often memory was asked for meanwhile, by any thread.
    var allocations: UInt64
}

/// Monotonic time in seconds.
func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// What `work` costs.
func cost(_ work: () throws -> Void) rethrows -> Cost {
    let allocations = allocations_so_far()
    let start = monotonicSeconds()
    try work()
    let end = monotonicSeconds()
    return Cost(seconds: end - start, allocations: allocations_so_far() - allocations)
}

/// Keeps the compiler from leaving out work whose result nobody uses.
@inline(never)
func keep<Value>(_: borrowing Value) {}
