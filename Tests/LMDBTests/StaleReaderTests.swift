import Foundation
import LMDB
import Testing

@Suite struct StaleReaderTests {
    /// Opens the environment in another process, begins a read transaction and says "ready".
    private static let reader = """
        import ctypes, sys, time
        lmdb = ctypes.CDLL("liblmdb.so.0")
        environment, transaction = ctypes.c_void_p(), ctypes.c_void_p()
        assert lmdb.mdb_env_create(ctypes.byref(environment)) == 0
        lmdb.mdb_env_set_mapsize(environment, ctypes.c_size_t(1 << 30))
        assert lmdb.mdb_env_open(environment, sys.argv[1].encode(), 0x200000, 0o600) == 0
        assert lmdb.mdb_txn_begin(environment, None, 0x20000, ctypes.byref(transaction)) == 0
        print("ready", flush=True)
        time.sleep(60)
        """

    @Test func theSlotOfAKilledReaderIsFreed() throws {
        let store = try TemporaryEnvironment()
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.reader, store.directory.path]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else {
            print("skipped: no process can be started here to be a killed reader")
            return
        }
        defer { if process.isRunning { process.terminate() } }
        guard firstByte(of: output) == UInt8(ascii: "r") else {
            print("skipped: there is no python3 with ctypes here to be a killed reader")
            return
        }
        #expect(try store.environment.clearStaleReaders() == 0)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try store.environment.clearStaleReaders() == 1)
        #expect(try store.environment.clearStaleReaders() == 0)
    }

    /// Waits for a byte; nil when the other end is closed. The ends of other tests' processes
    /// interrupt the waiting.
    private func firstByte(of pipe: Pipe) -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = read(pipe.fileHandleForReading.fileDescriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            return count == 1 ? byte : nil
        }
    }
}
