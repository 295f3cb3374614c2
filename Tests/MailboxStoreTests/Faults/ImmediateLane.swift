import MailboxStore

/// Delivers on the writer's own thread, so that a test acts between two of its batches.
final class ImmediateLane: ReplyLane {
    func execute(_ work: @escaping @Sendable () -> Void) { work() }
}
