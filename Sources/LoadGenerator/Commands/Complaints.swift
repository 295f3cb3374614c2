import Glibc

/// Tells on stderr why there is no result.
func complain(_ text: String) {
    let line = Array("mailload: \(text)\n".utf8)
    // There is nobody to tell when stderr is closed.
    _ = write(STDERR_FILENO, line, line.count)
}

/// Lets this process have as many sockets as it may.
func raiseOpenFileLimit() throws {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}
