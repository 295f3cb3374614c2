import MailModel

/// The keywords ever used in one mailbox; a keyword's index is its bit in the message rows.
///
/// Only grows while the mailbox lives, up to `most`.
package struct KeywordTable: StoredRow, Hashable, Sendable {
    package private(set) var keywords: [Keyword]

    /// Every table is read whole for each STORE and for telling flags, and FLAGS names it whole: a
    /// client that invents keywords without end would cost everybody. No person has so many.
    package static let most = 4096

    package init() { keywords = [] }

    /// - Returns: nil when the bytes are no keyword table.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        var row = RowReader(bytes)
        keywords = []
        while row.remaining > 0 {
            guard let length: UInt8 = row.next(), let text = row.next(count: Int(length)),
                let name = String(validating: text, as: UTF8.self), let keyword = Keyword(name)
            else { return nil }
            keywords.append(keyword)
        }
    }

    package var rowBytes: Int { keywords.reduce(0) { $0 + 1 + $1.name.utf8.count } }

    package func fill(_ row: inout RowWriter) {
        for keyword in keywords {
            row.put(UInt8(truncatingIfNeeded: keyword.name.utf8.count))
            row.put(text: keyword.name)
        }
    }

    package func index(of keyword: Keyword) -> Int? { keywords.firstIndex(of: keyword) }

    /// The keyword's index, which it gets now if it has none.
    package mutating func indexAdding(_ keyword: Keyword) -> Int {
        if let index = index(of: keyword) { return index }
        keywords.append(keyword)
        return keywords.count - 1
    }

    /// The index of each of some keywords, nil for one that is not there; linear in both together.
    package func indices(of wanted: [Keyword]) -> [Int?] {
        guard wanted.count > 4 else { return wanted.map { index(of: $0) } }
        let places = places
        return wanted.map { places[$0] }
    }

    /// As `indexAdding`, for some keywords together.
    package mutating func indicesAdding(_ wanted: [Keyword]) -> [Int] {
        guard wanted.count > 4 else { return wanted.map { indexAdding($0) } }
        var places = places
        return wanted.map { keyword in
            if let known = places[keyword] { return known }
            keywords.append(keyword)
            places[keyword] = keywords.count - 1
            return keywords.count - 1
        }
    }

    /// Whether the table need not grow beyond `most` to hold these too.
    package func hasRoom(for wanted: some Sequence<Keyword>) -> Bool {
        let wanted = Set(wanted)
        guard keywords.count + wanted.count > KeywordTable.most else { return true }
        let new = wanted.subtracting(keywords).count
        return new == 0 || keywords.count + new <= KeywordTable.most
    }

    /// Each keyword's index.
    package var places: [Keyword: Int] {
        Dictionary(zip(keywords, 0...), uniquingKeysWith: { first, _ in first })
    }

    /// The keywords that a message's bits stand for.
    package func keywords(of bits: KeywordBits) -> [Keyword] {
        bits.indices.compactMap { $0 < keywords.count ? keywords[$0] : nil }
    }
}
