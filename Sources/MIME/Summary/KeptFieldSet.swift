/// Some of the header fields that summaries keep: those that clients ask for again and again.
public struct KeptFieldSet: Hashable, Sendable {
    /// Bit i is field i of `names`.
    let bits: UInt64

    /// Lower-case names, at most 64: a field's place is its number in stored summaries, so one is only
    /// ever added at the end. What Thunderbird, Apple Mail, mutt, K-9, Outlook, Roundcube, mbsync and
    /// offlineimap list in HEADER.FIELDS when they open a mailbox, without the bulky ones (Received,
    /// DKIM-Signature).
    public static let names = [
        "date", "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "message-id",
        "in-reply-to", "references", "content-type", "content-transfer-encoding",
        "content-disposition", "content-language", "content-class", "mime-version", "newsgroups",
        "followup-to", "mail-followup-to", "mail-reply-to", "delivery-date", "priority",
        "x-priority", "x-msmail-priority", "importance", "list-id", "list-post", "list-help",
        "list-unsubscribe", "list-unsubscribe-post", "mailing-list", "delivered-to",
        "x-original-to", "return-path", "return-receipt-to", "disposition-notification-to",
        "auto-submitted", "precedence", "resent-date", "resent-from", "resent-message-id",
        "x-label", "lines", "x-mailer", "user-agent", "x-spam-flag", "x-spam-status",
        "x-uniform-type-identifier", "x-universally-unique-identifier", "x-tuid",
        "x-forwarded-message-id", "x-draft-info", "x-identity-key", "x-account-key",
        "x-mozilla-draft-info", "thread-topic", "thread-index", "archived-at",
    ]

    /// To look the number of a field up.
    static let known = FieldNameSet(names)

    /// - Returns: nil when one of the names, in any case, is of a field that is not kept.
    public init?(_ names: [String]) {
        var bits: UInt64 = 0
        for name in names {
            var name = name
            let number = name.withUTF8 { bytes in
                let view = ByteView(UnsafeRawBufferPointer(bytes))
                return KeptFieldSet.known.index(of: view.range, in: view)
            }
            guard let number else { return nil }
            bits |= 1 << UInt64(number)
        }
        self.bits = bits
    }

    @inline(__always)
    func contains(_ number: UInt8) -> Bool { number < 64 && bits & (1 << UInt64(number)) != 0 }
}
