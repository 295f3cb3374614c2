import LMDB
import Testing

@Suite struct KeyTests {
    @Test(arguments: [
        (0 as UInt64, 1 as UInt64), (255, 256), (0xFFFF_FFFF, 0x1_0000_0000),
        (UInt64.max - 1, UInt64.max),
    ])
    func numbersSortAsTheirBytes(less: UInt64, greater: UInt64) {
        #expect(less.keyBytes.lexicographicallyPrecedes(greater.keyBytes))
    }

    @Test func fieldsOfATupleFollowOneAnother() {
        let key = KeyTuple(1 as UInt64, 2 as UInt32, 3 as UInt8, [4, 5] as [UInt8])
        #expect(key.keyBytes == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 3, 4, 5])
    }

    @Test func aReaderTakesBackWhatAWriterWrote() {
        KeyTuple(7 as UInt64, 8 as UInt32, "box").keyBytes.withUnsafeBytes { bytes in
            var reader = KeyReader(bytes)
            #expect(reader.uint64() == 7)
            #expect(reader.uint32() == 8)
            #expect(!reader.isAtEnd)
            #expect(Array(reader.rest()) == Array("box".utf8))
            #expect(reader.isAtEnd)
        }
    }

    @Test func aReaderAnswersNilBeyondTheEnd() {
        [1 as UInt8, 2, 3].withUnsafeBytes { bytes in
            var reader = KeyReader(bytes)
            #expect(reader.uint32() == nil)
            #expect(reader.bytes(4) == nil)
            #expect(reader.bytes(-1) == nil)
            #expect(reader.bytes(3)?.count == 3)
            #expect(reader.uint8() == nil)
        }
    }

    @Test(arguments: [0, 512, 100_000])
    func keysOfImpossibleLengthAreRefused(length: Int) throws {
        let store = try TemporaryEnvironment()
        let key = [UInt8](repeating: 7, count: length)
        let error = #expect(throws: LMDBError.self) { try store.put([key]) }
        #expect(error?.kind == .badSize)
    }

    @Test func theLongestKeyIsKept() throws {
        let store = try TemporaryEnvironment()
        let key = [UInt8](repeating: 7, count: KeyWriter.maximumBytes)
        try store.put([key])
        let found = try store.environment.read { try $0.get(store.database, key)?.count }
        #expect(found == 1)
    }
}
