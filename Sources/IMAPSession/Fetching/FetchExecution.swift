import IMAPCodec
import MailModel
import MailboxStore

/// FETCH as it is carried out: writes until the out-buffer is full, stops, and goes on.
///
/// Messages that get `\Seen` are taken in chunks: first the change, then the responses with the new
/// flags. Within a chunk each snapshot is kept for one filling of the out-buffer at most.
struct FetchExecution: RunningCommand {
    let plan: FetchPlan
    let selected: SelectedMailbox
    let user: LoggedInUser

    /// Not begun yet.
    var rest: UIDSet
    /// Expunged, to be answered with NIL responses: RFC 2180 §4.1.3.
    var nilAnswers: ArraySlice<UInt32> = []
    /// Expunges up to this one the policy has been asked about.
    var judgedExpunges = LogPosition.start
    var walk: MessageWalk?
    /// Those that this command has given `\Seen`: their flags are shown, asked for or not.
    var marked = UIDSet()
    let markedItems: FetchPlan.RowItems

    var current: MessageInProgress?
    /// What is known of a message that had to be taken apart.
    var taken: TakenApart?
    /// What must be done before it can go on.
    var blocked: (any BodyJob)?
    /// A message whose bytes could not be read when it was to be taken apart.
    var damaged: EmailID?
    var flaws: FetchFlaws = []
    /// A literal was announced and cannot be had: the connection must end.
    var isBroken = false
    /// What this step may still visit; looking into bytes costs as many visits as take the same time.
    var visitsLeft = 0

    /// Messages that get `\Seen` in one change.
    static let markChunk = 1000
    /// Messages visited in one step, whether or not CHANGEDSINCE leaves any to tell: some
    /// milliseconds, then others may get their turn.
    private static let visitsPerStep = 10_000
    /// Items that may all be written before a look at the out-buffer.
    static let fewItems = 16

    /// Counts bytes that are looked through: 64 take about as long as a row.
    mutating func spend(bytes: UInt64) { visitsLeft -= Int(clamping: bytes / 64) }

    init(
        _ plan: FetchPlan, of uids: UIDSet, in selected: SelectedMailbox, by user: LoggedInUser,
        isCondStoreAware: Bool
    ) {
        self.plan = plan
        self.selected = selected
        self.user = user
        rest = uids
        markedItems = plan.row.union(isCondStoreAware ? [.flags, .modSeq] : .flags)
    }

    var isInsideResponse: Bool { current != nil || isBroken }

    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        switch resumption {
        case .answer(.changed(let outcome)): note(outcome)
        case .answer(.job(let result)): take(result as? BodyJobOutcome ?? .cancelled)
        case .begin, .room, .answer, .client, .news: break
        }
        let step = produce(in: &session, out: &out)
        guard isBroken else { return step }
        session.end()
        return .finished(.no("The message's bytes cannot be read", code: .corruption))
    }

    private mutating func produce(in session: inout Session, out: inout ResponseWriter) -> Step {
        visitsLeft = FetchExecution.visitsPerStep
        while !isBroken {
            if let job = blocked {
                blocked = nil
                guard job.isQuick else {
                    session.ask(.run(job))
                    return .waiting(for: .answer)
                }
                spend(bytes: job.costBytes)
                take(job.outcome { false })
            }
            guard hasMore else { break }
            if session.isFull(out) || visitsLeft <= 0 { return .waiting(for: .room) }
            if current != nil {
                writeCurrent(in: session, out: &out)
            } else if let walk, !walk.isAtEnd {
                do throws(StoreError) {
                    if let end = try judgeExpunged(in: session) { return .finished(end) }
                    if plan.needsRowOnly, marked.isEmpty {
                        try walkRows(in: session, out: &out)
                    } else {
                        try walkOn(in: session, out: &out)
                    }
                } catch {
                    return .finished(Completion(error))
                }
            } else if let uid = nilAnswers.popFirst() {
                spend(bytes: UInt64(64 * plan.contents.count))
                let number = UInt32(clamping: selected.view.sequenceNumber(of: uid) ?? 0)
                plan.writeNIL(uid, sequenceNumber: number, to: &out)
            } else if let step = beginChunk(in: &session) {
                return step
            }
        }
        noteMissing()
        return .finished(flaws.completion)
    }

    private var hasMore: Bool {
        current != nil || walk?.isAtEnd == false || !nilAnswers.isEmpty || !rest.isEmpty
    }
}

/// What jobs give.
extension FetchExecution {
    private mutating func take(_ outcome: BodyJobOutcome) {
        if case .apart(let apart) = outcome {
            damaged = nil
            taken = apart
            selected.known = KnownStructure(apart)
            return
        }
        do throws(StoreError) {
            try current?.take(outcome)
        } catch {
            isBroken = true
        }
    }
}
