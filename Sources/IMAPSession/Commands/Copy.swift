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
            return .finished(selected.complaint(about: command.messages))
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
    private var attempts = 0

    /// How often it is judged anew because another message was expunged meanwhile.
    private static let mostAttempts = 8

    init(
        user: LoggedInUser, selected: SelectedMailbox, uids: UIDSet, destination: MailboxName,
        moves: Bool
    ) {
        self.user = user
        self.selected = selected
        self.uids = uids
        self.destination = destination
        self.moves = moves
    }

    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        switch resumption {
        case .begin:
            return begin(in: &session)
        case .answer(.changed(.accepted(.copied(let validity, let source, let target), _))):
            return .finished(completion(validity, source, target, out: &out))
        case .answer(.changed(.refused(.messagesExpunged))):
            // Since the policy was asked: it is asked again.
            return attempts < TransferExecution.mostAttempts
                ? begin(in: &session) : .finished(.messagesExpunged)
        case .answer(.changed(let outcome)):
            return .finished(
                session.failure(outcome) ?? .ok(moves ? "MOVE completed" : "COPY completed"))
        case .answer, .client, .room, .news:
            return .waiting(for: .answer)
        }
    }

    private mutating func begin(in session: inout Session) -> Step {
        attempts += 1
        var chosen = uids
        var takesGhosts = false
        do throws(StoreError) {
            if let split = try session.splitExpunged(uids, of: selected) {
                let verdict = split.policy.copying.judge(
                    ExpungedCopy(
                        live: split.live, expunged: split.expunged, retained: split.retained,
                        moves: moves))
                switch verdict {
                case .copyAll: takesGhosts = true
                case .omit(let lost): chosen = uids.subtracting(lost)
                case .refuse: return .finished(.copyRejected(moves: moves))
                }
            }
        } catch {
            return .finished(Completion(error))
        }
        session.submit(change(of: chosen, takesGhosts: takesGhosts))
        return .waiting(for: .answer)
    }

    private func change(of uids: UIDSet, takesGhosts: Bool) -> any Change {
        let source = selected.view.mailbox
        return moves
            ? MoveMessages(
                account: user.account, source: source, uids: uids, destination: destination,
                requester: selected.view.owner)
            : CopyMessages(
                account: user.account, source: source, uids: uids, destination: destination,
                takesGhosts: takesGhosts)
    }

    /// COPYUID stands in the tagged OK of COPY, and in an untagged one before the EXPUNGEs of MOVE:
    /// RFC 6851 §4.3.
    private func completion(
        _ validity: UIDValidity, _ source: UIDSet, _ target: UIDSet, out: inout ResponseWriter
    ) -> Completion {
        guard !source.isEmpty else {
            return moves ? .copyRejected(moves: true) : .ok("COPY completed")
        }
        let code = ResponseCode.copyUID(validity, source: source, destination: target)
        guard moves else { return .ok("COPY completed", code: code) }
        out.writeUntagged(.ok, code: code, "Moved")
        return .ok("MOVE completed")
    }
}

extension Completion {
    /// RFC 2180 §4.4.1.
    fileprivate static func copyRejected(moves: Bool) -> Completion {
        .no(
            "\(moves ? "MOVE" : "COPY") rejected, because some of the requested messages were expunged",
            code: .expungeIssued)
    }
}
