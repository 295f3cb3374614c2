import IMAPCodec
import MailModel
import MailboxStore

/// STATUS: RFC 9051 §6.3.11, RFC 8438, RFC 7162 §3.1.7, RFC 8474 §4.3, RFC 7889 §3.
extension Session {
    mutating func status(_ command: StatusCommand, out: inout ResponseWriter) -> Completion {
        guard let user = state.user else { return .bad("Log in first") }
        switch command.mailbox {
        case .invalid(let reason): return .no(reason, code: .cannot)
        case .valid(let name):
            if command.items.contains(.highestModSeq) { enableCondStore(out: &out) }
            do throws(StoreError) {
                return try context.store.read { reader throws(StoreError) in
                    guard let id = try reader.mailbox(named: name, in: user.account),
                        let row = try reader.mailboxRow(id)
                    else { return answer(to: .noSuchMailbox(name.string)) }
                    out.writeStatus(
                        name, try statusValues(of: id, row, command.items, on: reader))
                    return .ok("STATUS completed")
                }
            } catch {
                return Completion(error)
            }
        }
    }

    /// The values of STATUS and of LIST RETURN (STATUS (…)), in the order asked for.
    func statusValues(
        of id: MailboxID, _ row: MailboxRow, _ items: [StatusItem],
        on reader: borrowing StoreReader
    ) throws(StoreError) -> [StatusValue] {
        var values: [StatusValue] = []
        for item in items {
            switch item {
            case .messages: values.append(.messages(row.exists))
            case .recent: values.append(.recent(try recent(in: id, row, on: reader)))
            case .uidNext: values.append(.uidNext(UInt32(clamping: row.uidNext)))
            case .uidValidity: values.append(.uidValidity(row.uidValidity))
            case .unseen: values.append(.unseen(row.unseen))
            case .deleted: values.append(.deleted(row.deleted))
            case .size: values.append(.size(row.sizeBytes))
            case .highestModSeq: values.append(.highestModSeq(row.highestModSeq))
            case .mailboxID: values.append(.mailboxID(id))
            case .appendLimit: values.append(.appendLimit(context.limits.appendBytes))
            }
        }
        return values
    }

    /// Messages that no session has been told of as `\Recent`; in the selected mailbox, those that
    /// this one was told of.
    private func recent(
        in id: MailboxID, _ row: MailboxRow, on reader: borrowing StoreReader
    ) throws(StoreError) -> UInt32 {
        if let selected = state.selected, selected.view.mailbox == id {
            return UInt32(clamping: selected.view.recentCount)
        }
        guard row.recentFrom < row.uidNext, let first = UInt32(exactly: row.recentFrom) else {
            return 0
        }
        var count: UInt32 = 0
        try reader.scanMessages(id, in: first...UInt32.max) { _, _ in
            count += 1
            return true
        }
        return count
    }
}
