import Glibc

/// One of the two pages at the start of LMDB's file that say which state is the newest: where the
/// roots of the trees are, and how many transactions led there.
///
/// Commits take turns with them, so the state before the newest is there too. The layout is that of
/// LMDB 0.9 (MDB_DATA_VERSION 1), in the machine's byte order: page header 16 bytes, magic u32,
/// version u32, address u64, map size u64, two database records of 48 bytes, last page u64,
/// transaction u64.
struct MetaPage: Equatable {
    static let sizeBytes = 152
    private static let magic: UInt32 = 0xBEEF_C0DE
    private static let version: UInt32 = 1

    private(set) var bytes: [UInt8]

    /// - Returns: nil when the bytes are no meta page of that format.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.sizeBytes else { return nil }
        self.bytes = bytes
        guard number(at: 16, UInt32.self) == Self.magic,
            number(at: 20, UInt32.self) == Self.version,
            (512...65536).contains(pageBytes)
        else { return nil }
    }

    /// The commit that made this state.
    var transaction: UInt64 { number(at: 144, UInt64.self) }
    var pageBytes: Int { Int(number(at: 40, UInt32.self)) }
    private var lastPage: UInt64 { number(at: 136, UInt64.self) }

    /// How long the file must be at least; nil when it cannot be.
    var fileBytes: UInt64? {
        let end = lastPage.addingReportingOverflow(1)
        let bytes = end.partialValue.multipliedReportingOverflow(by: UInt64(pageBytes))
        return end.overflow || bytes.overflow ? nil : bytes.partialValue
    }

    private func number<Number: FixedWidthInteger>(at offset: Int, _: Number.Type) -> Number {
        bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
    }

    private mutating func set<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: number, toByteOffset: offset, as: Number.self)
        }
    }

    /// The same state on the page `slot` of the file, said to be of an earlier transaction when
    /// that page is not the transaction's own.
    private func placed(in slot: UInt64) -> MetaPage {
        var page = self
        page.set(slot, at: 0)
        if transaction % 2 != slot, transaction > 0 { page.set(transaction - 1, at: 144) }
        return page
    }
}

extension MetaPage {
    /// The newer of a file's two meta pages; nil when there is none.
    static func newest(in file: Int32) -> MetaPage? {
        guard let first = read(file, at: 0) else { return nil }
        guard let second = read(file, at: first.pageBytes) else { return first }
        return second.transaction > first.transaction ? second : first
    }

    /// The meta page that a given transaction wrote; nil when it is not there any more.
    static func of(_ transaction: UInt64, in file: Int32, pageBytes: Int) -> MetaPage? {
        let page = read(file, at: transaction % 2 == 0 ? 0 : pageBytes)
        return page?.transaction == transaction ? page : nil
    }

    /// Makes this state the newest one of the file, durably.
    ///
    /// - Returns: false when the file cannot be written; `errno` says why.
    func restore(in file: Int32) -> Bool {
        for slot in [UInt64(0), 1] {
            let page = placed(in: slot)
            let place = off_t(slot) * off_t(pageBytes)
            guard pwrite(file, page.bytes, page.bytes.count, place) == page.bytes.count else {
                return false
            }
        }
        return fdatasync(file) == 0
    }

    private static func read(_ file: Int32, at offset: Int) -> MetaPage? {
        var bytes = [UInt8](repeating: 0, count: sizeBytes)
        guard pread(file, &bytes, sizeBytes, off_t(offset)) == sizeBytes else { return nil }
        return MetaPage(bytes)
    }
}
