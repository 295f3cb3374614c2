/// When a commit is durable, and by which flushes.
///
/// LMDB's own commit takes two flushes, one after another: the pages, then the meta page that makes
/// them the newest state. A journal needs one, of a few kilobytes in one place: what a transaction
/// did is written there first, and LMDB's pages reach the disk behind it, many commits at a time
/// (`Schemas/journal.md`).
public enum Durability: Sendable {
    /// LMDB's own two flushes. The environment has no journal and no checkpoints.
    case flushed

    /// LMDB's own two flushes and a checkpoint, for tools beside or instead of the process that
    /// journals: what that one journaled must not be restored over what they commit.
    case checkpointed(any AttachedFiles)

    /// One flush, of the journal. One process at a time may have an environment open like this.
    case journaled(any AttachedFiles)

    var files: (any AttachedFiles)? {
        switch self {
        case .flushed: nil
        case .checkpointed(let files), .journaled(let files): files
        }
    }

    var isJournaled: Bool {
        if case .journaled = self { true } else { false }
    }
}

/// Files beside the environment whose bytes must be as durable as the commits that name them.
///
/// A transaction may put some of their bytes into the journal (`WriteTransaction.attach`); until the
/// next checkpoint these are then durable there.
public protocol AttachedFiles: Sendable {
    /// Writes bytes that were attached again, as after a crash; `synchronize` follows.
    func restore(_ attachment: UnsafeRawBufferPointer) throws

    /// Makes everything that was written to the files durable. Called by any thread.
    func synchronize() throws
}
