import EventLog
import Glibc
import LMDB
import MailEvents
import MailModel
import Synchronization

/// Looks at the log's head now and then for what other processes have appended, and tells the
/// sessions of this one. Frees the reader slots of killed processes on the way (RELIABILITY §1.3).
final class NewsTicker: Sendable {
    private let thread: StoreThread
    private let isStopping: Box

    /// How long news of another process may stay unnoticed.
    static let tickMilliseconds: UInt32 = 200
    private static let ticksBetweenReaderChecks = 300

    private final class Box: Sendable {
        let value = Atomic<Bool>(false)
    }

    /// Two seconds: little against any limit, and long enough that looking costs nothing.
    private static let ticksBetweenGhostChecks = 10

    init(_ core: StoreCore, _ options: StoreOptions) throws(StoreError) {
        let stopping = Box()
        isStopping = stopping
        thread = try StoreThread {
            var ticks = 0
            while !stopping.value.load(ordering: .acquiring) {
                usleep(NewsTicker.tickMilliseconds * 1000)
                // A failed look costs nothing but time: the next one comes.
                try? core.announceNews()
                core.environment.followOthers()
                ticks += 1
                if ticks % NewsTicker.ticksBetweenGhostChecks == 0 {
                    try? core.evictLaggards(options.ghostLimits, now: options.nowNanoseconds())
                }
                if ticks % NewsTicker.ticksBetweenReaderChecks == 0 {
                    _ = try? core.environment.clearStaleReaders()
                }
            }
        }
    }

    func stop() {
        isStopping.value.store(true, ordering: .releasing)
        thread.join()
    }
}

extension StoreCore {
    /// Announces the mailboxes that other processes' events touched. Those of this process's own
    /// events between them are announced once more, which is harmless.
    func announceNews() throws(StoreError) {
        let start = news.take()
        do throws(StoreError) { try announceNews(after: start) } catch {
            news.giveBack(start)
            throw error
        }
    }

    private func announceNews(after start: LogPosition) throws(StoreError) {
        let reader = try beginRead()
        let head = reader.head
        guard head > start else { return }
        var mailboxes: Set<MailboxID> = []
        var notices: [ViewNotice] = []
        var position = start
        while position < head {
            let events = try places(after: position)
            guard let last = events.last else { break }
            for event in events {
                mailboxes.formUnion(event.mailboxes)
                if let notice = event.notice { notices.append(notice) }
            }
            position = last.position
        }
        var touched: [TouchedMailbox] = []
        for mailbox in mailboxes.sorted() {
            touched.append(
                TouchedMailbox(mailbox, try reader.mailboxRow(mailbox), hasNews: true, head: head))
        }
        hub.announce(touched, notices)
        news.told(upTo: head)
        do throws(EventLogError) { _ = try log.lookForNews() } catch { throw .log(error) }
    }

    /// Where events are and which mailboxes they touch.
    private struct RecordedEventPlace {
        let position: LogPosition
        private(set) var mailboxes: [MailboxID] = []
        let notice: ViewNotice?

        init(_ event: RecordedEvent) {
            position = event.position
            notice = ViewNotice(event)
            if let mailbox = event.mailbox { mailboxes.append(mailbox) }
            if case .messagesMoved(let moved) = event.event { mailboxes.append(moved.source) }
        }
    }

    private func places(after position: LogPosition) throws(StoreError) -> [RecordedEventPlace] {
        let events = try logging { () throws(EventLogError) in
            try log.entries(after: position, limit: 256)
        }
        return events.map(RecordedEventPlace.init)
    }
}
