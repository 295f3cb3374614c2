import Authentication
import Testing

@Suite("Remembered verifications, S27")
struct VerificationCacheTests {
    private let now = ContinuousClock.now

    private func hash(_ text: String) throws -> PasswordHash {
        try #require(PasswordHash(text: text))
    }

    private func tag(
        _ cache: VerificationCache, _ name: String, _ password: String,
        _ mechanism: LoginMechanism = .plain, hash: String = "*locked"
    ) throws -> VerificationCache.Tag {
        cache.tag(
            name: try AccountName(name), mechanism: mechanism, hash: try self.hash(hash),
            password: Array(password.utf8))
    }

    /// Names and passwords are cut from one short text in many ways, so that a key which only joined
    /// its parts would collide at once.
    @Test func twoLoginsNeverShareAnEntry() throws {
        var random = SystemRandomNumberGenerator()
        let seed = random.next()
        var generator = SplitMix(state: seed)
        var cache = VerificationCache(maximumCount: 100_000)
        var inserted: Set<[String]> = []
        for _ in 0..<3000 {
            let text = String((0..<6).map { _ in "ab".randomElement(using: &generator) ?? "a" })
            let cut = Int.random(in: 1...5, using: &generator)
            let parts = [String(text.prefix(cut)), String(text.dropFirst(cut))]
            let tag = try tag(cache, parts[0], parts[1])
            #expect(cache.contains(tag, at: now) == inserted.contains(parts), "seed \(seed)")
            cache.insert(tag, at: now)
            inserted.insert(parts)
        }
        #expect(cache.count == inserted.count)
    }

    @Test func mechanismAndStoredHashAreInTheKey() throws {
        var cache = VerificationCache()
        cache.insert(try tag(cache, "ada", "secret"), at: now)
        #expect(cache.contains(try tag(cache, "ada", "secret"), at: now))
        #expect(!cache.contains(try tag(cache, "ada", "secret", .login), at: now))
        #expect(!cache.contains(try tag(cache, "ada", "secret", hash: "!other"), at: now))
        let other = VerificationCache()
        #expect(try tag(cache, "ada", "secret") != tag(other, "ada", "secret"))
    }

    @Test func entriesEndAfterTheirAgeEvenWhenUsed() throws {
        var cache = VerificationCache(maximumAge: .seconds(10))
        let tag = try tag(cache, "ada", "secret")
        cache.insert(tag, at: now)
        cache.insert(tag, at: now.advanced(by: .seconds(9)))
        #expect(cache.contains(tag, at: now.advanced(by: .seconds(9))))
        #expect(!cache.contains(tag, at: now.advanced(by: .seconds(10))))
        cache.insert(tag, at: now.advanced(by: .seconds(11)))
        #expect(cache.contains(tag, at: now.advanced(by: .seconds(12))))
        #expect(cache.count == 1)
    }

    @Test func theOldestGoWhenThereAreTooMany() throws {
        var cache = VerificationCache(maximumCount: 10)
        for number in 0..<100 {
            cache.insert(try tag(cache, "ada", "\(number)"), at: now)
            #expect(cache.count <= 10)
        }
        #expect(!cache.contains(try tag(cache, "ada", "89"), at: now))
        #expect(cache.contains(try tag(cache, "ada", "90"), at: now))
        cache.removeAll()
        #expect(cache.count == 0)
    }
}

/// A small generator that starts from a seed which can be printed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
