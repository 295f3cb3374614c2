import Foundation
import Glibc

/// `hindsight serve` as a process of its own on a free port of the loopback.
///
/// Used by one thread at a time.
final class ServerProcess {
    let store: String
    let port: UInt16
    /// From the start of the process until it said that clients can connect.
    let secondsToReady: Double
    let child: ChildProcess
    private let errorFile: String

    static let password = "pw"
    var pid: pid_t { child.pid }

    /// Starts a server and waits until it is ready.
    init(store: String, seconds: Double = 20, arguments: [String] = []) throws {
        self.store = store
        errorFile = store + ".stderr"
        let started = Deadline.now
        let pipe = try Pipe()
        defer { pipe.close() }
        let errors = open(errorFile, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { Glibc.close(errors) }
        child = try ChildProcess(
            ServerProcess.command(store: store) + arguments, output: pipe.writeEnd, errors: errors)
        pipe.closeWriteEnd()
        let line = try? pipe.readLine(Deadline(seconds: seconds))
        guard let line, let port = ServerProcess.port(inReadyLine: line) else {
            child.signal(SIGKILL)
            throw ProcessFailure(
                "the server was not ready within \(seconds) s: \(line ?? "") "
                    + ServerProcess.text(of: errorFile).suffix(2000))
        }
        self.port = port
        secondsToReady = Deadline.seconds(since: started)
    }

    static func command(store: String) throws -> [String] {
        [
            try Programs.hindsight, "serve", "--store", store, "--listen", "127.0.0.1:0",
            "--demo-password", password,
        ]
    }

    /// What the server logged, of all servers on this store.
    var log: String { ServerProcess.text(of: errorFile) }

    /// Ends the server at once, wherever it is.
    func kill() throws {
        child.signal(SIGKILL)
        _ = try child.wait(seconds: 10)
    }

    /// Sends SIGTERM and waits.
    ///
    /// - Returns: the exit status and how long it took.
    func terminate(seconds: Double = 10) throws -> (status: Int32, seconds: Double) {
        let started = Deadline.now
        child.signal(SIGTERM)
        let status = try child.wait(seconds: seconds)
        return (status, Deadline.seconds(since: started))
    }

    // hindsight: ready on 127.0.0.1:40123, store DIR
    private static func port(inReadyLine line: String) -> UInt16? {
        guard line.hasPrefix("hindsight: ready on "),
            let address = line.split(separator: ",").first,
            let port = address.split(separator: ":").last
        else { return nil }
        return UInt16(port)
    }

    private static func text(of file: String) -> String {
        String(
            decoding: (try? Data(contentsOf: URL(fileURLWithPath: file))) ?? Data(), as: UTF8.self)
    }
}

/// A pipe whose reading end has deadlines.
private final class Pipe {
    private let readEnd: Int32
    private(set) var writeEnd: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw ProcessFailure("no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    func closeWriteEnd() {
        if writeEnd >= 0 { Glibc.close(writeEnd) }
        writeEnd = -1
    }

    func close() {
        closeWriteEnd()
        Glibc.close(readEnd)
    }

    func readLine(_ deadline: Deadline) throws -> String {
        var line: [UInt8] = []
        while line.last != 10 {
            var wait = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, deadline.milliseconds) > 0 else { throw ProcessFailure("no line") }
            var byte: UInt8 = 0
            guard read(readEnd, &byte, 1) == 1 else { break }
            line.append(byte)
        }
        return String(decoding: line.dropLast(), as: UTF8.self)
    }
}
