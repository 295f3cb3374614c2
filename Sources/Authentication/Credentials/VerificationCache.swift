import Crypto

/// Remembers for a while which passwords were right, so that a client's tenth connection does not
/// cost a tenth hash.
///
/// An entry is the HMAC-SHA-256, under a key drawn for this process, of name, mechanism, stored hash
/// and password, each preceded by its length: two accounts never share one (S27), a changed password
/// never finds its old one, and memory holds nothing that could be tried against elsewhere.
package struct VerificationCache: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package struct Tag: Hashable, Sendable {
        fileprivate let bytes: [UInt8]
    }

    let maximumAge: Duration
    let maximumCount: Int
    private let key = SymmetricKey(size: .bits256)
    private var expiries: [Tag: Instant] = [:]
    /// Tags as they were added: all live equally long, so the first is the next to expire.
    private var order: [Tag] = []
    private var orderStart = 0

    package init(maximumAge: Duration = .seconds(600), maximumCount: Int = 16_384) {
        self.maximumAge = maximumAge
        self.maximumCount = max(1, maximumCount)
    }

    package var count: Int { expiries.count }

    package func tag(
        name: AccountName, mechanism: LoginMechanism, hash: PasswordHash, password: [UInt8]
    ) -> Tag {
        var input: [UInt8] = [mechanism.rawValue]
        for part in [Array(name.string.utf8), Array(hash.text.utf8), password] {
            withUnsafeBytes(of: UInt64(part.count).bigEndian) { input.append(contentsOf: $0) }
            input += part
        }
        return Tag(bytes: Array(HMAC<SHA256>.authenticationCode(for: input, using: key)))
    }

    package func contains(_ tag: Tag, at now: Instant) -> Bool {
        guard let expiry = expiries[tag] else { return false }
        return now < expiry
    }

    package mutating func insert(_ tag: Tag, at now: Instant) {
        // A tag keeps its first expiry: a password is looked up in the file again at least that often.
        guard expiries[tag] == nil || !contains(tag, at: now) else { return }
        while let first = oldest, expiries.count >= maximumCount || !contains(first, at: now) {
            expiries[first] = nil
            orderStart += 1
        }
        if orderStart > order.count / 2 {
            order.removeFirst(orderStart)
            orderStart = 0
        }
        expiries[tag] = now.advanced(by: maximumAge)
        order.append(tag)
    }

    package mutating func removeAll() {
        expiries = [:]
        order = []
        orderStart = 0
    }

    private var oldest: Tag? { orderStart < order.count ? order[orderStart] : nil }
}
