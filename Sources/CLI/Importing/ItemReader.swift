import Glibc
import MIME
import MailModel
import MailboxStore

/// Reads one file into messages.
struct ItemReader {
    let store: MailboxStore
    /// Told of the bytes of each read.
    let wasRead: (Int) -> Void

    /// - Throws: what reading the file throws, as `Failure`, and what `visit` throws.
    func read(_ item: ImportItem, _ visit: (IncomingMessage) throws -> Void) throws {
        let file = try InputFile(item.path, wasRead: wasRead)
        let changed = InternalDate(secondsSinceEpoch: Int64(file.status.st_mtim.tv_sec))
        switch item.form {
        case .mbox:
            let mbox = MboxReader(lines: file.lines(), makeIntake: store.bodies.makeIntake)
            try mbox.run { message in
                let date = message.date ?? message.body.sentDate ?? changed
                try visit(
                    IncomingMessage(body: message.body, flags: message.flags, internalDate: date))
            }
        case .maildir(let flags):
            let body = try body(of: file)
            try visit(IncomingMessage(body: body, flags: flags, internalDate: changed))
        case .eml:
            let body = try body(of: file)
            try visit(
                IncomingMessage(
                    body: body, flags: FlagSet(), internalDate: body.sentDate ?? changed))
        }
    }

    private func body(of file: InputFile) throws -> IncomingBody {
        var text = IncomingText(store.bodies.makeIntake())
        let lines = file.lines()
        while try lines.next({ try text.append($0.bytes) }) != nil {}
        return try text.finish()
    }
}

extension IncomingBody {
    /// What the Date: field says, if it says anything that makes sense.
    var sentDate: InternalDate? {
        summary.withUnsafeBytes { bytes in
            guard let stored = StoredSummary(bytes), let seconds = stored.sentDate else {
                return nil
            }
            return InternalDate(
                secondsSinceEpoch: seconds, zoneMinutes: stored.sentDateZoneMinutes ?? 0)
        }
    }
}
