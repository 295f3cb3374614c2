import CCrypt
import Glibc

/// A password as crypt(3) keeps it, `$y$j9T$salt$hash`: yescrypt when made here, whatever libxcrypt
/// does not call legacy (SHA-512, bcrypt, scrypt …) when read from the file.
package struct PasswordHash: Hashable, Sendable {
    /// 1...511 bytes (crypt(3) takes no more), none of them NUL (it would end the password early).
    package static let maximumPasswordBytes = Int(CRYPT_MAX_PASSPHRASE_SIZE) - 1

    package let text: String

    /// - Returns: nil for what crypt(3) does not take as a hash. `*` and `!` in front lock an
    ///   account, as in shadow(5): such a hash is taken and matches nothing.
    package init?(text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }) else {
            return nil
        }
        self.text = text
        guard !isLocked else { return }
        // Legacy methods are refused: one of them takes any two letters for a salt, so that a
        // password written in plain would pass for a hash.
        guard crypt_checksalt(text) == CRYPT_SALT_OK else { return nil }
    }

    private init(unchecked text: String) { self.text = text }

    package var isLocked: Bool { text.hasPrefix("*") || text.hasPrefix("!") }

    /// Hashes `password` with a new random salt. Blocks for milliseconds; cost 5 takes 16 MiB.
    ///
    /// - Parameter password: acceptable to `isAcceptable(_:)`.
    package static func make(of password: [UInt8], cost: PasswordCost) throws(CredentialError)
        -> Self
    {
        let setting = try newSetting(cost: cost)
        guard let text = setting.hash(password) else { throw .hashingFailed(errno) }
        return PasswordHash(unchecked: text)
    }

    /// A salt and its parameters without a hash: hashing against it costs what any hash costs.
    static func newSetting(cost: PasswordCost) throws(CredentialError) -> Self {
        guard let made = crypt_gensalt_ra("$y$", cost.rawValue, nil, 0) else {
            throw .hashingFailed(errno)
        }
        defer { free(made) }
        return PasswordHash(unchecked: String(cString: made))
    }

    package static func isAcceptable(_ password: [UInt8]) -> Bool {
        (1...maximumPasswordBytes).contains(password.count) && !password.contains(0)
    }

    /// Whether `password` hashes to this. Blocks for as long as a hash takes, matching or not.
    package func matches(_ password: [UInt8]) -> Bool {
        guard !isLocked, let text = hash(password) else { return false }
        return equalInConstantTime(Array(text.utf8), Array(self.text.utf8))
    }

    /// - Returns: nil when crypt(3) cannot hash: out of memory, or a setting it refuses.
    private func hash(_ password: [UInt8]) -> String? {
        var data: UnsafeMutableRawPointer?
        var size: Int32 = 0
        defer {
            if let data { explicit_bzero(data, Int(max(0, size))) }
            free(data)
        }
        let terminated = password.map { CChar(bitPattern: $0) } + [0]
        guard let result = crypt_ra(terminated, text, &data, &size) else { return nil }
        let hashed = String(cString: result)
        return hashed.hasPrefix("*") ? nil : hashed
    }
}

/// The work factor of yescrypt, 1...11; each step doubles time and memory.
package struct PasswordCost: Hashable, Sendable {
    let rawValue: UInt

    /// libxcrypt's own default: 16 MiB, about ten milliseconds.
    package static let standard = PasswordCost(clamping: 5)

    /// For tests, where hashes are many and secrets few.
    package static let least = PasswordCost(clamping: 1)

    package init(clamping value: Int) { rawValue = UInt(min(max(value, 1), 11)) }
}
