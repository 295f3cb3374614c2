import Synchronization

/// The accounts' names and password hashes: a users file that several processes may read and edit.
///
/// What another process changes (`hindsight account add` beside a running server) is seen at the next
/// login. Names and passwords never enter the log.
package final class CredentialStore: Authenticator {
    private struct State {
        /// nil forces a reading.
        var stamp: CredentialFile.Stamp??
        var users = UsersFile()
        var remembered = VerificationCache()
    }

    private let file: CredentialFile
    private let cost: PasswordCost
    /// What an unknown name's password is hashed against, so that it costs what a known one's does.
    private let stranger: PasswordHash
    private let report: @Sendable (UsersFileDefect) -> Void
    /// Guards the text as it was last read and what was verified against it; never held over a hash.
    private let state = Mutex(State())

    /// - Parameters:
    ///   - path: the users file; it need not exist yet, its folder must.
    ///   - cost: the work factor of new hashes. An unknown name costs this much too, so hashes made
    ///     by other tools with other costs can tell known names from unknown ones by time.
    ///   - report: told of each broken line whenever the file is read, perhaps on a login's thread.
    package init(
        path: String, cost: PasswordCost = .standard,
        report: @escaping @Sendable (UsersFileDefect) -> Void = { _ in }
    ) throws(CredentialError) {
        file = CredentialFile(path: path)
        self.cost = cost
        self.report = report
        stranger = try PasswordHash.newSetting(cost: cost)
        _ = try current()
    }

    /// Sorted bytewise.
    package func names() throws(CredentialError) -> [AccountName] {
        try current().names.sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
    }

    /// The lines of the file that nobody can log in by.
    package func defects() throws(CredentialError) -> [UsersFileDefect] { try current().defects }

    /// Blocks for a hash, a lock and two flushes, like every edit.
    package func add(_ name: AccountName, password: [UInt8]) throws(CredentialError) {
        let hash = try newHash(password)
        try edit { (users) throws(CredentialError) in
            guard users.account(name) == nil else { throw .alreadyExists(name) }
            users.add(name, hash)
        }
    }

    package func setPassword(_ password: [UInt8], of name: AccountName) throws(CredentialError) {
        let hash = try newHash(password)
        try edit { (users) throws(CredentialError) in
            guard users.account(name) != nil else { throw .noSuchAccount(name) }
            users.replace(name, hash)
        }
    }

    /// Takes the login away; the account's mail stays in the store.
    package func remove(_ name: AccountName) throws(CredentialError) {
        try edit { (users) throws(CredentialError) in
            guard users.account(name) != nil else { throw .noSuchAccount(name) }
            users.remove(name)
        }
    }

    /// Blocks for milliseconds unless the password was verified within the last ten minutes: never
    /// call it on an event loop. An unknown name costs what a wrong password costs (S9).
    package func verify(_ attempt: LoginAttempt) -> LoginResult {
        let users: UsersFile
        do throws(CredentialError) { users = try current() } catch {
            return .unavailable(error.description)
        }
        guard let name = try? AccountName(attempt.name), let account = users.account(name),
            PasswordHash.isAcceptable(attempt.password), !account.hash.isLocked
        else {
            _ = stranger.matches(attempt.password)
            return .rejected
        }
        return verify(attempt, against: account.name, account.hash)
    }

    private func verify(
        _ attempt: LoginAttempt, against name: AccountName, _ hash: PasswordHash
    ) -> LoginResult {
        let now = ContinuousClock.now
        let (tag, known) = state.withLock {
            let tag = $0.remembered.tag(
                name: name, mechanism: attempt.mechanism, hash: hash, password: attempt.password)
            return (tag, $0.remembered.contains(tag, at: now))
        }
        if known { return .accepted(name) }
        guard hash.matches(attempt.password) else { return .rejected }
        state.withLock { $0.remembered.insert(tag, at: now) }
        return .accepted(name)
    }

    private func newHash(_ password: [UInt8]) throws(CredentialError) -> PasswordHash {
        guard PasswordHash.isAcceptable(password) else { throw .unacceptablePassword }
        return try PasswordHash.make(of: password, cost: cost)
    }

    /// The users of now: reads the file only when it changed.
    private func current() throws(CredentialError) -> UsersFile {
        let (users, isNew) = try state.withLock { (state) throws(CredentialError) in
            let stamp = try file.stamp()
            if let known = state.stamp, known == stamp { return (state.users, false) }
            state.users = UsersFile(bytes: try file.read())
            state.remembered.removeAll()
            // Taken before the reading: a change in between is seen as one more change.
            state.stamp = .some(stamp)
            return (state.users, true)
        }
        if isNew { users.defects.forEach(report) }
        return users
    }

    private func edit(
        _ change: (inout UsersFile) throws(CredentialError) -> Void
    ) throws(CredentialError) {
        try file.locked { () throws(CredentialError) in
            var users = UsersFile(bytes: try file.read())
            try change(&users)
            try file.replace(with: users.bytes)
        }
        state.withLock { $0.stamp = nil }
    }
}
