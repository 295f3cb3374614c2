import IMAPCodec
import IMAPSession
import NIOCore

/// Timeouts: S8, S20, S21. Judged by one sweep of the loop.
extension IMAPConnection {
    func checkTime(_ now: NIODeadline) {
        guard phase != .closed else { return }
        let timeouts = services.configuration.timeouts
        if isOutputStuck(now, timeouts.outputProgress) { return cut() }
        switch phase {
        case .lingering(let since):
            if now - since > TimeAmount(timeouts.linger), clock.outputStuckSince == nil { cut() }
        case .open: checkPatience(now, timeouts)
        case .closed: break
        }
    }

    private func isOutputStuck(_ now: NIODeadline, _ limit: Duration) -> Bool {
        guard clock.outputStuckSince != nil, let context else { return false }
        let pending =
            (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        clock.outputIs(pending: pending, at: now)
        guard let since = clock.outputStuckSince else { return false }
        return now - since > TimeAmount(limit)
    }

    private func checkPatience(_ now: NIODeadline, _ timeouts: Timeouts) {
        if session.state.kind == .notAuthenticated {
            if now - clock.connected > TimeAmount(timeouts.login) { receive(.idleTimedOut) }
            return
        }
        guard session.wantsClientEvents, isHungry else { return }
        if isWithinCommand {
            if now - clock.command > TimeAmount(timeouts.commandProgress) {
                receive(.idleTimedOut)
            }
        } else if now - clock.input > TimeAmount(timeouts.idle) {
            receive(.idleTimedOut)
        } else if session.isIdling, now - clock.written > TimeAmount(timeouts.stillHere) {
            sayStillHere()
        }
    }

    private func sayStillHere() {
        guard context?.channel.isWritable == true else { return }
        out.writeUntagged(.ok, "Still here")
        flush()
    }
}
