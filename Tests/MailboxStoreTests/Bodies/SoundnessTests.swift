import MailEvents
import MailboxStore
import Synchronization
import Testing

/// RELIABILITY F4: damage is found by the digest, when a body is read for the first time.
struct SoundnessTests {
    private let fixture = BodyFixture()
    private let told = Told()

    private final class Told: Sendable {
        let errors = Mutex<[String]>([])
        var count: Int { errors.withLock { $0.count } }
    }

    private func open() throws -> BodyStore {
        let told = told
        return try fixture.open { error in told.errors.withLock { $0.append("\(error)") } }
    }

    private func flip(_ location: BodyLocation, by offset: Int) {
        let path = fixture.segmentPath(Int(location.segment))
        var bytes = BodyFixture.contents(path)
        bytes[Int(location.offset) + offset] ^= 1
        BodyFixture.write(bytes, path)
    }

    @Test(arguments: [true, false])
    func aDamagedBodyIsFoundEachTimeAndToldOnce(isDigestGiven: Bool) throws {
        let store = try open()
        let writer = store.makeWriter()
        let bytes = message(1, sizeBytes: 900)
        let digest = BodyDigest(hashing: bytes)
        let damaged = try fixture.store(bytes, writer)
        let sound = try fixture.store(message(2, sizeBytes: 800), writer)
        writer.close()
        flip(damaged, by: 500)
        for _ in 0..<3 {
            #expect(throws: StoreError.self) {
                try store.expectSound(damaged, isDigestGiven ? digest : nil)
            }
        }
        #expect(told.count == 1)
        #expect(told.errors.withLock { $0.first?.contains("\(digest)") } == true)
        #expect(told.errors.withLock { $0.first?.contains("00000001.seg") } == true)
        // The first time costs a reading, later ones nothing.
        #expect(try store.expectSound(sound) == 800)
        #expect(try store.expectSound(sound) == 0)
        #expect(told.count == 1)
    }

    @Test func aLongBodyIsComparedWhereThatHoldsUpNobody() throws {
        let store = try open()
        let bytes = message(1, sizeBytes: 300_000)
        let location = try fixture.store(bytes, store.makeWriter())
        flip(location, by: 299_000)
        #expect(try store.expectSound(location, BodyDigest(hashing: bytes), upTo: 100_000) == 0)
        #expect(throws: StoreError.self) { try store.expectSound(location) }
    }

    @Test func aMissingBodyIsToldToo() throws {
        let store = try open()
        let location = BodyLocation(segment: 9, offset: 72, sizeBytes: 10)
        #expect(throws: StoreError.self) { try store.expectSound(location) }
        #expect(told.count == 1)
    }
}
