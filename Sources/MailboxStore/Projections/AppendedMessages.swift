import LMDB
import MailEvents
import MailModel

extension StoreState {
    borrowing func apply(
        _ event: MessagesAppended, _ recorded: RecordedEvent, _ bodies: some BodyFacts
    ) throws(StoreError) {
        guard try mailboxRow(event.mailbox) != nil else { return }
        var delta = MailboxDelta()
        for (index, message) in event.messages.enumerated() {
            let email = EmailID(position: recorded.position, index: UInt32(clamping: index))
            let location = try noteUse(of: message.digest, bodies)
            let summary = try bodies.summary(of: message.digest, at: location)
            try putLast(
                EmailKey.summary(email),
                NewSummary(digest: message.digest, stored: summary))
            let row = MessageRow(
                modSeq: recorded.position, emailID: email, sizeBytes: message.sizeBytes,
                internalDate: message.internalDate, savedSeconds: recorded.timeSeconds,
                flags: message.flags.system,
                keywords: try bits(of: message.flags.keywords, in: event.mailbox))
            try enter(row, event.mailbox, message.uid.rawValue)
            delta.appended.insertLast(message.uid.rawValue...message.uid.rawValue)
        }
        try record(delta, of: event.mailbox, at: recorded.position)
    }

    /// Puts a live row and counts it.
    borrowing func enter(
        _ row: MessageRow, _ mailbox: MailboxID, _ uid: UInt32
    ) throws(StoreError) {
        try putLast(MessageKey.live(mailbox, uid), row)
        try update(mailbox) { $0.count(row.flags, row.sizeBytes, enteringAs: uid) }
    }

    /// Counts one more append that names a body, and remembers where the first one put it.
    private borrowing func noteUse(
        of digest: BodyDigest, _ bodies: some BodyFacts
    ) throws(StoreError) -> BodyLocation {
        let location = bodies.newLocation(of: digest)
        if let location, try putFirst(BodyRow(location: location, uses: 1), digest) {
            return location
        }
        let known = try storing { () throws(LMDBError) in
            try transaction.get(tables.bodies, BodyKey(digest))
        }
        guard let known else { throw .body("the log names body \(digest), which no segment holds") }
        var body = try decoded(BodyRow(known), "body \(digest)")
        body.uses = body.uses == .max ? .max : body.uses + 1
        try storing { () throws(LMDBError) in
            body.fill(
                try transaction.reserve(
                    tables.bodies, BodyKey(digest), sizeBytes: body.rowBytes))
        }
        return body.location
    }

    /// - Returns: false, and puts nothing, when the body has a row.
    private borrowing func putFirst(
        _ body: BodyRow, _ digest: BodyDigest
    ) throws(StoreError) -> Bool {
        try withUnsafeTemporaryAllocation(
            byteCount: body.rowBytes, alignment: 8
        ) { buffer throws(StoreError) in
            body.fill(buffer)
            do throws(LMDBError) {
                return try transaction.insert(
                    tables.bodies, BodyKey(digest), UnsafeRawBufferPointer(buffer))
            } catch {
                throw .storage(error)
            }
        }
    }
}

extension MailboxRow {
    /// Counts a message that enters the mailbox.
    mutating func count(_ flags: SystemFlags, _ size: UInt64, enteringAs uid: UInt32) {
        exists &+= 1
        sizeBytes &+= size
        if !flags.contains(.seen) { unseen &+= 1 }
        if flags.contains(.deleted) { deleted &+= 1 }
        uidNext = max(uidNext, UInt64(uid) + 1)
    }

    /// Counts a message that leaves the mailbox.
    mutating func uncount(_ flags: SystemFlags, _ size: UInt64) {
        exists = exists == 0 ? 0 : exists - 1
        sizeBytes = sizeBytes < size ? 0 : sizeBytes - size
        if !flags.contains(.seen), unseen > 0 { unseen -= 1 }
        if flags.contains(.deleted), deleted > 0 { deleted -= 1 }
    }

    /// Counts a change of flags.
    mutating func recount(_ old: SystemFlags, _ new: SystemFlags) {
        if old.contains(.seen), !new.contains(.seen) { unseen &+= 1 }
        if !old.contains(.seen), new.contains(.seen), unseen > 0 { unseen -= 1 }
        if !old.contains(.deleted), new.contains(.deleted) { deleted &+= 1 }
        if old.contains(.deleted), !new.contains(.deleted), deleted > 0 { deleted -= 1 }
    }
}
