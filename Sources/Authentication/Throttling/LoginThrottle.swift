/// How long a login must wait after earlier ones from the same address for the same name failed.
///
/// 1, 2, 4, 8, then 15 seconds after each failure (S9); nothing after a success, and failures are
/// forgotten after a quarter of an hour. Keyed by both, so that guessing from elsewhere does not lock
/// the owner out. A value without a clock: the time is an argument, and waiting is the caller's.
package struct LoginThrottle: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package struct Key: Hashable, Sendable {
        package let address: String
        package let name: String

        package init(address: String, name: String) {
            self.address = address
            self.name = name
        }
    }

    /// The wait after the first, second … failure in a row; the last holds for all that follow.
    package static let delays: [Duration] = [
        .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(15),
    ]
    package static let forgottenAfter = Duration.seconds(15 * 60)

    private struct Failures {
        var count: Int
        var last: Instant
    }

    private var failures: [Key: Failures] = [:]
    private let maximumKeys: Int

    /// - Parameter maximumKeys: beyond it the keys that failed longest ago are forgotten first.
    package init(maximumKeys: Int = 16_384) { self.maximumKeys = max(1, maximumKeys) }

    /// How long to wait from `now` before verifying; zero when there is no reason to.
    package func delay(for key: Key, at now: Instant) -> Duration {
        guard let past = failures[key], past.last.duration(to: now) < Self.forgottenAfter else {
            return .zero
        }
        let due = past.last.advanced(by: Self.delay(afterFailures: past.count))
        return max(.zero, now.duration(to: due))
    }

    package mutating func recordFailure(of key: Key, at now: Instant) {
        if let past = failures[key], past.last.duration(to: now) < Self.forgottenAfter {
            failures[key] = Failures(count: min(past.count + 1, Self.delays.count), last: now)
        } else {
            if failures[key] == nil, failures.count >= maximumKeys { makeRoom(at: now) }
            failures[key] = Failures(count: 1, last: now)
        }
    }

    package mutating func recordSuccess(of key: Key) { failures[key] = nil }

    /// How many keys are remembered.
    package var count: Int { failures.count }

    private static func delay(afterFailures count: Int) -> Duration {
        count < 1 ? .zero : delays[min(count, delays.count) - 1]
    }

    /// Drops what is forgotten, and if that is not enough the older half: one sort in many logins.
    private mutating func makeRoom(at now: Instant) {
        failures = failures.filter { $0.value.last.duration(to: now) < Self.forgottenAfter }
        guard failures.count >= maximumKeys else { return }
        let oldestFirst = failures.sorted { $0.value.last < $1.value.last }
        for (key, _) in oldestFirst.prefix(maximumKeys / 2 + 1) { failures[key] = nil }
    }
}
