import MailModel
import Synchronization

/// Who has which mailbox open in this process, and who waits for news of one.
///
/// Nothing here is truth: a room is a cache of a fold, and is gone with its last view; of a large
/// mailbox the roster is kept for the next one.
package final class MailboxHub: Sendable {
    private struct Entry {
        let room: Room
        var views: [UInt64: ViewRegistration] = [:]
    }

    private struct State {
        var entries: [MailboxID: Entry] = [:]
        var nextNumber: UInt64 = 1
        /// Claims of `\Recent` that outlived their room before the log was known to have them.
        var unloggedClaims: [MailboxID: UInt64] = [:]
        var spares = SpareRosters()
        var oldNames = OldNames()
        /// Tells sessions that they must leave.
        var evict: (@Sendable (Eviction, Set<UInt64>) -> Void)?

        mutating func room(of mailbox: MailboxID) -> Room {
            Room(
                roster: spares.take(mailbox) ?? Roster(of: mailbox),
                recentFrom: unloggedClaims.removeValue(forKey: mailbox) ?? 1)
        }
    }

    /// Guards who is registered; cursors are atomics of the registrations.
    private let state = Mutex(State())
    private let watchers = NewsWatchers()
    private let reclaimer: Reclaimer

    /// - Parameter leastGhosts: `Reclaimer.leastGhosts`.
    package init(leastGhosts: UInt32 = Reclaimer.leastGhosts) {
        reclaimer = Reclaimer(leastGhosts: leastGhosts)
    }

    /// Announces a view. Take the snapshot to open it on *after* this.
    package func register(
        _ mailbox: MailboxID, owner: SessionIdentity, readOnly: Bool
    ) -> ViewRegistration {
        state.withLock { state in
            var entry = state.entries[mailbox] ?? Entry(room: state.room(of: mailbox))
            let registration = ViewRegistration(
                number: state.nextNumber, owner: owner, mailbox: mailbox, readOnly: readOnly,
                room: entry.room, hub: self)
            entry.views[state.nextNumber] = registration
            state.nextNumber += 1
            state.entries[mailbox] = entry
            return registration
        }
    }

    func unregister(_ registration: ViewRegistration) {
        let mailbox = registration.mailbox
        state.withLock { state in
            state.entries[mailbox]?.views[registration.number] = nil
            if !state.oldNames.isEmpty {
                let oldest = state.entries[mailbox]?.views.values.lazy.map(\.openedAt).min()
                state.oldNames.forget(mailbox, olderThan: oldest)
            }
            guard state.entries[mailbox]?.views.isEmpty == true else { return }
            state.entries[mailbox] = nil
            state.spares.keep(registration.room.roster, of: mailbox)
            state.unloggedClaims[mailbox] = registration.room.recent.unlogged
        }
        horizonMayHaveMoved(mailbox)
    }
}

/// Questions: for policies, for reclaiming, for `who`.
extension MailboxHub {
    /// The least `expunged` cursor of the open views; nil when nobody has the mailbox open.
    package func horizon(of mailbox: MailboxID) -> LogPosition? {
        state.withLock { state in
            state.entries[mailbox]?.views.values.lazy.map(\.expungedCursor).min()
        }
    }

    /// Whether a session other than this one has the mailbox open: RFC 2180 §3, §4.1.4.
    package func isOpen(_ mailbox: MailboxID, besides session: SessionIdentity?) -> Bool {
        state.withLock { state in
            state.entries[mailbox]?.views.values.contains { $0.owner.id != session?.id } ?? false
        }
    }

    /// How many sessions have the mailbox open, one of them perhaps left out.
    package func viewerCount(of mailbox: MailboxID, besides session: SessionIdentity?) -> Int {
        state.withLock { state in
            state.entries[mailbox]?.views.values.count { $0.owner.id != session?.id } ?? 0
        }
    }

    /// Who has the mailbox open, in the order in which they came.
    package func viewers(of mailbox: MailboxID) -> [ViewerSnapshot] {
        let views = state.withLock { Array($0.entries[mailbox]?.views ?? [:]) }
        return views.sorted { $0.key < $1.key }.map(\.value.snapshot)
    }

    /// Every open view, in the order in which they came.
    package var allViewers: [ViewerSnapshot] {
        let views = state.withLock { $0.entries.values.flatMap { Array($0.views) } }
        return views.sorted { $0.key < $1.key }.map(\.value.snapshot)
    }

    /// How many mailboxes have a room: for metrics and tests.
    package var roomCount: Int { state.withLock { $0.entries.count } }

    /// Of how many mailboxes that nobody has open the roster is kept: for metrics and tests.
    package var spareRosterCount: Int { state.withLock { $0.spares.count } }
}

/// Sessions that must leave, and names that are no more.
extension MailboxHub {
    /// - Parameter evict: ends these sessions, by their identities, if they still have the mailbox open
    ///   by a view from before the eviction's position; must not block. From here on they count as
    ///   gone: nobody waits for a name that they held.
    package func whenEvicted(_ evict: @escaping @Sendable (Eviction, Set<UInt64>) -> Void) {
        state.withLock { $0.evict = evict }
    }

