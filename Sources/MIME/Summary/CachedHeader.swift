/// The header fields that clients ask for again and again, kept beside the envelope.
public enum CachedHeader {
    /// Lower-case names. What Thunderbird, Apple Mail, mutt, K-9, Outlook, Roundcube, mbsync and
    /// offlineimap list in HEADER.FIELDS when they open a mailbox, without the bulky ones
    /// (Received, DKIM-Signature).
    public static let fields = [
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

    /// Bytes of the kept fields; a header in which they need more has none kept.
    public static let longest = 4096

    static let names = FieldNameSet(fields)

    /// Whether a HEADER.FIELDS list can be answered from the kept fields.
    public static func covers(_ names: [String]) -> Bool {
        names.allSatisfy { name in
            var name = name
            return name.withUTF8 { bytes in
                let raw = UnsafeRawBufferPointer(bytes)
                return CachedHeader.names.contains(0..<raw.count, in: ByteView(raw))
            }
        }
    }

    /// The answer to HEADER.FIELDS from the kept fields, as ranges of them.
    ///
    /// - Precondition: none; a name that is not kept gives nothing, so ask `covers` first.
    public static func select(_ names: [String], in kept: UnsafeRawBufferPointer) -> SectionContent
    {
        let view = ByteView(kept)
        let set = FieldNameSet(names)
        return HeaderSelection(view, header: view.range).fields { set.contains($0, in: view) }
    }
}
