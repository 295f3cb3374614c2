import IMAPCodec
import MailModel
import MailboxStore

/// SEARCH as it is carried out: at once when rows decide, otherwise by a job off the event loop.
struct SearchExecution: RunningCommand {
    private let command: SearchCommand
    private let selected: SelectedMailbox
    private let job: SearchJob
    /// What is left to tell.
    private var answer: SearchAnswer?

    init(_ command: SearchCommand, in selected: SelectedMailbox, by job: SearchJob) {
        self.command = command
        self.selected = selected
        self.job = job
    }

    var isInsideResponse: Bool { answer?.isBegun == true }

    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        switch resumption {
        case .begin:
            guard job.isQuick else {
                session.ask(.run(job))
                return .waiting(for: .answer)
            }
            return take(job.run(until: nil), in: session, out: &out)
        case .answer(.job(let result)):
            return take(result as? SearchJob.Outcome ?? .cancelled, in: session, out: &out)
        case .room: return tell(in: session, out: &out)
        case .answer, .client, .news: return .waiting(for: .answer)
        }
    }

    private mutating func take(
        _ outcome: SearchJob.Outcome, in session: borrowing Session, out: inout ResponseWriter
    ) -> Step {
        switch outcome {
        case .found(let findings):
            let answer = SearchAnswer(command, findings, in: selected)
            if let saved = answer.saved { selected.savedResult = saved }
            self.answer = answer
            return tell(in: session, out: &out)
        case .tooLong:
            return fail(.no("The search took too long", code: .limit))
        case .cancelled:
            return fail(.no("The search was given up", code: .unavailable))
        case .failed(let error):
            return fail(Completion(error))
        }
    }

    private mutating func tell(
        in session: borrowing Session, out: inout ResponseWriter
    ) -> Step {
        guard var answer else { return fail(.no("The search was given up", code: .unavailable)) }
        let isTold = answer.write(
            tag: session.current?.tag ?? "", upTo: session.context.limits.outHighWaterBytes,
            to: &out)
        self.answer = isTold ? nil : answer
        return isTold ? .finished(answer.completion) : .waiting(for: .room)
    }

    private func fail(_ completion: Completion) -> Step {
        .finished(selected.failed(command, completion))
    }
}

extension SelectedMailbox {
    /// NO to a command that was to save its result leaves nothing saved: RFC 5182 §2.1.
    func failed(_ command: SearchCommand, _ completion: Completion) -> Completion {
        if command.returns?.contains(.save) == true { savedResult = UIDSet() }
        return completion
    }
}
