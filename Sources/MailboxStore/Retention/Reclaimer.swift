import MailModel
import Synchronization

/// Asks for ghosts to be reclaimed as soon as nobody can see them: the trigger of `ReclaimRule`.
///
/// It is told of facts (a view opened, a commit) and of moments at which the horizon may have moved
/// (a view advanced or closed). At most one request for a mailbox is under way; only the removal of
/// a whole mailbox does not wait, because its name is waited for.
final class Reclaimer: Sendable {
    /// 64: an event and its commit are then a small part of what the expunges themselves cost.
    static let leastGhosts: UInt32 = 64

    private struct Waiting {
        var facts: GhostFacts
        var progress: ReclaimProgress

        init(facts: GhostFacts) {
            self.facts = facts
            progress = ReclaimProgress(worthwhile: facts.lastExpunge)
        }
    }

    private struct State {
        var waiting: [MailboxID: Waiting] = [:]
        var submit: (@Sendable (ReclaimRequest) -> Void)?
    }

    private let rule: ReclaimRule
    /// Held while a request is submitted, so that whoever finds it asked for finds it queued.
    private let state = Mutex(State())
    private let mailboxesWithGhosts = Atomic<Int>(0)

    init(leastGhosts: UInt32) { rule = ReclaimRule(leastGhosts: leastGhosts) }

    /// Without a lock: false nearly always, and then there is nothing to consider.
    var hasGhosts: Bool { mailboxesWithGhosts.load(ordering: .acquiring) > 0 }

    /// Those that have something to reclaim.
    var mailboxes: [MailboxID] { state.withLock { Array($0.waiting.keys) } }

    /// - Returns: mailboxes to consider now.
    func start(_ submit: @escaping @Sendable (ReclaimRequest) -> Void) -> [MailboxID] {
        state.withLock { state in
            state.submit = submit
            return Array(state.waiting.keys)
        }
    }

    /// Takes over what a mailbox row says, unless something newer is known.
    func note(_ mailbox: MailboxID, _ facts: GhostFacts) {
        guard hasGhosts || !facts.isEmpty else { return }
        state.withLock { state in
            if let known = state.waiting[mailbox]?.facts, known.asOf > facts.asOf { return }
            if facts.isEmpty {
                state.waiting[mailbox] = nil
            } else {
                state.waiting[mailbox, default: Waiting(facts: facts)].facts = facts
            }
            count(state)
        }
    }

    /// Submits what may go now.
    ///
    /// - Parameter horizon: called under the lock, when there is something to decide.
    func consider(_ mailbox: MailboxID, horizon: () -> LogPosition?) {
        state.withLock { state in
            guard let submit = state.submit, var waiting = state.waiting[mailbox],
                let request = rule.request(
                    mailbox, waiting.facts, horizon: horizon(), waiting.progress)
            else { return }
            waiting.progress = ReclaimProgress(
                through: request.through, whole: request.whole, isPending: true,
                worthwhile: waiting.facts.lastExpunge)
            state.waiting[mailbox] = waiting
            submit(request)
        }
    }

    /// The writer has decided a request.
    ///
    /// - Parameter isGranted: false when it could not be done: somebody was about to open the
    ///   mailbox, or there was no room for the event. What there is to reclaim is kept in mind, to be
    ///   asked for at the next occasion.
    func finished(_ request: ReclaimRequest, isGranted: Bool) {
        state.withLock { state in
            guard var waiting = state.waiting[request.mailbox] else { return }
            guard isGranted else {
                if request.whole || !waiting.progress.whole {
                    waiting.progress = ReclaimProgress(worthwhile: waiting.facts.lastExpunge)
                }
                state.waiting[request.mailbox] = waiting
                return
            }
            if request.whole || !waiting.progress.whole { waiting.progress.isPending = false }
            let isDone =
                request.whole
                || (waiting.facts.deletedAt == nil && request.through >= waiting.facts.lastExpunge)
            state.waiting[request.mailbox] = isDone ? nil : waiting
            count(state)
        }
    }

    private func count(_ state: borrowing State) {
        mailboxesWithGhosts.store(state.waiting.count, ordering: .releasing)
    }
}
