import EventLog
import Foundation
import Testing

@Suite struct StoreLockTests {
    @Test func aSecondServerIsRefusedAndToldOfTheFirst() throws {
        let directory = try TemporaryDirectory()
        let lock = try StoreLock(storeDirectory: directory.path)
        let error = #expect(throws: StoreLockError.self) {
            _ = try StoreLock(storeDirectory: directory.path)
        }
        #expect(error == .held(directory: directory.path, processID: getpid()))
        #expect(error?.description.contains("process \(getpid())") == true)
        _ = consume lock
    }

    @Test func theLockIsFreeOnceItsServerHasEnded() throws {
        let directory = try TemporaryDirectory()
        do { _ = try StoreLock(storeDirectory: directory.path) }
        _ = try StoreLock(storeDirectory: directory.path)
    }

    @Test func aMissingDirectoryIsAnError() {
        let error = #expect(throws: StoreLockError.self) {
            _ = try StoreLock(storeDirectory: "/nowhere")
        }
        #expect(error == .io(path: "/nowhere/server.lock", errno: ENOENT))
    }
}
