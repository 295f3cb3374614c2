import MailboxStore
import NIOCore
import NIOPosix

/// One message of APPEND on its way from the socket into the store. Used on its event loop only.
///
/// What stays in memory is taken at once. Once it goes to a spool file the pieces queue for a thread,
/// in order; while too many wait the connection stops reading (S4).
final class BodyFlow {
    /// Above this, ending a body (hashing and parsing what is in memory) is work for a thread.
    private static let quickFinishBytes: UInt64 = 32 << 10

    private let intake: BodyIntake
    private let services: ServerServices
    private let eventLoop: any EventLoop
    /// Called whenever there may be room again.
    private let moved: () -> Void
    private var waiting: [ByteBuffer] = []
    private var queuedBytes = 0
    private var isBusy = false
    private var isAbandoned = false
    private var failure: StoreError?
    private var finish: ((Result<IncomingBody, StoreError>) -> Void)?

    init(_ services: ServerServices, eventLoop: any EventLoop, moved: @escaping () -> Void) {
        self.services = services
        self.eventLoop = eventLoop
        self.moved = moved
        intake = services.store.bodies.makeIntake()
    }

    /// Whether more may be fed now.
    var hasRoom: Bool { queuedBytes < services.configuration.buffers.bodyQueueBytes }

    func feed(_ piece: ByteBuffer) {
        guard failure == nil, !isAbandoned else { return }
        guard !isBusy, !intake.willSpool(piece.readableBytes) else {
            waiting.append(piece)
            queuedBytes += piece.readableBytes
            return work()
        }
        failure = BodyFlow.feed([piece], to: intake)
    }

    /// `deliver` is called once, now or later.
    func finish(_ deliver: @escaping (Result<IncomingBody, StoreError>) -> Void) {
        finish = deliver
        work()
    }

    /// `deliver` of `finish` is not called any more.
    func abandon() {
        isAbandoned = true
        waiting = []
        finish = nil
        work()
    }

    /// The next thing to do, one at a time, so that they stay in order.
    private func work() {
        guard !isBusy else { return }
        if isAbandoned { return giveUp() }
        if !waiting.isEmpty { return spool() }
        guard let deliver = finish else { return }
        finish = nil
        if let failure { return deliver(.failure(failure)) }
        if !intake.isSpooling, intake.sizeBytes <= BodyFlow.quickFinishBytes {
            return deliver(BodyFlow.end(intake))
        }
        finishOnThread(deliver)
    }

    private func spool() {
        let pieces = waiting
        waiting = []
        onThread {
            BodyFlow.feed(pieces, to: $0)
        } then: { flow, failure in
            flow.queuedBytes -= pieces.reduce(0) { $0 + $1.readableBytes }
            flow.failure = flow.failure ?? failure
        }
    }

    private func finishOnThread(_ deliver: @escaping (Result<IncomingBody, StoreError>) -> Void) {
        let deliver = NIOLoopBound(deliver, eventLoop: eventLoop)
        onThread {
            BodyFlow.end($0)
        } then: { flow, result in
            if !flow.isAbandoned { deliver.value(result) }
        }
    }

    /// A spool file that goes is a directory changed: no work for an event loop.
    private func giveUp() {
        guard intake.isSpooling else { return intake.abandon() }
        let intake = intake
        services.diskThreads.submit { _ in intake.abandon() }
    }

    private func onThread<Result: Sendable>(
        _ body: @escaping @Sendable (BodyIntake) -> Result,
        then: @escaping @Sendable (BodyFlow, Result) -> Void
    ) {
        isBusy = true
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let (intake, eventLoop) = (intake, eventLoop)
        // A pool that is stopping still runs this: the connection then ends by itself.
        services.diskThreads.submit { _ in
            let result = body(intake)
            eventLoop.execute {
                let flow = bound.value
                flow.isBusy = false
                then(flow, result)
                flow.work()
                flow.moved()
            }
        }
    }

    private static func feed(_ pieces: [ByteBuffer], to intake: BodyIntake) -> StoreError? {
        do throws(StoreError) {
            for piece in pieces {
                try piece.withBytes { bytes throws(StoreError) in try intake.feed(bytes) }
            }
            return nil
        } catch {
            return error
        }
    }

    private static func end(_ intake: BodyIntake) -> Result<IncomingBody, StoreError> {
        do throws(StoreError) { return .success(try intake.finish()) } catch {
            return .failure(error)
        }
    }
}

extension ByteBuffer {
    /// `withUnsafeReadableBytes`, with errors of one type.
    fileprivate func withBytes(
        _ body: (UnsafeRawBufferPointer) throws(StoreError) -> Void
    ) throws(StoreError) {
        let result = withUnsafeReadableBytes { bytes -> Result<Void, StoreError> in
            do throws(StoreError) { return .success(try body(bytes)) } catch {
                return .failure(error)
            }
        }
        try result.get()
    }
}
