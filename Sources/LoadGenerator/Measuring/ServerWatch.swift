/// Follows what the server takes while a profile runs: processor time and memory.
///
/// Does nothing when the server's process is not known.
final class ServerWatch {
    private let tree: ProcessTree?
    private var processorStart: Double?
    private var processorTotal: Double?
    private(set) var baseline: ProcessMemory?
    private(set) var peak: ProcessMemory?
    private(set) var after: ProcessMemory?
    private var nextSample: UInt64 = 0

    /// A look at very many processes takes longer than the second between two looks.
    private static let processesToFollow = 200
    private static let intervalNanoseconds: UInt64 = 1_000_000_000

    init(serverPID: Int?) throws { tree = try serverPID.map(ProcessTree.init(root:)) }

    /// Before the sessions of the profile are opened.
    func noteBaseline() {
        baseline = tree?.memory()
        peak = baseline
        after = nil
    }

    func startProcessorTime() { processorStart = tree?.processorMicroseconds() }

    func stopProcessorTime() {
        guard let tree, let processorStart else { return }
        processorTotal = tree.processorMicroseconds() - processorStart
    }

    /// Microseconds between start and stop.
    var processorMicroseconds: Double? { processorTotal }

    /// Looks at the memory if a second has gone by since the last look.
    func sampleIfDue(now: UInt64) {
        guard let tree, now >= nextSample else { return }
        nextSample = now + ServerWatch.intervalNanoseconds
        guard tree.count <= ServerWatch.processesToFollow else { return }
        sample()
    }

    /// Looks at the memory: the sessions are still open.
    func sample() {
        guard let memory = tree?.memory() else { return }
        guard let before = peak else { return peak = memory }
        peak = ProcessMemory(
            proportional: max(before.proportional, memory.proportional),
            anonymous: max(before.anonymous, memory.anonymous))
    }

    /// After the profile, sessions closed and mail removed.
    func noteAfter() { after = tree?.memory() }
}
