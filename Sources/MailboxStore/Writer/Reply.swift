/// Who is told what became of a change, and where.
package struct Reply: Sendable {
    let lane: any ReplyLane
    let deliver: @Sendable (ChangeOutcome) -> Void

    package init(
        on lane: any ReplyLane, _ deliver: @escaping @Sendable (ChangeOutcome) -> Void
    ) {
        self.lane = lane
        self.deliver = deliver
    }
}

/// The answers of one batch, gathered by lane: one hop per event loop and batch.
struct ReplyBatch {
    private var lanes: [ObjectIdentifier: (lane: any ReplyLane, answers: [Answer])] = [:]

    private struct Answer: Sendable {
        let deliver: @Sendable (ChangeOutcome) -> Void
        let outcome: ChangeOutcome
    }

    mutating func add(_ reply: Reply, _ outcome: ChangeOutcome) {
        let answer = Answer(deliver: reply.deliver, outcome: outcome)
        lanes[ObjectIdentifier(reply.lane), default: (reply.lane, [])].answers.append(answer)
    }

    consuming func deliver() {
        for (lane, answers) in lanes.values {
            lane.execute { for answer in answers { answer.deliver(answer.outcome) } }
        }
    }
}

/// Delivers on the writer's own thread: for tools that wait, and for what nobody waits for.
final class WriterLane: ReplyLane {
    func execute(_ work: @escaping @Sendable () -> Void) { work() }
}
