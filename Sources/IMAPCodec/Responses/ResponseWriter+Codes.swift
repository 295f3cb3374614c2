import MailModel
import NIOCore

extension ResponseWriter {
    /// resp-text-code                                                           RFC 9051 §9
    mutating func writeCode(_ code: ResponseCode) {
        switch code {
        case .badCharset(let names):
            write("BADCHARSET")
            guard !names.isEmpty else { return }
            write(" (")
            writeSpaced(names) { $0.writeAString($1.utf8) }
            write(UInt8(ascii: ")"))
        case .capability(let capabilities):
            write("CAPABILITY ")
            writeSpaced(capabilities) { $0.buffer.writeString($1.name) }
        case .permanentFlags(let flags, let allowsNewKeywords):
            write("PERMANENTFLAGS ")
            var text = FlagText(flags)
            if allowsNewKeywords {
                if !text.keywords.isEmpty { text.keywords.append(UInt8(ascii: " ")) }
                text.keywords.append(contentsOf: "\\*".utf8)
            }
            write(text)
        case .newName(let old, let new):
            write("NEWNAME ")
            writeMailbox(old)
            space()
            writeMailbox(new)
        case .uidNext(let uid): write("UIDNEXT ", UInt64(uid))
        case .uidValidity(let value): write("UIDVALIDITY ", UInt64(value.rawValue))
        case .unseen(let number): write("UNSEEN ", UInt64(number))
        case .appendUID(let validity, let uids):
            write("APPENDUID ", UInt64(validity.rawValue))
            space()
            write(uids)
        case .copyUID(let validity, let source, let destination):
            write("COPYUID ", UInt64(validity.rawValue))
            space()
            write(source)
            space()
            write(destination)
        case .highestModSeq(let value): write("HIGHESTMODSEQ ", value.rawValue)
        case .modified(let set):
            write("MODIFIED ")
            write(set)
        case .mailboxID(let id):
            write("MAILBOXID (")
            buffer.writeString(id.description)
            write(UInt8(ascii: ")"))
        default: write(code.name)
        }
    }

    private mutating func write(_ name: StaticString, _ number: UInt64) {
        write(name)
        write(number)
    }

    mutating func write(_ flags: FlagText) {
        write(atMost: ByteCursor.flagBytes + flags.keywords.count) { $0.put(flags: flags) }
    }
}

extension ResponseCode {
    /// The code's name on the wire, without its arguments.
    public var name: StaticString {
        switch self {
        case .alert: "ALERT"
        case .badCharset: "BADCHARSET"
        case .capability: "CAPABILITY"
        case .parse: "PARSE"
        case .permanentFlags: "PERMANENTFLAGS"
        case .readOnly: "READ-ONLY"
        case .readWrite: "READ-WRITE"
        case .tryCreate: "TRYCREATE"
        case .uidNext: "UIDNEXT"
        case .uidValidity: "UIDVALIDITY"
        case .unseen: "UNSEEN"
        case .hasChildren: "HASCHILDREN"
        case .newName: "NEWNAME"
        case .closed: "CLOSED"
        case .appendUID: "APPENDUID"
        case .copyUID: "COPYUID"
        case .uidNotSticky: "UIDNOTSTICKY"
        case .highestModSeq: "HIGHESTMODSEQ"
        case .noModSeq: "NOMODSEQ"
        case .modified: "MODIFIED"
        case .notSaved: "NOTSAVED"
        case .unknownCTE: "UNKNOWN-CTE"
        case .useAttr: "USEATTR"
        case .tooBig: "TOOBIG"
        case .mailboxID: "MAILBOXID"
        case .unavailable: "UNAVAILABLE"
        case .authenticationFailed: "AUTHENTICATIONFAILED"
        case .authorizationFailed: "AUTHORIZATIONFAILED"
        case .expired: "EXPIRED"
        case .privacyRequired: "PRIVACYREQUIRED"
        case .contactAdmin: "CONTACTADMIN"
        case .noPerm: "NOPERM"
        case .inUse: "INUSE"
        case .expungeIssued: "EXPUNGEISSUED"
        case .corruption: "CORRUPTION"
        case .serverBug: "SERVERBUG"
        case .clientBug: "CLIENTBUG"
        case .cannot: "CANNOT"
        case .limit: "LIMIT"
        case .overQuota: "OVERQUOTA"
        case .alreadyExists: "ALREADYEXISTS"
        case .nonExistent: "NONEXISTENT"
        }
    }
}
