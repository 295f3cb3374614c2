import MailModel

/// What a STORE does to one row's flags, with its keywords already turned into bits.
package struct FlagEdit {
    private let operation: FlagOperation
    private let system: SystemFlags
    private let bits: KeywordBits
    /// A keyword is named that no message of this mailbox has ever had.
    private let hasUnknownKeyword: Bool

    /// - Parameter table: the mailbox's keywords; ones it lacks are only noted.
    package init(operation: FlagOperation, flags: FlagSet, table: KeywordTable) {
        self.operation = operation
        system = flags.system
        var bits = KeywordBits()
        var unknown = false
        for index in table.indices(of: flags.keywords) {
            if let index { bits.insert(index) } else { unknown = true }
        }
        self.bits = bits
        hasUnknownKeyword = unknown
    }

    /// Whether the row's flags would differ afterwards.
    package func changes(_ row: MessageRowView) -> Bool {
        if hasUnknownKeyword, operation != .remove { return true }
        return system(after: row.flags) != row.flags || changesKeywords(row.keywordBytes)
    }

    package func apply(to row: inout MessageRow) {
        row.flags = system(after: row.flags)
        guard row.keywords.bytes.withUnsafeBytes({ changesKeywords($0) }) else { return }
        row.keywords = row.keywords.bytes.withUnsafeBytes {
            KeywordBits(bytes: keywords(after: $0))
        }
    }

    private func system(after old: SystemFlags) -> SystemFlags {
        switch operation {
        case .replace: system
        case .add: old.union(system)
        case .remove: old.subtracting(system)
        }
    }

    private func changesKeywords(_ old: UnsafeRawBufferPointer) -> Bool {
        switch operation {
        case .replace: !old.elementsEqual(bits.bytes)
        case .add: bits.bytes.indices.contains { bits.bytes[$0] & ~byte(old, $0) != 0 }
        case .remove: bits.bytes.indices.contains { bits.bytes[$0] & byte(old, $0) != 0 }
        }
    }

    private func keywords(after old: UnsafeRawBufferPointer) -> [UInt8] {
        switch operation {
        case .replace:
            return bits.bytes
        case .add:
            let longer = Swift.max(old.count, bits.bytes.count)
            return (0..<longer).map { byte(old, $0) | ($0 < bits.bytes.count ? bits.bytes[$0] : 0) }
        case .remove:
            return KeywordBits(
                bytes: old.indices.map {
                    old[$0] & ~($0 < bits.bytes.count ? bits.bytes[$0] : 0)
                }
            ).bytes
        }
    }

    private func byte(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt8 {
        index < bytes.count ? bytes[index] : 0
    }
}
