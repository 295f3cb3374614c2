import MailModel
import MailboxStore

/// Checks what must hold among the projections' rows, mailbox by mailbox (DESIGN §12.4).
package struct InvariantCheck {
    package static func run(
        _ store: MailboxStore, into report: inout AuditReport
    ) throws(StoreError) {
        let mailboxes = try store.read { reader throws(StoreError) in
            try reader.allMailboxes()
        }
        for mailbox in mailboxes {
            let defects = try store.read { reader throws(StoreError) in
                try check(mailbox, on: reader, &report)
            }
            report.mailboxesChecked += 1
            report.defects += defects.prefix(AuditReport.defectLimit)
        }
    }

    private static func check(
        _ mailbox: MailboxID, on reader: borrowing StoreReader, _ report: inout AuditReport
    ) throws(StoreError) -> [String] {
        // Another process may have reclaimed it since the list was made.
        guard let row = try reader.mailboxRow(mailbox) else { return [] }
        var count = MessageCount()
        try reader.scanMessages(mailbox, in: 1...UInt32.max) { uid, message in
            count.add(uid, message)
            return true
        }
        var ghosts: UInt32 = 0
        try reader.scanGhosts(mailbox, in: 1...UInt32.max) { uid, _, message in
            ghosts += 1
            count.note(uid, message.modSeq)
            return true
        }
        report.messagesChecked += Int(count.exists)
        var defects = count.defects(against: row)
        if ghosts != row.ghosts { defects.append("ghosts: \(row.ghosts), counted \(ghosts)") }
        if row.highestModSeq > reader.head { defects.append("HIGHESTMODSEQ is beyond the log") }
        if let named = try reader.name(row.name, in: row.account) {
            if row.deletedAt == nil, named.mailbox != mailbox {
                defects.append("its name belongs to mailbox \(named.mailbox)")
            }
        } else if row.deletedAt == nil {
            defects.append("it has no name")
        }
        return defects.map { "mailbox \(mailbox) (\(row.name)): \($0)" }
    }
}

/// The counters of one mailbox, counted.
private struct MessageCount {
    var exists: UInt32 = 0
    var unseen: UInt32 = 0
    var deleted: UInt32 = 0
    var sizeBytes: UInt64 = 0
    var largestUID: UInt32 = 0
    var largestModSeq = ModSeq.start

    mutating func add(_ uid: UInt32, _ message: MessageRowView) {
        exists &+= 1
        sizeBytes &+= message.sizeBytes
        if !message.flags.contains(.seen) { unseen &+= 1 }
        if message.flags.contains(.deleted) { deleted &+= 1 }
        note(uid, message.modSeq)
    }

    mutating func note(_ uid: UInt32, _ modSeq: ModSeq) {
        largestUID = max(largestUID, uid)
        largestModSeq = max(largestModSeq, modSeq)
    }

    func defects(against row: MailboxRow) -> [String] {
        var defects: [String] = []
        func compare(_ what: String, _ stored: UInt64, _ counted: UInt64) {
            if stored != counted { defects.append("\(what): \(stored), counted \(counted)") }
        }
        compare("messages", UInt64(row.exists), UInt64(exists))
        compare("unseen", UInt64(row.unseen), UInt64(unseen))
        compare("deleted", UInt64(row.deleted), UInt64(deleted))
        compare("size in bytes", row.sizeBytes, sizeBytes)
        if UInt64(largestUID) >= row.uidNext {
            defects.append("UIDNEXT \(row.uidNext) is not above UID \(largestUID)")
        }
        if largestModSeq > row.highestModSeq {
            defects.append(
                "HIGHESTMODSEQ \(row.highestModSeq) is below a message's \(largestModSeq)")
        }
        return defects
    }
}
