import Authentication
import IMAPCodec
import MailEvents
import MailModel
import MailboxStore

/// One IMAP session: inputs in, bytes and effects out. No clock, no network, no threads.
///
/// Whoever drives it (a channel handler, a test) does this and nothing more:
///
/// 1. `greet`, then flush. After each call take `effects` (`takeEffects()`) and perform them in order.
/// 2. While `wantsClientEvents`, feed the next event of `CommandDecoder` as `.client`. Nothing is decoded
///    ahead: bytes wait in the decoder, so commands run one after another (RFC 9051 §5.5), and an
///    IDLE, an AUTHENTICATE or an APPEND literal can tell the decoder what follows before it reads on.
/// 3. While `wantsRoom`, feed `.room` whenever the client has taken what was written so far.
/// 4. Each effect that asks for an answer gets exactly one, as `.answer`.
///
/// **How a command runs over several steps.** A command that can be answered at once is a function
/// that returns a `Completion`. One that must wait is a value that conforms to `RunningCommand`:
/// `execute` passes it to `start(_:out:)`, which calls its `resume(.begin, …)`. It asks for what it needs
/// (`submit(_:)`, `ask(_:)`) and returns the step it stands at:
///
/// - `.waiting(for: .answer)`: an effect was asked for; `resume(.answer(…))` follows.
/// - `.waiting(for: .client)`: the client's next event is for this command: `resume(.client(…))`.
/// - `.waiting(for: .room)`: `out` holds `context.limits.outHighWaterBytes` or more;
///   `resume(.room)` follows when the client has taken them. So a producer (FETCH) writes until
///   `isFull(out)`, remembers where it stands, and never holds a read transaction between steps.
/// - `.finished(completion)`: the session writes the untagged updates that `CommandTraits` allows
///   and then the tagged line.
///
/// A value that has written part of a response, so that no other line may come in between, says so by
/// `isInsideResponse`. `abandon` is called when the connection ends first.
package struct Session {
    package let context: SessionContext
    package internal(set) var state: SessionState = .notAuthenticated
    /// UTC in nanoseconds, as the last input brought it.
    package internal(set) var now: Int64 = 0
    /// What the client said it is: RFC 2971.
    package internal(set) var clientID = ""
    /// Whether a CONDSTORE-enabling command has been given: RFC 7162 §3.1.
    package internal(set) var isCondStoreAware = false

    var current: CurrentCommand?
    var running: (any RunningCommand)?
    var expectation = Expectation.client
    var effects: [SessionEffect] = []
    var badCommandsBeforeLogin = 0
    var failedLogins = 0

    package init(context: SessionContext) { self.context = context }

    /// The command being carried out: its tag and kind.
    struct CurrentCommand {
        let tag: String
        let kind: CommandKind
    }

    /// Whether the next event of the decoder may be fed.
    package var wantsClientEvents: Bool { state.isOpen && expectation == .client }

    /// Whether a producer goes on as soon as the client has taken what was written.
    package var wantsRoom: Bool { state.isOpen && expectation == .room }

    /// What is to be done outside, in order; the list is empty afterwards.
    package mutating func takeEffects() -> [SessionEffect] {
        defer { effects.removeAll(keepingCapacity: true) }
        return effects
    }

    /// Writes the greeting: RFC 9051 §7.1.4.
    package mutating func greet(into out: inout ResponseWriter) {
        out.writeUntagged(.ok, code: .capability(capabilities), context.greeting)
    }

    /// Takes one input; what it leads to is appended to `out` and to `effects`.
    ///
    /// - Parameter now: UTC in nanoseconds.
    package mutating func receive(_ input: SessionInput, now: Int64, out: inout ResponseWriter) {
        guard state.isOpen else { return }
        self.now = now
        switch input {
        case .client(.continuationWanted(let text)): out.writeContinuation(text)
        case .client(.failed(let failure)): answer(failure, out: &out)
        case .client(let event):
            if running == nil { begin(event, out: &out) } else { resume(.client(event), out: &out) }
        case .answer(let answer): resume(.answer(answer), out: &out)
        case .room: if wantsRoom { resume(.room, out: &out) }
        case .news: resume(.news, out: &out)
        case .idleTimedOut: sayBye("Idle for too long", out: &out)
        case .evicted(let eviction): leave(eviction, out: &out)
        case .shutdown: sayBye("The server is shutting down", out: &out)
        case .connectionClosed: end()
        }
    }

    // MARK: Beginning a command

    private mutating func begin(_ event: CommandEvent, out: inout ResponseWriter) {
        switch event {
        case .command(let tagged):
            begin(tag: tagged.tag, kind: CommandKind(tagged.command), out: &out) { session, out in
                session.execute(tagged.command, out: &out)
            }
        case .appendBegan(_, let header) where header.messageIndex > 0:
            // Of an APPEND that was answered at an earlier message.
            effects.append(.refuseAppendLiteral)
        case .appendBegan(let tag, let header):
            begin(tag: tag, kind: .append, out: &out) { session, out in
                session.start(AppendExecution(first: header), out: &out)
            }
        case .appendBytes, .appendMessageEnded, .appendEnded, .line, .failed, .continuationWanted:
            // Of a command that was answered before its end; nobody waits for it.
            break
        }
    }

    /// Refuses what the state does not allow, carries out the rest.
    private mutating func begin(
        tag: String, kind: CommandKind, out: inout ResponseWriter,
        _ execute: (inout Session, inout ResponseWriter) -> Step
    ) {
        current = CurrentCommand(tag: tag, kind: kind)
        guard kind.traits.states.contains(state.kind) else {
            if kind == .append { effects.append(.refuseAppendLiteral) }
            settle(.finished(.bad(state.complaint(about: kind))), out: &out)
            return
        }
        settle(execute(&self, &out), out: &out)
    }

    /// The one switch from a command to what carries it out.
    private mutating func execute(_ command: Command, out: inout ResponseWriter) -> Step {
        switch command {
        case .capability: .finished(capability(out: &out))
        case .noop: .finished(.ok("NOOP completed"))
        case .logout: .finished(logout(out: &out))
        case .id(let command): .finished(id(command, out: &out))
        case .startTLS: .finished(startTLS())
        case .authenticate(let command): authenticate(command, out: &out)
        case .login(let command): login(command, out: &out)
        case .enable(let command): .finished(enable(command, out: &out))
        case .select(let command): .finished(select(command, readOnly: false, out: &out))
        case .examine(let command): .finished(select(command, readOnly: true, out: &out))
        case .create(let command): create(command, out: &out)
        case .delete(let command): delete(command, out: &out)
        case .rename(let command): rename(command, out: &out)
        case .subscribe(let command): subscribe(command, out: &out)
        case .unsubscribe(let command): unsubscribe(command, out: &out)
        case .list(let command): .finished(list(command, out: &out))
        case .lsub(let command): .finished(lsub(command, out: &out))
        case .namespace: .finished(namespace(out: &out))
        case .status(let command): .finished(status(command, out: &out))
        case .idle: start(IdleExecution(), out: &out)
        case .check: .finished(.ok("CHECK completed"))
        case .close: close(out: &out)
        case .unselect: .finished(unselect())
        case .expunge(let command): expunge(command, out: &out)
        case .search(let command): search(command, out: &out)
        case .fetch(let command): fetch(command, out: &out)
        case .store(let command): store(command, out: &out)
        case .copy(let command): copy(command, out: &out)
        case .move(let command): move(command, out: &out)
        case .unknown: .finished(.bad("Unknown command"))
        }
    }

    // MARK: Carrying on

    /// Starts a command that may take several steps.
    mutating func start(_ command: some RunningCommand, out: inout ResponseWriter) -> Step {
        var command = command
        let step = command.resume(.begin, in: &self, out: &out)
        if case .waiting = step { running = command }
        return step
    }

    private mutating func resume(_ resumption: Resumption, out: inout ResponseWriter) {
        // Late answers and news for nobody are dropped here.
        guard var command = running, expectation.admits(resumption) else { return }
        running = nil
        let step = command.resume(resumption, in: &self, out: &out)
        if case .waiting = step { running = command }
        settle(step, out: &out)
    }

    private mutating func settle(_ step: Step, out: inout ResponseWriter) {
        switch step {
        case .waiting(let expected): expectation = expected
        case .finished(let completion): finish(completion, out: &out)
        case .told(let completion): close(completion, out: &out)
        }
    }

    /// The updates that the command's traits allow, then its end.
    private mutating func finish(_ completion: Completion, out: inout ResponseWriter) {
        guard let kind = current?.kind else { return }
        if let rest = tellUpdates(kind.traits.updates, for: kind, completion, out: &out) {
            running = RestOfUpdates(pending: rest, completion: completion)
            expectation = .room
        } else {
            close(completion, out: &out)
        }
    }

    /// The tagged line, and what follows from it.
    private mutating func close(_ completion: Completion, out: inout ResponseWriter) {
        running = nil
        expectation = .client
        guard let command = current else { return }
        current = nil
        out.writeTagged(
            command.tag, completion.condition, code: completion.code, completion.text)
        if completion.condition == .bad { countBadCommand(out: &out) }
        if let reason = completion.endsWithBye { sayBye(reason, out: &out) }
        if completion.ends { end() }
    }

    // MARK: What cannot be read

    /// Nothing is told but the failure itself: it may be of a FETCH, STORE or SEARCH.
    ///
    /// It also ends the APPEND, AUTHENTICATE or IDLE in whose midst it came.
    private mutating func answer(_ failure: ParseFailure, out: inout ResponseWriter) {
        let condition: ResponseCondition = failure.condition == .bad ? .bad : .no
        let tag = failure.tag ?? current?.tag
        abandonRunning()
        if let tag {
            out.writeTagged(tag, condition, code: failure.code, failure.message)
        } else {
            out.writeUntagged(condition, code: failure.code, failure.message)
        }
        if failure.mustClose {
            sayBye("The connection cannot be followed any further", out: &out)
        } else {
            countBadCommand(out: &out)
        }
    }

    /// S10: before login nobody needs many tries to say a right word.
    private mutating func countBadCommand(out: inout ResponseWriter) {
        guard state.kind == .notAuthenticated else { return }
        badCommandsBeforeLogin += 1
        if badCommandsBeforeLogin >= context.limits.badCommandsBeforeLogin {
            sayBye("Too many bad commands", out: &out)
        }
    }

    // MARK: The end

    /// BYE, unless half a response stands in the buffer, into which nothing may be put.
    mutating func sayBye(_ text: String, out: inout ResponseWriter) {
        if running?.isInsideResponse != true {
            out.writeUntagged(.bye, text)
        }
        end()
    }

    /// RFC 2180 §3.3. What comes too late, for a mailbox that the session has left, is dropped.
    private mutating func leave(_ eviction: Eviction, out: inout ResponseWriter) {
        guard let view = state.selected?.view, view.mailbox == eviction.mailbox,
            view.openedAt < eviction.position
        else { return }
        sayBye(eviction.reason.text, out: &out)
    }

    /// Gives up everything; the driver flushes and closes.
    mutating func end() {
        guard state.isOpen else { return }
        abandonRunning()
        state.selected?.close()
        state = .loggedOut
        effects.append(.close)
    }

    private mutating func abandonRunning() {
        current = nil
        expectation = .client
        guard var command = running else { return }
        running = nil
        command.abandon(in: &self)
    }
}

extension Eviction.Reason {
    fileprivate var text: String {
        switch self {
        case .deleted(let name): "Mailbox \(name) has been deleted."
        case .renamed(let name): "Mailbox \(name) has been renamed."
        case .revoked: "The mailbox has been withdrawn."
        case .laggedBehind: "Expunged messages are not kept for this session any longer."
        }
    }
}
