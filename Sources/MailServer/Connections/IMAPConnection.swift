import IMAPCodec
import IMAPSession
import Logging
import MailboxStore
import NIOCore

/// One client's connection: bytes in, to the decoder, to the session, and bytes out. Thin on purpose.
///
/// Everything happens on the connection's event loop. Nothing is decoded ahead of what the session
/// wants, nothing is produced that the client does not take, and reading stops while the input
/// buffer is full: so a client costs what `BufferLimits` say and no more (S19, S21).
final class IMAPConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let id: UInt64
    let loop: ConnectionLoop
    /// The client's, without its port.
    let address: String
    /// UTC in nanoseconds.
    let since: Int64
    var session: Session
    var decoder = CommandDecoder()
    var context: ChannelHandlerContext?
    var phase = Phase.open
    var clock: ConnectionClock
    /// Read and not yet decoded.
    var input = ByteBuffer()
    var out = ResponseWriter()
    /// By `ConnectionCounts`, as of connecting and of login.
    var isCounted = false
    var countedUser: String?
    var lastCommand: CommandKind?
    var body: BodyFlow?
    var job: Cancellation?
    var news = NewsWatch()

    /// At most one effect asks for an answer at a time.
    private var pendingAnswer: Answer?
    private var isPumping = false
    /// Within a read of the channel: what is written is flushed at its end, once.
    private var isInRead = false
    private var isReadPending = false
    private var isTurnOver = false
    /// The decoder needs more bytes to go on.
    private(set) var isHungry = false
    private var inputEnded = false

    enum Phase: Equatable {
        case open
        /// All was said; the client is given time to read it and close.
        case lingering(since: NIODeadline)
        case closed
    }

    init(_ context: SessionContext, id: UInt64, address: String, loop: ConnectionLoop) {
        self.id = id
        self.address = address
        self.loop = loop
        session = Session(context: context)
        since = loop.services.store.options.nowNanoseconds()
        clock = ConnectionClock(.now())
    }

    var services: ServerServices { loop.services }
    var buffers: BufferLimits { services.configuration.buffers }
    var bound: NIOLoopBound<IMAPConnection> { NIOLoopBound(self, eventLoop: loop.eventLoop) }
}

