import IMAPCodec
import MailModel

/// One response of LIST or LSUB before it is written.
package struct ListLine: Hashable, Sendable {
    package let name: MailboxName
    package var attributes: ListAttributes
    package var uses: [SpecialUse]
    /// The selection criteria that some mailbox below meets: CHILDINFO of RFC 5258 §3.5.
    package var childInfo: ListSelectionOptions?

    package init(
        name: MailboxName, attributes: ListAttributes, uses: [SpecialUse] = [],
        childInfo: ListSelectionOptions? = nil
    ) {
        self.name = name
        self.attributes = attributes
        self.uses = uses
        self.childInfo = childInfo
    }

    /// Whether it is a mailbox that STATUS can be told of.
    package var isSelectable: Bool { attributes.isDisjoint(with: [.noSelect, .nonExistent]) }
}

/// Mailbox name attributes: RFC 9051 §7.3.1.
package struct ListAttributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let noSelect = ListAttributes(rawValue: 1)
    package static let nonExistent = ListAttributes(rawValue: 2)
    package static let hasChildren = ListAttributes(rawValue: 4)
    package static let hasNoChildren = ListAttributes(rawValue: 8)
    package static let subscribed = ListAttributes(rawValue: 16)

    /// In the order in which they are written.
    static let wireForms: [(attribute: ListAttributes, form: ListAttribute)] = [
        (.nonExistent, .nonExistent), (.noSelect, .noSelect), (.hasChildren, .hasChildren),
        (.hasNoChildren, .hasNoChildren), (.subscribed, .subscribed),
    ]
}
