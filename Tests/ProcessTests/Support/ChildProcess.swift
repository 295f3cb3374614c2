import Glibc

/// A process that a test started, and ends by its own pid only.
final class ChildProcess {
    let pid: pid_t
    let name: String
    private(set) var status: Int32?

    /// Starts a program found by path or in PATH.
    ///
    /// - Parameters:
    ///   - environment: put over the environment of the tests.
    ///   - input, output, errors: descriptors of the child's; without one, /dev/null.
    init(
        _ arguments: [String], environment: [String: String] = [:], input: Int32? = nil,
        output: Int32? = nil, errors: Int32? = nil
    ) throws {
        name = arguments.joined(separator: " ")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (target, source) in [(Int32(0), input), (1, output), (2, errors)] {
            if let source {
                posix_spawn_file_actions_adddup2(&actions, source, target)
            } else {
                posix_spawn_file_actions_addopen(&actions, target, "/dev/null", O_RDWR, 0)
            }
        }
        var pid = pid_t()
        let words = arguments.map { strdup($0) } + [nil]
        let variables = ChildProcess.environment(with: environment).map { strdup($0) } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        let error = posix_spawnp(&pid, arguments[0], &actions, nil, words, variables)
        guard error == 0 else {
            throw ProcessFailure("cannot start \(name): \(String(cString: strerror(error)))")
        }
        self.pid = pid
    }

    deinit {
        // A test that gave up leaves nothing running.
        if status == nil {
            Glibc.kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
    }

    func signal(_ signal: Int32) { if status == nil { Glibc.kill(pid, signal) } }

    /// Whether it needs no waiting for any more.
    var hasEnded: Bool {
        if status == nil { _ = try? wait(seconds: 0) }
        return status != nil
    }

    /// Waits for the end of the process.
    ///
    /// - Returns: the exit status; 128 and the signal's number when a signal ended it.
    func wait(seconds: Double) throws -> Int32 {
        let deadline = Deadline(seconds: seconds)
        while status == nil {
            var raw: Int32 = 0
            if waitpid(pid, &raw, WNOHANG) == pid {
                status = raw & 0x7f == 0 ? (raw >> 8) & 0xff : 128 + (raw & 0x7f)
            } else if deadline.isOver {
                throw ProcessFailure("\(name) still runs after \(seconds) s")
            } else {
                usleep(1000)
            }
        }
        return status ?? -1
    }

    private static func environment(with changes: [String: String]) -> [String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1)
            if let name = parts.first {
                variables[String(name)] = parts.count > 1 ? String(parts[1]) : ""
            }
            entry += 1
        }
        variables.merge(changes) { _, new in new }
        return variables.map { "\($0.key)=\($0.value)" }
    }
}
