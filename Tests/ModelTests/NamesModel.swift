/// Which names there are, which a ghost reserves, and which were given up: RFC 2180 §3.
struct NamesModel {
    /// Names that exist, with the index of the mailbox.
    private(set) var live: [String: Int] = [:]
    /// The mailbox that was deleted last under a name that nobody has taken since.
    private(set) var ghosts: [String: Int] = [:]
    /// Where the mailbox went that had the name last, and in which step.
    private(set) var former: [String: Former] = [:]

    struct Former {
        let mailbox: Int
        let renamedAt: Int
    }

    mutating func give(_ name: String, to mailbox: Int) {
        live[name] = mailbox
        ghosts[name] = nil
    }

    mutating func delete(_ name: String) {
        ghosts[name] = live.removeValue(forKey: name)
    }

    mutating func rename(_ moves: [(from: String, to: String)], at step: Int) {
        let moved = moves.map { live.removeValue(forKey: $0.from) }
        for (move, mailbox) in zip(moves, moved) {
            guard let mailbox else { continue }
            give(move.to, to: mailbox)
            former[move.from] = Former(mailbox: mailbox, renamedAt: step)
        }
    }

    /// Itself and what is below it, in the order of their bytes.
    func tree(_ name: String) -> [String] {
        live.keys.filter { $0 == name || $0.hasPrefix(name + "/") }.sorted()
    }

    /// Levels of the lowest name of a tree after a rename; 0 when there is no such tree.
    func depth(of tree: String, movedTo name: String) -> Int {
        self.tree(tree).map { (name + $0.dropFirst(tree.count)).split(separator: "/").count }
            .max() ?? 0
    }

    /// `A` and `A/B` of `A/B/C`.
    static func superiors(of name: String) -> [String] {
        let levels = name.split(separator: "/")
        return (1..<max(levels.count, 1)).map { levels[0..<$0].joined(separator: "/") }
    }
}
