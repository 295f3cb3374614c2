import MailEvents

/// A change that waits for the writer, with who asked for it and why.
struct PendingChange: Sendable {
    let change: any Change
    let actor: Actor
    let cause: Cause
    let reply: Reply
}
