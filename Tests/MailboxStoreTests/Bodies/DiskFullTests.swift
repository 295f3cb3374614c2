import Glibc
import MailEvents
import MailboxStore
import Testing

/// RELIABILITY F5, on a file system of 4 MiB.
struct DiskFullTests {
    @Test func aFullDiskRefusesBodiesAndLosesNone() throws {
        let fixture = BodyFixture()
        guard mount("hindsight-test", fixture.path, "tmpfs", 0, "size=4m") == 0 else {
            print("skipped: mounting a small file system needs root")
            return
        }
        defer { umount2(fixture.path, CInt(MNT_DETACH)) }
        let store = try fixture.open()
        let writer = store.makeWriter()
        let stored = try fill(fixture, writer)
        #expect(stored > 10)
        try expectIntakeRefused(store)
        #expect(fixture.files("incoming").isEmpty)
        for (digest, location) in fixture.rows { #expect(try store.verify(location, digest)) }

        writer.close()
        let again = store.makeWriter()
        try fixture.store(message(9_999, sizeBytes: 100), again)
        again.close()
        #expect(try found(store).count == stored + 1)
    }

    private func fill(_ fixture: BodyFixture, _ writer: SegmentWriter) throws -> Int {
        for number in 0..<1_000 {
            do {
                try fixture.store(message(number, sizeBytes: 50_000), writer)
            } catch StoreError.diskFull {
                return number
            }
        }
        return 0
    }

    private func expectIntakeRefused(_ store: BodyStore) throws {
        let intake = store.makeIntake()
        do {
            for _ in 0..<100 { try intake.feed(message(1, sizeBytes: 60_000)) }
            Issue.record("six megabytes found room in four")
        } catch StoreError.diskFull {
            intake.abandon()
        }
    }
}