    /// The mailbox that some session has open by this name, which it has no longer: RFC 2180 §3.4.
    package func mailbox(
        formerlyNamed name: MailboxName, in account: AccountID
    ) -> MailboxID? {
        state.withLock { $0.oldNames.isEmpty ? nil : $0.oldNames.mailbox(name, in: account) }
    }

    private func take(_ notice: ViewNotice) {
        switch notice {
        case .eviction(let eviction): evict(eviction) { $0.owner.id != eviction.requester }
        case .renamed(let renamed):
            state.withLock { state in
                let views = state.entries[renamed.mailbox]?.views.values
                guard views?.contains(where: { $0.openedAt < renamed.position }) == true else {
                    return
                }
                state.oldNames.note(renamed)
            }
        }
    }

    /// Closes those of the views concerned that satisfy `condition`, and tells their sessions.
    func evict(_ eviction: Eviction, where condition: (ViewRegistration) -> Bool) {
        let (leaving, evict) = state.withLock { state in
            let views = state.entries[eviction.mailbox]?.views.values
            let leaving = views?.filter { $0.openedAt < eviction.position && condition($0) }
            return (leaving ?? [], state.evict)
        }
        guard !leaving.isEmpty else { return }
        for view in leaving { view.close() }
        evict?(eviction, Set(leaving.map(\.owner.id)))
    }
}

/// News.
extension MailboxHub {
    /// Calls back on `lane` after commits that touched the mailbox, until `unwatch`.
    ///
    /// While a call is on its way no second one is made: look at the head when called. A call that
    /// is under way when `unwatch` is called on the lane's own thread does not arrive.
    package func watch(
        _ mailbox: MailboxID, on lane: any ReplyLane, _ callback: @escaping @Sendable () -> Void
    ) -> WatchToken {
        watchers.add(mailbox, lane, callback)
    }

    package func unwatch(_ token: WatchToken) { watchers.remove(token) }

    /// Tells what a commit touched, or what the tick found that another process committed.
    ///
    /// The writer calls it after the commit and before it hands over the replies: what may be
    /// reclaimed is then in its queue before a client can ask for the name again.
    package func announce(_ touched: [TouchedMailbox], _ notices: [ViewNotice] = []) {
        for notice in notices { take(notice) }
        for mailbox in touched { note(mailbox) }
        watchers.announce(touched)
    }

    private func note(_ touched: TouchedMailbox) {
        state.withLock { state in
            state.spares.note(touched.mailbox)
            if let recentFrom = touched.recentFrom {
                state.entries[touched.mailbox]?.room.recent.note(recentFrom: recentFrom)
                if let claim = state.unloggedClaims[touched.mailbox], claim <= recentFrom {
                    state.unloggedClaims[touched.mailbox] = nil
                }
            }
        }
        reclaimer.note(touched.mailbox, touched.ghosts)
        horizonMayHaveMoved(touched.mailbox)
    }
}

/// Reclaiming.
extension MailboxHub {
    /// Begins to ask for ghosts to be reclaimed. Only the process that has all the views may: a tool
    /// beside a server never calls this.
    ///
    /// - Parameter submit: puts the change into the writer's queue, without blocking and without
    ///   calling back; when its outcome is known call `reclaimFinished`.
    package func startReclaiming(_ submit: @escaping @Sendable (ReclaimRequest) -> Void) {
        for mailbox in reclaimer.start(submit) { horizonMayHaveMoved(mailbox) }
    }

    package func reclaimFinished(_ request: ReclaimRequest) {
        reclaimer.finished(request, isGranted: true)
        horizonMayHaveMoved(request.mailbox)
    }

    /// Somebody was about to open the deleted mailbox. Asks again, if that came to nothing meanwhile.
    package func reclaimPostponed(_ request: ReclaimRequest) {
        reclaimer.finished(request, isGranted: false)
        horizonMayHaveMoved(request.mailbox)
    }

    /// The writer could not do it: asked for again when a view or a commit next touches the mailbox,
    /// and not at once, for it would fail again.
    package func reclaimFailed(_ request: ReclaimRequest) {
        reclaimer.finished(request, isGranted: false)
    }

    /// The open views of mailboxes in which there is something to reclaim.
    func viewsOfMailboxesWithGhosts() -> [MailboxID: [ViewRegistration]] {
        guard reclaimer.hasGhosts else { return [:] }
        let mailboxes = reclaimer.mailboxes
        return state.withLock { state in
            var views: [MailboxID: [ViewRegistration]] = [:]
            for mailbox in mailboxes {
                views[mailbox] = state.entries[mailbox].map { Array($0.views.values) }
            }
            return views
        }
    }

    func viewOpened(_ mailbox: MailboxID, _ ghosts: GhostFacts) {
        reclaimer.note(mailbox, ghosts)
        horizonMayHaveMoved(mailbox)
    }

    func horizonMayHaveMoved(_ mailbox: MailboxID) {
        guard reclaimer.hasGhosts else { return }
        reclaimer.consider(mailbox) { self.horizon(of: mailbox) }
    }
}
