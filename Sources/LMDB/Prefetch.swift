import CLMDB

extension UnsafeRawBufferPointer {
    /// Asks the processor to bring these bytes near without waiting for them: the next reading of
    /// them, a little later, then finds them there.
    ///
    /// Worth its while for what is scattered over a large map and known a few dozen steps ahead.
    ///
    /// - Parameter limit: how many bytes at most, from the start.
    @inlinable
    package func prefetch(upTo limit: Int) {
        guard let baseAddress else { return }
        for offset in stride(from: 0, to: Swift.min(count, limit), by: 64) {
            hindsight_prefetch(baseAddress + offset)
        }
    }
}
