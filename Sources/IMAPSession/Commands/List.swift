import IMAPCodec
import MailModel
import MailboxStore

/// LIST and its extensions: RFC 3501 §6.3.8, RFC 5258, RFC 5819, RFC 6154.
extension Session {
    mutating func list(_ command: ListCommand, out: inout ResponseWriter) -> Completion {
        guard let user = state.user else { return .bad("Log in first") }
        if let complaint = command.complaint { return complaint }
        if command.asksForSeparator {
            out.writeList(.separator)
            return .ok("LIST completed")
        }
        let patterns: [ListPattern]
        do throws(ListPattern.Defect) {
            patterns = try command.joinedPatterns()
        } catch {
            return .no("The pattern is too long or has too many wildcards", code: .limit)
        }
        if command.statusItems?.contains(.highestModSeq) == true { enableCondStore(out: &out) }
        do throws(StoreError) {
            try context.store.read { reader throws(StoreError) in
                try write(command, patterns, of: user, on: reader, to: &out)
            }
            return .ok("LIST completed")
        } catch {
            return Completion(error)
        }
    }

    private func write(
        _ command: ListCommand, _ patterns: [ListPattern], of user: LoggedInUser,
        on reader: borrowing StoreReader, to out: inout ResponseWriter
    ) throws(StoreError) {
        let mailboxes = try reader.mailboxes(of: user.account)
        let listing = MailboxListing(
            mailboxes: mailboxes.map { .init($0.1.name, uses: $0.1.specialUses) },
            subscriptions: command.concernsSubscriptions
                ? try reader.subscriptions(of: user.account) : [])
        let lines = listing.lines(
            matching: patterns, selection: command.selection, returns: command.returns)
        let rows =
            command.statusItems == nil
            ? [:] : Dictionary(mailboxes.map { ($0.1.name, $0) }, uniquingKeysWith: { $1 })
        for line in lines {
            out.writeList(line.data(showsNonExistent: command.isExtended))
            guard let items = command.statusItems, line.isSelectable, let found = rows[line.name]
            else { continue }
            out.writeStatus(
                line.name, try statusValues(of: found.0, found.1, items, on: reader))
        }
    }
}

extension ListCommand {
    /// What makes the command unanswerable whatever the mailboxes are.
    fileprivate var complaint: Completion? {
        if case .invalid(let reason) = reference { return .no(reason, code: .cannot) }
        for case .invalid(let reason) in patterns { return .no(reason, code: .cannot) }
        let bases: ListSelectionOptions = [.subscribed, .specialUse]
        if selection.contains(.recursiveMatch), selection.isDisjoint(with: bases) {
            return .bad("RECURSIVEMATCH needs another selection option")
        }
        return nil
    }

    /// `LIST "" ""`, in its plain form only: RFC 5258 §3.
    fileprivate var asksForSeparator: Bool { !isExtended && patterns.first?.text == "" }

    fileprivate var concernsSubscriptions: Bool {
        selection.contains(.subscribed) || returns.contains(.subscribed)
    }

    /// Every name is matched with each: with thousands, LIST of many mailboxes would take seconds.
    private static let mostPatterns = 256

    /// S17 holds for all patterns together.
    fileprivate func joinedPatterns() throws(ListPattern.Defect) -> [ListPattern] {
        guard patterns.count <= ListCommand.mostPatterns else { throw .tooLong }
        var result: [ListPattern] = []
        var wildcards = 0
        for pattern in patterns {
            result.append(try ListPattern((reference.text ?? "") + (pattern.text ?? "")))
            wildcards += result.last?.wildcards ?? 0
            guard wildcards <= ListPattern.mostWildcards else { throw .tooManyWildcards }
        }
        return result
    }
}