/// The channel's events.
extension IMAPConnection {
    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        loop.add(self)
        takeOutputBuffer()
        if let refusal = services.counts.enter(address) {
            refuse(refusal)
        } else {
            isCounted = true
            session.greet(into: &out)
        }
        pump()
    }

    /// Never silent: S11.
    private func refuse(_ reason: String) {
        services.metrics.refused()
        services.logger.warning(
            "connection refused: \(reason)", metadata: ["address": "\(address)"])
        out.writeUntagged(.bye, code: .unavailable, reason)
        feed(.connectionClosed)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isReadPending = false
        isInRead = true
        var bytes = unwrapInboundIn(data)
        guard phase == .open else { return }
        clock.took(
            bytes.readableBytes, beginsCommand: !isWithinCommand, at: loop.now,
            enough: buffers.progressBytes)
        if input.readableBytes == 0 {
            input = bytes
        } else {
            input.writeBuffer(&bytes)
        }
        pump()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReadPending = false
        isInRead = false
        let isAnswered = out.buffer.readableBytes > 0
        flush()
        if !isAnswered { acknowledgePart() }
        readOn()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        clock.outputMoved(at: loop.now)
        if context.channel.isWritable { pump() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(.inputClosed) = event as? ChannelEvent {
            // A client may end its side first and still want its answers.
            inputEnded = true
            if phase == .open { pump() } else { cut() }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        phase = .closed
        receive(.connectionClosed)
        release()
        loop.remove(self)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        services.logger.debug(
            "connection broke", metadata: ["session": "\(id)", "error": "\(error)"])
        context.close(promise: nil)
    }
}

/// The session's inputs.
extension IMAPConnection {
    /// An input from outside: an answer, news, time, the end.
    func receive(_ input: SessionInput) {
        feed(input)
        pump()
    }

    func answer(_ answer: Answer) {
        pendingAnswer = answer
        pump()
    }

    /// Goes on with whatever can go on; flushes unless a read of the channel will.
    func pump() {
        guard !isPumping else { return }
        isPumping = true
        var turn = Turn(buffers)
        while step(&turn) {}
        isPumping = false
        if inputEnded, isHungry, session.wantsClientEvents, pendingAnswer == nil {
            feed(.connectionClosed)
        }
        compactInput()
        if !isInRead {
            flush()
            readOn()
        }
    }

    /// - Returns: whether there may be more to do.
    private func step(_ turn: inout Turn) -> Bool {
        guard session.state.isOpen else { return false }
        if turn.isOver {
            continueLater()
            return false
        }
        if out.buffer.readableBytes >= buffers.outputPieceBytes || session.wantsRoom {
            // A step that asks for room has cost time, however little it wrote.
            turn.wrote(max(out.buffer.readableBytes, buffers.outputPieceBytes))
            turn.wentOn()
            flush()
        }
        guard context?.channel.isWritable == true else { return false }
        if let answer = pendingAnswer {
            // What it leads to is for the client as well: a FETCH that goes from job to job would fill
            // the channel of one that does not read.
            pendingAnswer = nil
            feed(.answer(answer))
        } else if news.isDue {
            news.isDue = false
            feed(.news)
        } else if session.wantsRoom {
            feed(.room)
        } else {
            return decode(&turn)
        }
        return true
    }

    private func decode(_ turn: inout Turn) -> Bool {
        guard session.wantsClientEvents, body?.hasRoom != false else { return false }
        guard let event = decoder.next(from: &input) else {
            if !isHungry { clock.commandMoved(at: loop.now) }
            isHungry = true
            return false
        }
        isHungry = false
        note(event)
        turn.began()
        feed(.client(event))
        return true
    }

    private func feed(_ input: SessionInput) {
        takeOutputBuffer()
        session.receive(input, now: services.store.options.nowNanoseconds(), out: &out)
        for effect in session.takeEffects() { perform(effect) }
    }

    /// For metrics and `who`.
    private func note(_ event: CommandEvent) {
        switch event {
        case .command(let tagged): lastCommand = CommandKind(tagged.command)
        case .appendBegan(_, let header) where header.messageIndex == 0: lastCommand = .append
        case .appendBytes(let bytes):
            services.metrics.appended(bytes.readableBytes)
            return
        default: return
        }
        clock.commandMoved(at: loop.now)
        if let lastCommand { services.metrics.count(lastCommand) }
    }

    /// The other connections of the loop get their turn first.
    private func continueLater() {
        guard !isTurnOver else { return }
        isTurnOver = true
        loop.giveTurnLater(self)
    }

    func takeTurn() {
        isTurnOver = false
        pump()
    }
}

/// The buffers.
extension IMAPConnection {
    /// Whether the client has begun something that it has not ended.
    var isWithinCommand: Bool { input.readableBytes > 0 || body != nil }

    private func takeOutputBuffer() {
        if out.buffer.capacity == 0 { out.buffer = loop.takeOutput() }
    }

    func flush() {
        guard out.buffer.capacity > 0 else { return }
        let bytes = out.buffer
        out.buffer = ByteBuffer()
        if bytes.readableBytes > 0, let context {
            clock.wrote(at: loop.now)
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        }
        loop.giveBack(bytes)
    }

    /// Asks the channel for more while the session needs it or the buffer has room.
    private func readOn() {
        guard !isReadPending, !inputEnded, let context, wantsInput else { return }
        isReadPending = true
        context.read()
    }

    private var wantsInput: Bool {
        guard phase == .open else { return phase != .closed }
        if isHungry, session.wantsClientEvents { return true }
        let isStranger = session.state.kind == .notAuthenticated
        return input.readableBytes
            < (isStranger ? buffers.inputBytesBeforeLogin : buffers.inputBytes)
    }

    /// Lets go of memory that a resting connection does not need.
    private func compactInput() {
        let count = input.readableBytes
        if count == 0 {
            input = ByteBuffer()
        } else if input.readerIndex > 0, count <= input.capacity / 4 {
            input = ByteBuffer(bytes: input.readableBytesView)
        }
    }
}
