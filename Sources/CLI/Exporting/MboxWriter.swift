import MailModel
import MailboxStore

/// Writes a mailbox as one mbox file with mboxrd quoting: what `MboxReader` reads.
struct MboxWriter {
    let path: String
    let source: ExportSource

    func write(_ mailbox: MailboxID) throws {
        let file = try OutputFile(path)
        try source.forEach(of: mailbox) { message, location in
            var isFirst = true
            var endsLine = true
            var asLF = true
            // A body that cannot be read to its end must not swallow the next From_ line.
            var isWhole = false
            defer { if !isWhole, !isFirst { try? file.write("\n\n") } }
            try source.forEachPiece(of: location) { piece, endsAsLF in
                if isFirst { try begin(message, in: file, endsAsLF) }
                isFirst = false
                asLF = endsAsLF
                endsLine = piece.bytes.last == 0x0A
                if piece.beginsLine, MboxWriter.needsQuote(piece.bytes) { try file.write(">") }
                try file.write(piece, endsAsLF: endsAsLF)
            }
            isWhole = true
            if isFirst { try begin(message, in: file, asLF) }
            let lineEnd = asLF ? "\n" : "\r\n"
            try file.write(endsLine ? lineEnd : lineEnd + lineEnd)
        }
        try file.finish()
    }

    /// `From `, `>From `, `>>From ` … at the start of a line.
    private static func needsQuote(_ line: UnsafeRawBufferPointer) -> Bool {
        guard let first = line.first, first == UInt8(ascii: "F") || first == UInt8(ascii: ">")
        else {
            return false
        }
        return line.drop(while: { $0 == UInt8(ascii: ">") }).starts(with: Array("From ".utf8))
    }

    /// The From_ line and the flags.
    private func begin(_ message: ExportedMessage, in file: OutputFile, _ asLF: Bool) throws {
        let lineEnd = asLF ? "\n" : "\r\n"
        var lines = ["From MAILER-DAEMON \(MboxWriter.ctime(message.internalDate))"]
        if message.flags.system.contains(.seen) { lines.append("Status: RO") }
        var letters = ""
        for (flag, letter) in MboxWriter.letters where message.flags.system.contains(flag) {
            letters += letter
        }
        if !letters.isEmpty { lines.append("X-Status: \(letters)") }
        if !message.flags.keywords.isEmpty {
            let names = message.flags.keywords.map(\.name).joined(separator: " ")
            lines.append("X-Keywords: \(names)")
        }
        for line in lines { try file.write(line + lineEnd) }
    }

    private static let letters: [(SystemFlags, String)] = [
        (.answered, "A"), (.flagged, "F"), (.deleted, "D"), (.draft, "T"),
    ]

    /// `Mon Jan  3 12:00:00 2000`, UTC. Years outside of 1900...2099 would make it no From_ line, so
    /// such a date becomes 1970-01-01.
    private static func ctime(_ date: InternalDate) -> String {
        var utc = InternalDate(secondsSinceEpoch: date.secondsSinceEpoch)
        if !(1900...2099).contains(utc.localDate.year) { utc = InternalDate(secondsSinceEpoch: 0) }
        let day = utc.localDate
        let second = utc.localSecondOfDay
        let time = [second / 3600, second / 60 % 60, second % 60].map { Moment.digits($0, 2) }
        let weekday = "\(CalendarDate.weekdayNames[day.weekday])"
        let month = "\(CalendarDate.monthNames[day.month - 1])"
        let number = day.day < 10 ? " \(day.day)" : "\(day.day)"
        return "\(weekday) \(month) \(number) \(time.joined(separator: ":")) \(day.year)"
    }
}
