import Glibc

/// Tells on stderr why there is no result.
func complain(_ text: String) {
    let line = Array("mailload: \(text)\n".utf8)
    // There is nobody to tell when stderr is closed.
    _ = write(STDERR_FILENO, line, line.count)
}

/// Lets this process have as many sockets as it may.
func raiseOpenFileLimit() {
    var limit = openFileLimit()
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// Refuses what would fail half-way for want of sockets.
func requireOpenFiles(_ count: Int) throws {
    let limit = openFileLimit().rlim_cur
    guard limit >= rlim_t(count) else {
        throw LoadFailure("\(count) sockets are needed, \(limit) allowed: raise `ulimit -n`")
    }
}

private func openFileLimit() -> rlimit {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return limit
}
