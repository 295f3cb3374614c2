import IMAPCodec
import MailModel

/// An account's names as LIST and LSUB choose among them: names in, lines out.
///
/// RFC 3501 §6.3.8, §6.3.9; RFC 5258; RFC 6154. A name above an existing mailbox that is no mailbox
/// itself (its own was deleted, its children were not) is listed as `\Noselect`.
package struct MailboxListing {
    /// One mailbox that exists.
    package struct Mailbox: Hashable, Sendable {
        package let name: MailboxName
        package let uses: [SpecialUse]

        package init(_ name: MailboxName, uses: [SpecialUse] = []) {
            self.name = name
            self.uses = uses
        }
    }

    private let uses: [MailboxName: [SpecialUse]]
    private let subscribed: Set<MailboxName>
    /// Every name above an existing mailbox.
    private let parents: Set<MailboxName>

    package init(mailboxes: [Mailbox], subscriptions: [MailboxName]) {
        uses = Dictionary(mailboxes.map { ($0.name, $0.uses) }, uniquingKeysWith: { $1 })
        subscribed = Set(subscriptions)
        parents = Set(mailboxes.flatMap(\.name.ancestors))
    }

    // MARK: LIST

    /// The lines of LIST, by name.
    package func lines(
        matching patterns: [ListPattern], selection: ListSelectionOptions = [],
        returns: ListReturnOptions = []
    ) -> [ListLine] {
        let chosen = candidates(for: selection).filter { meets(selection, $0) }
        let matching = Set(chosen.filter { matches($0, patterns) })
        var lines = matching.map { line($0, selection, returns) }
        if selection.contains(.recursiveMatch) {
            let (all, hidden) = superiors(of: chosen, besides: matching)
            for index in lines.indices where all.contains(lines[index].name) {
                lines[index].childInfo = selection.criteria
            }
            for name in hidden where !matching.contains(name) && matches(name, patterns) {
                var line = line(name, selection, returns)
                line.childInfo = selection.criteria
                lines.append(line)
            }
        }
        return lines.sorted { $0.name < $1.name }
    }

    /// Names among which a selection chooses: with SUBSCRIBED those, existing or not.
    private func candidates(for selection: ListSelectionOptions) -> Set<MailboxName> {
        if selection.contains(.subscribed) { return subscribed }
        return parents.union(uses.keys)
    }

    private func meets(_ selection: ListSelectionOptions, _ name: MailboxName) -> Bool {
        if selection.contains(.specialUse), uses[name]?.isEmpty ?? true { return false }
        return true
    }

    /// The names above what was chosen, and those above something chosen that is not listed itself:
    /// only the latter need a line for the sake of their children (RFC 5258 §3.5).
    private func superiors(
        of chosen: Set<MailboxName>, besides listed: Set<MailboxName>
    ) -> (all: Set<MailboxName>, hidden: Set<MailboxName>) {
        (
            Set(chosen.flatMap(\.ancestors)),
            Set(chosen.subtracting(listed).flatMap(\.ancestors))
        )
    }

    private func matches(_ name: MailboxName, _ patterns: [ListPattern]) -> Bool {
        patterns.contains { $0.matches(name) }
    }

    private func line(
        _ name: MailboxName, _ selection: ListSelectionOptions, _ returns: ListReturnOptions
    ) -> ListLine {
        var attributes: ListAttributes = parents.contains(name) ? .hasChildren : .hasNoChildren
        if uses[name] == nil { attributes.formUnion([.nonExistent, .noSelect]) }
        let tellsSubscribed = selection.contains(.subscribed) || returns.contains(.subscribed)
        if tellsSubscribed, subscribed.contains(name) { attributes.insert(.subscribed) }
        return ListLine(name: name, attributes: attributes, uses: uses[name] ?? [])
    }

    // MARK: LSUB

    /// The lines of LSUB: subscribed names, and for `%` the names above them that match while they
    /// do not, as `\Noselect` (RFC 3501 §6.3.9).
    package func subscribedLines(matching pattern: ListPattern, hasPercent: Bool) -> [ListLine] {
        var lines: [MailboxName: ListLine] = [:]
        for name in subscribed {
            if pattern.matches(name) {
                let attributes: ListAttributes = uses[name] == nil ? .noSelect : []
                lines[name] = ListLine(name: name, attributes: attributes)
            } else if hasPercent {
                for above in name.ancestors
                where !subscribed.contains(above) && pattern.matches(above) {
                    lines[above] = ListLine(name: above, attributes: .noSelect)
                }
            }
        }
        return lines.values.sorted { $0.name < $1.name }
    }
}

extension ListSelectionOptions {
    /// The criteria that CHILDINFO names: RFC 5258 §3.5.
    fileprivate var criteria: ListSelectionOptions { intersection([.subscribed, .specialUse]) }
}
