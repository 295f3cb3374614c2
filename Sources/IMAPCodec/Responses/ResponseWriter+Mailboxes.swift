import MailModel
import NIOCore

extension ResponseWriter {
    /// `* n EXISTS`: RFC 9051 §7.4.1.
    public mutating func writeExists(_ count: UInt32) { writeCount(count, " EXISTS\r\n") }

    /// `* n RECENT`: RFC 3501 §7.3.2.
    public mutating func writeRecent(_ count: UInt32) { writeCount(count, " RECENT\r\n") }

    /// `* n EXPUNGE`: RFC 9051 §7.5.1.
    public mutating func writeExpunge(_ sequenceNumber: UInt32) {
        writeCount(sequenceNumber, " EXPUNGE\r\n")
    }

    private mutating func writeCount(_ count: UInt32, _ name: StaticString) {
        write(atMost: 40) { cursor in
            cursor.put("* ")
            cursor.put(count)
            cursor.put(name)
        }
    }

    /// `* FLAGS (…)`: RFC 9051 §7.3.5.
    public mutating func writeFlags(_ flags: FlagSet) {
        write("* FLAGS ")
        write(FlagText(flags))
        endLine()
    }

    /// mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
    ///                [SP mbox-list-extended]                                   RFC 9051 §9
    public mutating func writeList(_ data: ListData) { writeList("* LIST (", data) }

    /// `* LSUB (…)`: RFC 3501 §7.2.3.
    public mutating func writeLsub(_ data: ListData) { writeList("* LSUB (", data) }

    private mutating func writeList(_ prefix: StaticString, _ data: ListData) {
        write(prefix)
        writeSpaced(data.attributes) { $0.write($1.name) }
        write(") ")
        writeSeparator(data.separator)
        space()
        writeMailbox(text: data.name)
        writeExtended(data)
        endLine()
    }

    private mutating func writeSeparator(_ separator: UInt8?) {
        if let separator { writeQuoted(CollectionOfOne(separator)) } else { write("NIL") }
    }

    /// mbox-list-extended = "(" [item *(SP item)] ")"                           RFC 5258 §6
    private mutating func writeExtended(_ data: ListData) {
        guard !data.childInfo.isEmpty || data.oldName != nil else { return }
        write(" (")
        if !data.childInfo.isEmpty {
            write("\"CHILDINFO\" (")
            writeSpaced(data.childInfo) { $0.writeQuoted($1.utf8) }
            write(UInt8(ascii: ")"))
        }
        if let oldName = data.oldName {
            if !data.childInfo.isEmpty { space() }
            write("\"OLDNAME\" (")
            writeMailbox(oldName)
            write(UInt8(ascii: ")"))
        }
        write(UInt8(ascii: ")"))
    }

    /// `* STATUS mailbox (…)`: RFC 9051 §7.3.4.
    public mutating func writeStatus(_ mailbox: MailboxName, _ values: [StatusValue]) {
        write("* STATUS ")
        writeMailbox(mailbox)
        write(" (")
        writeSpaced(values) { $0.write($1) }
        write(")\r\n")
    }

    private mutating func write(_ value: StatusValue) {
        switch value {
        case .messages(let count): write(.messages, UInt64(count))
        case .recent(let count): write(.recent, UInt64(count))
        case .uidNext(let uid): write(.uidNext, UInt64(uid))
        case .uidValidity(let value): write(.uidValidity, UInt64(value.rawValue))
        case .unseen(let count): write(.unseen, UInt64(count))
        case .deleted(let count): write(.deleted, UInt64(count))
        case .size(let bytes): write(.size, bytes)
        case .highestModSeq(let value): write(.highestModSeq, value.rawValue)
        case .appendLimit(let bytes?): write(.appendLimit, bytes)
        case .appendLimit(nil): write("APPENDLIMIT NIL")
        case .mailboxID(let id):
            write("MAILBOXID (")
            buffer.writeString(id.description)
            write(UInt8(ascii: ")"))
        }
    }

    private mutating func write(_ item: StatusItem, _ number: UInt64) {
        write(item.name)
        space()
        write(number)
    }
}
