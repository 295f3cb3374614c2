import NIOCore

/// How much a connection may do in one go.
struct Turn {
    private var bytes: Int
    private var commands: Int
    private let duration: Duration
    /// nil until a command has needed more than one step: the clock is not asked for short ones.
    private var end: NIODeadline?
    private var isLate = false

    init(_ limits: BufferLimits) {
        bytes = limits.turnBytes
        commands = limits.turnCommands
        duration = limits.turnDuration
    }

    var isOver: Bool { bytes <= 0 || commands <= 0 || isLate }

    /// A command goes on: however little it writes, it may have taken long.
    mutating func wentOn(at now: NIODeadline) {
        guard let end else {
            end = now + TimeAmount(duration)
            return
        }
        isLate = now >= end
    }

    mutating func wrote(_ count: Int) { bytes -= count }
    mutating func began() { commands -= 1 }
}
