import MailModel
import MailboxStore

/// How lines end in what is written.
enum LineEnds: String, CaseIterable {
    case lf, crlf
}

/// A message as it is exported.
struct ExportedMessage {
    let uid: UInt32
    let flags: FlagSet
    let internalDate: InternalDate
    /// nil when the store does not know its bytes any more.
    let location: BodyLocation?
}

/// Gives the messages of a mailbox, and their bytes line by line.
final class ExportSource {
    private let store: MailboxStore
    private let lineEnds: LineEnds
    private var progress = ProgressLine()
    private(set) var exported = 0
    private(set) var problems = 0

    /// Messages looked up in one transaction.
    private static let chunk = 1024

    init(_ store: MailboxStore, lineEnds: LineEnds) {
        self.store = store
        self.lineEnds = lineEnds
    }

    /// Walks the messages by ascending UID; one whose bytes cannot be read is named and left out.
    func forEach(
        of mailbox: MailboxID, _ body: (ExportedMessage, BodyLocation) throws -> Void
    ) throws {
        var next: UInt32? = 1
        while let first = next {
            let chunk = try store.read { reader throws(StoreError) in
                try ExportSource.messages(of: mailbox, from: first, on: reader)
            }
            next = chunk.next
            for message in chunk.messages {
                do {
                    guard let location = message.location else {
                        throw StoreError.body("its bytes have no place in the store")
                    }
                    try body(message, location)
                    exported += 1
                } catch let error as StoreError {
                    progress.clear()
                    problems += 1
                    Terminal.complain("\(mailbox) UID \(message.uid): \(error)")
                }
                progress.show("\(exported) messages")
            }
        }
        progress.clear()
    }

    func keywordTable(_ mailbox: MailboxID) throws(StoreError) -> KeywordTable {
        try store.read { reader throws(StoreError) in try reader.keywordTable(mailbox) }
    }

    /// Shows a body piece by piece, line ends as they are to be written.
    func forEachPiece(
        of location: BodyLocation, _ body: (LineReader.Piece, _ endsAsLF: Bool) throws -> Void
    ) throws {
        let asLF = try lineEnds == .lf && !losesWithLF(location)
        let lines = lines(of: location)
        while try lines.next({ try body($0, asLF) }) != nil {}
    }

    /// Whether a message has a CR before a CRLF: as LF it would come back without that CR.
    private func losesWithLF(_ location: BodyLocation) throws -> Bool {
        let lines = lines(of: location)
        var last: (UInt8, UInt8) = (0, 0)
        while let found = try lines.next({ piece in
            for byte in piece.bytes.suffix(3) {
                if byte == 0x0A, last == (0x0D, 0x0D) { return true }
                last = (last.1, byte)
            }
            return false
        }) {
            if found { return true }
        }
        return false
    }

    private func lines(of location: BodyLocation) -> LineReader {
        var done: UInt64 = 0
        let bodies = store.bodies
        return LineReader { buffer in
            let count = Int(min(UInt64(buffer.count), location.sizeBytes - done))
            guard count > 0 else { return 0 }
            try bodies.read(
                location, from: done,
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
            done += UInt64(count)
            return count
        }
    }

    private static func messages(
        of mailbox: MailboxID, from first: UInt32, on reader: borrowing StoreReader
    ) throws(StoreError) -> (messages: [ExportedMessage], next: UInt32?) {
        var rows: [(UInt32, MessageRow)] = []
        var next: UInt32?
        var uids: [UInt32] = []
        try reader.scanMessages(mailbox, in: first...UInt32.max) { uid, _ in
            guard uids.count < chunk else {
                next = uid
                return false
            }
            uids.append(uid)
            return true
        }
        for raw in uids {
            guard let uid = UID(raw), let row = try reader.message(mailbox, uid) else { continue }
            rows.append((raw, row))
        }
        let table = try reader.keywordTable(mailbox)
        var messages: [ExportedMessage] = []
        for (uid, row) in rows {
            var location: BodyLocation?
            if let digest = try reader.summary(row.emailID)?.digest {
                location = try reader.bodyLocation(digest)
            }
            let flags = FlagSet(system: row.flags, keywords: table.keywords(of: row.keywords))
            messages.append(
                ExportedMessage(
                    uid: uid, flags: flags, internalDate: row.internalDate, location: location))
        }
        return (messages, next)
    }
}
