import Testing

@testable import LMDB

@Suite struct PanicTests {
    /// LMDB itself refuses everything once its meta page could not be written: MDB_PANIC.
    @Test func aPanicIsNothingToGoOnAfter() {
        let error = LMDBError(code: -30795, operation: "begin writing")
        #expect(!error.isRecoverable)
    }
}
