import EventLog

/// How a store is opened.
package struct StoreOptions: Sendable {
    /// A server owns the store: it raises the epoch and keeps every other server out. A tool
    /// appends under the server's epoch, beside it or alone; while it is alone no server starts. A
    /// reader keeps nobody off, for it may stay long and changes nothing.
    package enum Role: Sendable { case server, tool, reader }

    package var role: Role
    /// Address space, not disk: it need not be given back and is never resized.
    package var mapSizeBytes: Int
    /// UTC, nanoseconds since 1970.
    package var nowNanoseconds: @Sendable () -> Int64
    /// Changes decided and committed together at most.
    package var batchLimit: Int
    /// What a session may hold back; only a server's sessions do.
    package var ghostLimits: GhostLimits
    /// Called once, from the writer's thread, when nothing more can be written: stop the process.
    package var whenStopped: @Sendable (StoreError) -> Void
    /// Called for each body that is found damaged as it is read, once.
    package var whenDamaged: @Sendable (StoreError) -> Void

    package init(
        role: Role, mapSizeBytes: Int = 1 << 40,
        nowNanoseconds: @escaping @Sendable () -> Int64 = SystemClock.wall,
        batchLimit: Int = 1024, ghostLimits: GhostLimits = GhostLimits(),
        whenStopped: @escaping @Sendable (StoreError) -> Void = { _ in },
        whenDamaged: @escaping @Sendable (StoreError) -> Void = { _ in }
    ) {
        self.role = role
        self.mapSizeBytes = mapSizeBytes
        self.nowNanoseconds = nowNanoseconds
        self.batchLimit = batchLimit
        self.ghostLimits = ghostLimits
        self.whenStopped = whenStopped
        self.whenDamaged = whenDamaged
    }
}
