import Synchronization

/// Which bodies were compared with their digests since the process started, and which were not what
/// those name. A bounded memory: what was not asked for lately is forgotten, and compared anew.
final class SoundBodies: Sendable {
    /// A body's place; no other body is ever put there.
    struct Place: Hashable, Sendable {
        let segment: UInt32
        let offset: UInt64

        init(_ location: BodyLocation) {
            segment = location.segment
            offset = location.offset
        }
    }

    private struct State {
        /// Together they hold at least the `generation` places asked for last.
        var recent: Set<Place> = []
        var older: Set<Place> = []
        var damaged: Set<Place> = []
    }

    /// Two of these are kept: about 3 MB.
    private let generation: Int
    private static let damagedLimit = 1024

    // Guards the sets: sessions of all event loops ask.
    private let state = Mutex(State())

    init(generation: Int = 32_768) { self.generation = generation }

    func contains(_ place: Place) -> Bool {
        state.withLock { state in
            if state.recent.contains(place) { return true }
            guard state.older.contains(place) else { return false }
            add(place, &state)
            return true
        }
    }

    func insert(_ place: Place) { state.withLock { add(place, &$0) } }

    /// - Returns: true the first time, for a log that tells each once.
    func insertDamaged(_ place: Place) -> Bool {
        state.withLock { state in
            guard state.damaged.count < SoundBodies.damagedLimit else { return false }
            return state.damaged.insert(place).inserted
        }
    }

    var count: Int { state.withLock { $0.recent.count + $0.older.count } }

    private func add(_ place: Place, _ state: inout State) {
        if state.recent.count >= generation {
            state.older = state.recent
            state.recent = Set(minimumCapacity: generation)
        }
        state.recent.insert(place)
    }
}
