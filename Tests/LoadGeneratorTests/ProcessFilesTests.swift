import Glibc
import Testing

@testable import LoadGenerator

@Suite struct ProcessFilesTests {
    @Test func statIsReadBehindAnyCommandName() throws {
        let line =
            "42 (imap) (x) y) S 7 42 42 0 -1 4194560 1 2 0 0 100 20 3 4 20 0 1 0 5 6 7 8\n"
        let stat = try #require(ProcessStat(parsing: Array(line.utf8)))
        #expect(stat.pid == 42)
        #expect(stat.parent == 7)
        #expect(stat.ownTicks == 120)
        #expect(stat.endedChildrenTicks == 7)
    }

    @Test(arguments: [
        "", "42", "42 (x", "42 (x) S 7", "x (y) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
    ])
    func brokenStatIsNil(line: String) { #expect(ProcessStat(parsing: Array(line.utf8)) == nil) }

    @Test func memoryIsReadInBytes() {
        let text = """
            55d0-7ffc ---p 00000000 00:00 0                          [rollup]
            Rss:                5000 kB
            Pss:                1234 kB
            Pss_Dirty:           900 kB
            Pss_Anon:            800 kB
            Pss_File:            434 kB
            """
        let memory = ProcessMemory(parsing: Array(text.utf8))
        #expect(memory == ProcessMemory(proportional: 1234 * 1024, anonymous: 800 * 1024))
    }

    @Test func thisProcessIsSeen() throws {
        let tree = try ProcessTree(root: Int(getpid()))
        #expect(tree.memory().proportional > 1_000_000)
        #expect(tree.processorMicroseconds() > 0)
        #expect(tree.count >= 1)
    }

    @Test(.enabled(if: access("/proc/self/schedstat", R_OK) == 0))
    func lessThanATickIsSeen() throws {
        let tree = try ProcessTree(root: Int(getpid()))
        let before = tree.processorMicroseconds()
        let end = monotonicNanoseconds() + 5_000_000
        while monotonicNanoseconds() < end {}
        #expect(tree.processorMicroseconds() > before)
    }

    @Test func aProcessThatIsNotThereIsTold() {
        #expect(throws: LoadFailure.self) { try ProcessTree(root: 0) }
    }
}
