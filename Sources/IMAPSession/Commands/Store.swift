import IMAPCodec
import MailModel
import MailboxStore
import MultiAccess

/// STORE and UID STORE: RFC 9051 §6.4.6, RFC 7162 §3.1.3, RFC 2180 §4.2.
extension Session {
    mutating func store(_ command: StoreCommand, out: inout ResponseWriter) -> Step {
        guard case .selected(let user, let selected) = state else {
            return .finished(.bad("Select a mailbox first"))
        }
        guard !selected.isReadOnly else { return .finished(.readOnly) }
        if command.unchangedSince != nil { enableCondStore(out: &out) }
        guard let uids = selected.uids(of: command.messages, command.kind) else {
            return .finished(selected.complaint(about: command.messages))
        }
        guard !uids.isEmpty else { return .finished(.ok("STORE completed")) }
        return start(
            StoreExecution(command: command, user: user, selected: selected, uids: uids),
            out: &out)
    }
}

private struct StoreExecution: RunningCommand {
    private let command: StoreCommand
    private let user: LoggedInUser
    private let selected: SelectedMailbox
    private let uids: UIDSet
    /// What the policy says of the messages that others have expunged.
    private var verdict: ExpungedStoreVerdict
    private var noneIsLeft = false
    private var attempts = 0

    /// How often it is judged anew because another message was expunged meanwhile.
    private static let mostAttempts = 8

    init(command: StoreCommand, user: LoggedInUser, selected: SelectedMailbox, uids: UIDSet) {
        self.command = command
        self.user = user
        self.selected = selected
        self.uids = uids
        verdict = ExpungedStoreVerdict(applied: uids, tagged: .ok)
    }

    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        switch resumption {
        case .begin:
            return begin(in: &session)
        case .answer(.changed(.accepted(let result, let position))):
            guard case .flagsChanged(let changed, let failed, let expunged) = result else {
                return .finished(.ok("STORE completed"))
            }
            return .finished(
                completion(changed, failed, expunged, position, in: session))
        case .answer(.changed(.refused(.messagesExpunged))):
            // Since the policy was asked: it is asked again.
            return attempts < StoreExecution.mostAttempts
                ? begin(in: &session) : .finished(tagged(isNo: true))
        case .answer(.changed(let outcome)):
            return .finished(session.failure(outcome) ?? .no("The flags were not changed"))
        case .answer, .client, .room, .news:
            return .waiting(for: .answer)
        }
    }

    private mutating func begin(in session: inout Session) -> Step {
        attempts += 1
        do throws(StoreError) {
            if let split = try session.splitExpunged(uids, of: selected) {
                noneIsLeft = split.live.isEmpty
                verdict = split.policy.storing.judge(
                    ExpungedStore(
                        live: split.live, expunged: split.expunged, silent: command.isSilent))
            }
        } catch {
            return .finished(Completion(error))
        }
        guard !verdict.applied.isEmpty else {
            return .finished(tagged(isNo: verdict.tagged == .no))
        }
        session.submit(
            ChangeFlags(
                account: user.account, mailbox: selected.view.mailbox, uids: verdict.applied,
                operation: command.operation, flags: command.flags,
                unchangedSince: command.unchangedSince, needsAll: !command.isSilent))
        return .waiting(for: .answer)
    }

    /// Which FETCH responses go out, and how the tagged line ends.
    private func completion(
        _ changed: UIDSet, _ failed: UIDSet, _ expunged: UIDSet, _ position: LogPosition,
        in session: borrowing Session
    ) -> Completion {
        let isNo = verdict.tagged == .no || (!expunged.isEmpty && !command.isSilent)
        var completion = tagged(isNo: isNo, failed: failed)
        // The event's own flag updates are told by this command, or not at all.
        if !changed.isEmpty { selected.view.ignoreFlags(at: position) }
        if !command.isSilent {
            completion.toldFlags = verdict.applied.subtracting(failed).subtracting(expunged)
        } else if command.unchangedSince != nil {
            // "An untagged FETCH response MUST be sent", also where nothing was to be changed.
            completion.toldModSeqs = verdict.applied.subtracting(failed).subtracting(expunged)
        } else if session.isCondStoreAware {
            completion.toldModSeqs = changed
        }
        return completion
    }

    private func tagged(isNo: Bool, failed: UIDSet = UIDSet()) -> Completion {
        if !failed.isEmpty {
            let code = ResponseCode.modified(selected.numbers(of: failed, command.kind))
            return isNo
                ? .no("Some messages were changed or expunged", code: code)
                : .ok("Some messages were changed by others", code: code)
        }
        guard isNo else { return .ok("STORE completed") }
        return noneIsLeft ? .allExpunged : .messagesExpunged
    }
}
