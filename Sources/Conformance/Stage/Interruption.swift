import Synchronization

/// Somebody's wish that the kit ends: it does, after it has cleared away what it made.
package final class Interruption: Sendable {
    // Set from a signal's task, read by the scenarios.
    private let isWanted = Atomic(false)

    package init() {}

    package func interrupt() { isWanted.store(true, ordering: .relaxed) }

    package var isInterrupted: Bool { isWanted.load(ordering: .relaxed) }

    /// - Throws: `Interrupted` if it was wished.
    func check() throws {
        if isInterrupted { throw Interrupted() }
    }
}

/// The scenario was left because somebody wished it.
package struct Interrupted: Error {}
