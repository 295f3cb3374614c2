/// How names are spelled on this connection; set by ENABLE, not by the codec.
public struct EncodingOptions: Hashable, Sendable {
    public var mailboxNames: MailboxNames

    public enum MailboxNames: Hashable, Sendable {
        /// RFC 3501 §5.1.3. Raw UTF-8 is understood as well.
        case modifiedUTF7
        /// RFC 6855 and RFC 9051 §5.1: `&` stands for itself.
        case utf8
    }

    public init(mailboxNames: MailboxNames = .modifiedUTF7) { self.mailboxNames = mailboxNames }
}
