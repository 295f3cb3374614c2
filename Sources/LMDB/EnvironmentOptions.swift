/// How an environment is opened.
///
/// What is not here is not offered: no MDB_WRITEMAP, which turns a full disk into SIGBUS, and
/// nothing that gives durability away.
public struct EnvironmentOptions: Sendable {
    /// The most the data may grow to. Address space, not disk or memory: so it is chosen huge once,
    /// and never changed in flight.
    public var mapSizeBytes = 1 << 40

    /// Slots for read transactions that are open at once, of all processes together.
    public var maximumReaders: UInt32 = 510

    /// How many named databases may be opened.
    public var maximumDatabases: UInt32 = 32

    /// Whether the kernel reads ahead. Without it lookups of what is not in memory wait for their own
    /// pages alone, and long walks ask for theirs: `ReadAhead`.
    public var readsAhead = true

    /// Whether only read transactions are allowed. The directory must exist then.
    public var isReadOnly = false

    /// What makes a commit durable.
    public var durability = Durability.flushed

    var journalSizes = JournalSizes()

    public init() {}

    public init(mapSizeBytes: Int) { self.mapSizeBytes = mapSizeBytes }

    public init(isReadOnly: Bool) { self.isReadOnly = isReadOnly }
}
