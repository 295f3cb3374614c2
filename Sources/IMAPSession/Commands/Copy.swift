import IMAPCodec
import MailModel
import MailboxStore
import MultiAccess

/// COPY and UID COPY: RFC 9051 §6.4.7, RFC 4315 §3, RFC 2180 §4.4.
extension Session {
    mutating func copy(_ command: CopyCommand, out: inout ResponseWriter) -> Step {
        transfer(command, moves: false, out: &out)
    }

    /// What COPY and MOVE have in common.
    mutating func transfer(_ command: CopyCommand, moves: Bool, out: inout ResponseWriter) -> Step {
        guard case .selected(let user, let selected) = state else {
            return .finished(.bad("Select a mailbox first"))
        }
        if moves, selected.isReadOnly { return .finished(.readOnly) }
        guard let uids = selected.uids(of: command.messages, command.kind) else {
            return .finished(.noSuchMessage)
        }
        switch command.mailbox {
        case .invalid(let reason): return .finished(.no(reason, code: .cannot))
        case .valid(let name):
            guard !uids.isEmpty else {
                return .finished(.ok(moves ? "MOVE completed" : "COPY completed"))
            }
            return start(
                TransferExecution(
                    user: user, selected: selected, uids: uids, destination: name, moves: moves),
                out: &out)
        }
    }
}

/// Copies or moves, after asking the policy about messages that others have expunged.
private struct TransferExecution: RunningCommand {
    let user: LoggedInUser
    let selected: SelectedMailbox
    let uids: UIDSet
    let destination: MailboxName
    let moves: Bool

    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        switch resumption {
        case .begin:
            return begin(in: &session)
        case .answer(.changed(.accepted(.copied(let validity, let source, let target), _))):
            return .finished(completion(validity, source, target, out: &out))
        case .answer(.changed(let outcome)):
            return .finished(outcome.failure ?? .ok(moves ? "MOVE completed" : "COPY completed"))
        case .answer, .client, .room, .news:
            return .waiting(for: .answer)
        }
    }

    private func begin(in session: inout Session) -> Step {
        var chosen = uids
        do throws(StoreError) {
            if let split = try session.splitExpunged(uids, of: selected) {
                let verdict = session.context.policy.copying.judge(
                    ExpungedCopy(
                        live: split.live, expunged: split.expunged, retained: split.retained,
                        moves: moves))
                switch verdict {
                case .copyAll: break
                case .omit(let lost): chosen = uids.subtracting(lost)
                case .refuse: return .finished(TransferExecution.expunged)
                }
            }
        } catch {
            return .finished(Completion(error))
        }
        session.submit(change(of: chosen))
        return .waiting(for: .answer)
    }

    private func change(of uids: UIDSet) -> any Change {
        let source = selected.view.mailbox
        return moves
            ? MoveMessages(
                account: user.account, source: source, uids: uids, destination: destination,
                requester: selected.view.owner)
            : CopyMessages(
                account: user.account, source: source, uids: uids, destination: destination)
    }

    /// COPYUID stands in the tagged OK of COPY, and in an untagged one before the EXPUNGEs of MOVE:
    /// RFC 6851 §4.3.
    private func completion(
        _ validity: UIDValidity, _ source: UIDSet, _ target: UIDSet, out: inout ResponseWriter
    ) -> Completion {
        guard !source.isEmpty else {
            return moves ? TransferExecution.expunged : .ok("COPY completed")
        }
        let code = ResponseCode.copyUID(validity, source: source, destination: target)
        guard moves else { return .ok("COPY completed", code: code) }
        out.writeUntagged(.ok, code: code, "Moved")
        return .ok("MOVE completed")
    }

    private static let expunged = Completion.no(
        "Some messages have been expunged", code: .expungeIssued)
}
