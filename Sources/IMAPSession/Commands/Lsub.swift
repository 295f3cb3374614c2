import IMAPCodec
import MailModel
import MailboxStore

/// LSUB: RFC 3501 §6.3.9.
extension Session {
    mutating func lsub(_ command: LsubCommand, out: inout ResponseWriter) -> Completion {
        guard let user = state.user else { return .bad("Log in first") }
        switch (command.reference, command.pattern) {
        case (.invalid(let reason), _), (_, .invalid(let reason)):
            return .no(reason, code: .cannot)
        case (.valid(let reference), .valid(let pattern)):
            if pattern.isEmpty {
                out.writeLsub(.separator)
                return .ok("LSUB completed")
            }
            return lsub(reference + pattern, of: user, out: &out)
        }
    }

    private func lsub(
        _ text: String, of user: LoggedInUser, out: inout ResponseWriter
    ) -> Completion {
        guard let pattern = try? ListPattern(text) else {
            return .no("The pattern is too long or has too many wildcards", code: .limit)
        }
        do throws(StoreError) {
            let listing = try context.store.read { reader throws(StoreError) in
                MailboxListing(
                    mailboxes: try reader.mailboxes(of: user.account).map { .init($0.1.name) },
                    subscriptions: try reader.subscriptions(of: user.account))
            }
            let hasPercent = text.utf8.contains(UInt8(ascii: "%"))
            for line in listing.subscribedLines(matching: pattern, hasPercent: hasPercent) {
                out.writeLsub(line.data(showsNonExistent: false))
            }
            return .ok("LSUB completed")
        } catch {
            return Completion(error)
        }
    }
}
