/// Where the account may make mailboxes, and how their names are put together (RFC 2342).
package struct PersonalNamespace: Sendable, Equatable {
    /// `INBOX.`, or nothing.
    package let prefix: String
    /// Nil where mailboxes have no children.
    package let separator: String?

    package init(prefix: String, separator: String?) {
        self.prefix = prefix
        self.separator = separator
    }

    /// Reads `* NAMESPACE (("INBOX." ".")) NIL NIL`.
    package init?(namespace exchange: Exchange) {
        guard let first = exchange.responses(named: "NAMESPACE").first?.values.first?.items?.first,
            let words = first.items, words.count >= 2, let prefix = words[0].text
        else { return nil }
        self.init(prefix: prefix, separator: words[1].isNIL ? nil : words[1].text)
    }

    /// Reads `* LIST (\Noselect) "/" ""`, the answer to LIST "" "" (RFC 3501 §6.3.8).
    package init(list exchange: Exchange) {
        let values = exchange.responses(named: "LIST").first?.values ?? []
        let separator = values.count > 1 && !values[1].isNIL ? values[1].text : nil
        self.init(prefix: "", separator: separator)
    }
}
