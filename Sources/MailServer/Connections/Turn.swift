import NIOCore

/// How much a connection may do in one go.
struct Turn {
    private let limits: BufferLimits
    private var bytes = 0
    private var commands = 0
    /// nil until there is more to do than one step: the clock is not asked for a lone command.
    private var end: NIODeadline?
    private var isLate = false

    private static let commandsBetweenLooks = 8

    init(_ limits: BufferLimits) { self.limits = limits }

    var isOver: Bool {
        isLate || bytes >= limits.turnBytes || commands >= limits.turnCommands
    }

    mutating func wrote(_ count: Int) { bytes += count }

    mutating func began() {
        commands += 1
        if commands == 2 || commands % Turn.commandsBetweenLooks == 0 { wentOn() }
    }

    /// However little was written, it may have taken long.
    mutating func wentOn() {
        let now = NIODeadline.now()
        guard let end else {
            end = now + TimeAmount(limits.turnDuration)
            return
        }
        isLate = now >= end
    }
}
