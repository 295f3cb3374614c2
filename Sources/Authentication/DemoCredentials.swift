/// Lets any account name in with one password, for tests and benchmarks on loopback.
///
/// Costs no hashing, so it says nothing about the speed of real logins.
package struct DemoCredentials: Authenticator {
    private let password: [UInt8]

    package init(password: String) { self.password = Array(password.utf8) }

    package func verify(_ attempt: LoginAttempt) -> LoginResult {
        guard equalInConstantTime(attempt.password, password) else { return .rejected }
        guard let name = try? AccountName(attempt.name) else { return .rejected }
        return .accepted(name)
    }
}

/// Compares without telling by its duration where two secrets first differ; lengths may show.
func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(left, right) { difference |= one ^ other }
    return difference == 0
}
