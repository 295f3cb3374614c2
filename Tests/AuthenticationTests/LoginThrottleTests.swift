import Authentication
import Testing

@Suite("Waiting after failed logins")
struct LoginThrottleTests {
    private let start = ContinuousClock.now
    private let key = LoginThrottle.Key(address: "192.0.2.1", name: "ada")

    @Test func delaysDoubleAndEndAtFifteenSeconds() {
        var throttle = LoginThrottle()
        #expect(throttle.delay(for: key, at: start) == .zero)
        for seconds in [1, 2, 4, 8, 15, 15, 15] {
            throttle.recordFailure(of: key, at: start)
            #expect(throttle.delay(for: key, at: start) == .seconds(seconds))
        }
    }

    @Test func timePassedIsNotWaitedAgain() {
        var throttle = LoginThrottle()
        throttle.recordFailure(of: key, at: start)
        throttle.recordFailure(of: key, at: start)
        let later = start.advanced(by: .milliseconds(1500))
        #expect(throttle.delay(for: key, at: later) == .milliseconds(500))
        #expect(throttle.delay(for: key, at: start.advanced(by: .seconds(3))) == .zero)
    }

    @Test func aSuccessForgivesAndSoDoesAQuarterOfAnHour() {
        var throttle = LoginThrottle()
        throttle.recordFailure(of: key, at: start)
        throttle.recordSuccess(of: key)
        #expect(throttle.delay(for: key, at: start) == .zero)
        for _ in 0..<5 { throttle.recordFailure(of: key, at: start) }
        let later = start.advanced(by: LoginThrottle.forgottenAfter)
        throttle.recordFailure(of: key, at: later)
        #expect(throttle.delay(for: key, at: later) == .seconds(1))
    }

    @Test func anotherAddressOrNameIsNotHeldBack() {
        var throttle = LoginThrottle()
        throttle.recordFailure(of: key, at: start)
        let elsewhere = LoginThrottle.Key(address: "192.0.2.2", name: "ada")
        let other = LoginThrottle.Key(address: "192.0.2.1", name: "bob")
        #expect(throttle.delay(for: elsewhere, at: start) == .zero)
        #expect(throttle.delay(for: other, at: start) == .zero)
    }

    @Test func memoryIsBoundedAndTheLatestFailuresAreKept() {
        var throttle = LoginThrottle(maximumKeys: 100)
        for number in 0..<1000 {
            let key = LoginThrottle.Key(address: "192.0.2.1", name: "\(number)")
            throttle.recordFailure(of: key, at: start.advanced(by: .milliseconds(number)))
            #expect(throttle.count <= 100)
        }
        let last = LoginThrottle.Key(address: "192.0.2.1", name: "999")
        #expect(throttle.delay(for: last, at: start.advanced(by: .seconds(1))) > .zero)
    }
}
