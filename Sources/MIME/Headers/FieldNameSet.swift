/// Header field names to look fields up in, in any case.
///
/// A handful is compared one by one; more go through a hash with the process's random seed, so that
/// neither a long list nor a chosen one makes a lookup slow.
struct FieldNameSet {
    private var names: [[UInt8]] = []
    private var byHash: [Int: [Int]] = [:]

    init(_ names: [String]) {
        self.names = names.map { name in name.utf8.map(ASCII.lowercase) }
        guard names.count > 12 else { return }
        for (index, name) in self.names.enumerated() {
            let hash = name.withUnsafeBytes { FieldNameSet.hash(ByteView($0), 0..<name.count) }
            byHash[hash, default: []].append(index)
        }
    }

    func contains(_ name: Range<Int>, in view: ByteView) -> Bool {
        index(of: name, in: view) != nil
    }

    /// The place of a name in the list that the set was made of.
    func index(of name: Range<Int>, in view: ByteView) -> Int? {
        guard !name.isEmpty else { return nil }
        if byHash.isEmpty { return names.firstIndex { view.equals(name, $0) } }
        guard let candidates = byHash[FieldNameSet.hash(view, name)] else { return nil }
        return candidates.first { view.equals(name, names[$0]) }
    }

    private static func hash(_ view: ByteView, _ range: Range<Int>) -> Int {
        var hasher = Hasher()
        for index in range { hasher.combine(ASCII.lowercase(view[index])) }
        return hasher.finalize()
    }
}
