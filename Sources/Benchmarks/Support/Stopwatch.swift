import Glibc

/// Monotonic time in seconds.
func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// How long `work` takes, in seconds.
func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = monotonicSeconds()
    try work()
    return monotonicSeconds() - start
}

/// Keeps the compiler from leaving out work whose result nobody uses.
@inline(never)
func keep<Value>(_: borrowing Value) {}
