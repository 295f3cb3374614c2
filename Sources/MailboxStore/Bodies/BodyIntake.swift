import Glibc
import MIME
import MailEvents
import Synchronization

/// Takes in one APPEND literal, piece by piece, in bounded memory: RELIABILITY S4.
///
/// Up to `memoryLimitBytes` the bytes stay in memory. A longer body goes to a spool file, written in
/// pieces of that size, which the store adopts as it is: its bytes are written once. Calls that
/// reach the file block, so a connection asks `willSpool` first and makes them off its event
/// loop. One call at a time; dropping the intake abandons the body.
package final class BodyIntake: Sendable {
    package static let memoryLimitBytes = 256 << 10

    private struct State {
        var gathered: [UInt8] = []
        var hasher = BodyHasher()
        var sizeBytes: UInt64 = 0
        var spool: SpoolFile?
        var largestGathered = 0
    }

    private let directory: SegmentDirectory
    // Guards the body against calls from an event loop and a thread of a pool at once.
    private let state = Mutex(State())

    init(_ directory: SegmentDirectory) { self.directory = directory }

    /// Whether feeding this many bytes more would block on the disk.
    package func willSpool(_ byteCount: Int) -> Bool {
        state.withLock { $0.gathered.count + byteCount > BodyIntake.memoryLimitBytes }
    }

    /// Whether there is a spool file, so that `finish` and `abandon` block on the disk.
    package var isSpooling: Bool { state.withLock { $0.spool != nil } }

    package var sizeBytes: UInt64 { state.withLock { $0.sizeBytes } }

    /// The most bytes that were ever held in memory.
    package var largestGatheredBytes: Int { state.withLock { $0.largestGathered } }

    /// Takes the next bytes; copies them.
    ///
    /// - Throws: `StoreError.diskFull` and others of the disk. The body is lost then: abandon it.
    package func feed(_ bytes: UnsafeRawBufferPointer) throws(StoreError) {
        try state.withLock { state throws(StoreError) in
            state.hasher.update(bytes)
            state.sizeBytes += UInt64(bytes.count)
            if state.gathered.count + bytes.count > BodyIntake.memoryLimitBytes {
                try spool(&state, bytes)
            } else {
                state.gathered.append(contentsOf: bytes)
                state.largestGathered = max(state.largestGathered, state.gathered.count)
            }
        }
    }

    package func feed(_ bytes: [UInt8]) throws(StoreError) {
        try bytes.span.bytes.withUnsafeBytes { bytes throws(StoreError) in try feed(bytes) }
    }

    /// Ends the body: hashes, parses and, when it was spooled, makes it durable.
    package func finish() throws(StoreError) -> IncomingBody {
        try state.withLock { state throws(StoreError) in
            let digest = state.hasher.finish()
            let finished = state
            state = State()
            guard let spool = finished.spool else {
                let summary = finished.gathered.withUnsafeBytes { MessageSummary(of: $0).encoded() }
                return IncomingBody(
                    digest: digest, sizeBytes: finished.sizeBytes, summary: summary,
                    storage: .memory(finished.gathered))
            }
            try spool.finish(digest: digest, sizeBytes: finished.sizeBytes, rest: finished.gathered)
            let summary = try spool.withBody(sizeBytes: finished.sizeBytes) {
                MessageSummary(of: $0).encoded()
            }
            return IncomingBody(
                digest: digest, sizeBytes: finished.sizeBytes, summary: summary,
                storage: .spooled(spool))
        }
    }

    /// Gives up the body; its spool file goes.
    package func abandon() { state.withLock { $0 = State() } }

    private func spool(_ state: inout State, _ bytes: UnsafeRawBufferPointer) throws(StoreError) {
        let spool: SpoolFile
        if let existing = state.spool {
            spool = existing
        } else {
            spool = try SpoolFile(in: directory)
            state.spool = spool
        }
        let written = state.sizeBytes - UInt64(bytes.count) - UInt64(state.gathered.count)
        try state.gathered.span.bytes.withUnsafeBytes { gathered throws(StoreError) in
            try spool.write(gathered, at: written)
        }
        try spool.write(bytes, at: written + UInt64(state.gathered.count))
        state.gathered.removeAll(keepingCapacity: true)
    }
}
