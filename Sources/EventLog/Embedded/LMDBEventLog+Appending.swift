import LMDB
import MailEvents
import MailModel
import Synchronization

extension LMDBEventLog {
    package func acquire(owner: String) throws(EventLogError) -> Epoch {
        let transaction = try storing { () throws(LMDBError) in try environment.beginWrite() }
        let epoch = try meta.epoch(in: transaction).next
        try meta.set(.epoch, epoch.rawValue, in: transaction)
        try meta.set(.owner, owner, in: transaction)
        // From here on programs that do not know this format must keep off.
        if try meta.format(in: transaction) != MetaTable.formatVersion {
            try meta.set(.format, MetaTable.formatVersion, in: transaction)
        }
        do throws(LMDBError) { try transaction.commit() } catch { throw .storage(error) }
        return epoch
    }

    package func append(
        _ drafts: [EventDraft], epoch: Epoch, after: LogPosition
    ) throws(EventLogError) -> AppendOutcome {
        let transaction = try storing { () throws(LMDBError) in try environment.beginWrite() }
        let current = try meta.epoch(in: transaction)
        guard epoch == current else { return .fenced(current) }
        var appender = LogAppender(head: try head(in: transaction), table: table)
        guard after == appender.head.position else { return .conflict(appender.head) }
        let now = clock()
        for draft in drafts {
            _ = try appender.append(draft, nowNanoseconds: now, in: transaction)
        }
        do throws(LMDBError) { try transaction.commit() } catch { throw .storage(error) }
        didCommit(appender.head)
        return .committed(appender.head)
    }

    package func seal(through: LogPosition) throws(EventLogError) {
        let transaction = try storing { () throws(LMDBError) in try environment.beginWrite() }
        guard try through <= head(in: transaction).position else { throw .beyondHead(through) }
        guard try through > meta.sealed(in: transaction) else { return }
        try meta.set(.sealed, through.rawValue, in: transaction)
        do throws(LMDBError) { try transaction.commit() } catch { throw .storage(error) }
    }
}

// MARK: - In the caller's own transaction

extension LMDBEventLog {
    /// Begins appending within a write transaction, under an epoch.
    ///
    /// - Throws: `fenced` when somebody acquired the log since.
    package func appender(
        epoch: Epoch, in transaction: borrowing WriteTransaction
    ) throws(EventLogError) -> LogAppender {
        let current = try meta.epoch(in: transaction)
        guard epoch == current else { throw .fenced(current) }
        return LogAppender(head: try head(in: transaction), table: table)
    }

    /// The epoch of whoever acquired the log last: under it a tool beside a server appends.
    package func currentEpoch(
        in transaction: borrowing some Readable & ~Copyable
    ) throws(EventLogError) -> Epoch {
        try meta.epoch(in: transaction)
    }

    /// To be called once an appender's transaction has committed: wakes whoever waits for news.
    package func didCommit(_ head: LogHead) {
        remember(head)
        signal.announce(head.position)
    }

    func remember(_ head: LogHead) {
        lastSeen.withLock { lastSeen in
            if head.position > lastSeen.position { lastSeen = head }
        }
    }
}
