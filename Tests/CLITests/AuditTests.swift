import Foundation
import Testing

@Suite struct AuditTests {
    private func filled() throws -> StoreFixture {
        let store = try StoreFixture()
        try store.files.write("Subject: one\n\nfind this text\n", to: "one.eml")
        let imported = try store.hindsight(
            "import", store.files.path("one.eml"), "--account", "ann")
        #expect(imported.status == 0, "\(imported.errors)")
        return store
    }

    @Test func aFlippedByteInASegmentIsFoundAndNamed() throws {
        let store = try filled()
        try store.expectSound()
        let segments = store.files.path("store/segments")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: segments).first)
        let place = URL(fileURLWithPath: segments + "/" + name)
        var bytes = try Data(contentsOf: place)
        let text = try #require(bytes.range(of: Data("find this".utf8)))
        bytes[text.lowerBound] ^= 1
        try bytes.write(to: place)
        let verify = try store.hindsight("verify")
        #expect(verify.status == 1)
        let digest = try #require(try store.messages(in: "INBOX").first?.digest)
        #expect(verify.output.contains(digest))
        #expect(verify.output.contains("segment 1"))
    }

    /// LMDB believes its pages, and follows them out of its file.
    @Test func aDamagedPageIsToldAndNotDiedOf() throws {
        let store = try filled()
        let place = URL(fileURLWithPath: store.files.path("store/lmdb/data.mdb"))
        let sound = try Data(contentsOf: place)
        var told = 0
        for page in 2..<(sound.count / 4096) {
            var bytes = sound
            // Behind the page's header: where in it each of its entries is.
            let pointers = (page * 4096 + 16)..<(page * 4096 + 80)
            bytes.replaceSubrange(pointers, with: repeatElement(0xFF, count: pointers.count))
            try bytes.write(to: place)
            for (arguments, status) in [
                (["verify"], 1), (["rebuild", "--compare"], 1), (["log"], 2),
            ] {
                let outcome = try store.hindsight.run(
                    arguments + ["--store", store.hindsight.store])
                #expect((0...2).contains(outcome.status), "\(arguments), page \(page)")
                guard outcome.errors.contains("data.mdb is damaged: what") else { continue }
                told += 1
                #expect(outcome.status == Int32(status), "\(arguments), page \(page)")
            }
        }
        #expect(told > 3)
    }

    @Test func rebuildingChangesNothingOfASoundStore() throws {
        let store = try filled()
        let before = try store.hindsight("mailbox", "status", "--account", "ann", "--json").output
        let rebuilt = try store.hindsight("rebuild")
        #expect(rebuilt.status == 0, "\(rebuilt.errors)")
        #expect(
            try store.hindsight("mailbox", "status", "--account", "ann", "--json").output == before)
        try store.expectSound()
    }
}
