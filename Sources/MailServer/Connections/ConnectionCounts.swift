import Synchronization

/// Who is connected how often, against `ConnectionLimits`.
final class ConnectionCounts: Sendable {
    private struct State {
        var total = 0
        var beforeLogin: [String: Int] = [:]
        var users: [String: Int] = [:]
        var usersByAddress: [UserAtAddress: Int] = [:]

        mutating func forget(_ user: String, _ address: String) {
            ConnectionCounts.decrement(&users, user)
            ConnectionCounts.decrement(
                &usersByAddress, UserAtAddress(user: user, address: address))
        }
    }

    private struct UserAtAddress: Hashable {
        let user: String
        let address: String
    }

    private let limits: ConnectionLimits
    // Guards the counts; held for a few dictionary accesses at each connect, login and end.
    private let state = Mutex(State())

    init(_ limits: ConnectionLimits) { self.limits = limits }

    var total: Int { state.withLock(\.total) }

    /// - Returns: why the connection is refused; nil when it is counted, and `leave` must follow.
    func enter(_ address: String) -> String? {
        state.withLock { state in
            guard state.total < limits.total else { return "Too many connections" }
            guard state.beforeLogin[address, default: 0] < limits.perAddressBeforeLogin else {
                return "Too many connections from your address that have not logged in"
            }
            state.total += 1
            state.beforeLogin[address, default: 0] += 1
            return nil
        }
    }

    /// - Returns: why the login is refused; nil when it is counted.
    func login(_ user: String, from address: String) -> String? {
        state.withLock { state in
            let key = UserAtAddress(user: user, address: address)
            guard state.users[user, default: 0] < limits.perUser,
                state.usersByAddress[key, default: 0] < limits.perUserAndAddress
            else { return "Too many connections of this user" }
            state.users[user, default: 0] += 1
            state.usersByAddress[key, default: 0] += 1
            ConnectionCounts.decrement(&state.beforeLogin, address)
            return nil
        }
    }

    /// A login that came to nothing: counted as a stranger again.
    func logout(_ user: String, from address: String) {
        state.withLock { state in
            state.beforeLogin[address, default: 0] += 1
            state.forget(user, address)
        }
    }

    /// - Parameter user: as `login` counted it; nil when it did not.
    func leave(_ address: String, user: String?) {
        state.withLock { state in
            state.total -= 1
            guard let user else {
                ConnectionCounts.decrement(&state.beforeLogin, address)
                return
            }
            state.forget(user, address)
        }
    }

    private static func decrement<Key>(_ counts: inout [Key: Int], _ key: Key) {
        guard let count = counts[key], count > 1 else {
            counts[key] = nil
            return
        }
        counts[key] = count - 1
    }
}
