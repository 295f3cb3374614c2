/// A store began: the first event of every log.
package struct StoreCreated: Hashable, Sendable {
    /// 16 random bytes, the store's name for ever; copies of the store share it.
    package var storeID: [UInt8]

    package init(storeID: [UInt8]) {
        self.storeID = storeID
    }

    /// Bytes in `storeID`.
    package static let storeIDBytes = 16
}
