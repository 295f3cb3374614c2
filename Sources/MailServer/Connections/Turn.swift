/// How much a connection may do in one go.
struct Turn {
    private var bytes: Int
    private var commands: Int

    init(_ limits: BufferLimits) {
        bytes = limits.turnBytes
        commands = limits.turnCommands
    }

    var isOver: Bool { bytes <= 0 || commands <= 0 }

    mutating func wrote(_ count: Int) { bytes -= count }
    mutating func began() { commands -= 1 }
}
