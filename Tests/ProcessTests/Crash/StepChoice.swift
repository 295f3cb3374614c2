import MailTesting

/// Draws what a client does next, so that all of it is possible in the client's world.
struct StepChoice {
    let client: Int
    private var random: SeededGenerator
    private var made = 0

    private static let flagWords = [
        "\\seen", "\\flagged", "\\answered", "\\draft", "work", "later", "$junk",
    ]
    /// Above this a client rather expunges, so that looking at all mail stays quick.
    private static let manyLetters = 40

    init(client: Int, seed: UInt64) {
        self.client = client
        random = SeededGenerator(seed: seed)
    }

    /// The folder that a client begins with.
    static func home(_ client: Int) -> String { "c\(client)" }

    /// One to four steps that are sent at once. Steps that may be refused stand alone.
    mutating func next(in world: World) -> [Step] {
        if world.letterCount > StepChoice.manyLetters { return cleanUp(in: world) }
        if Int.random(in: 0..<8, using: &random) == 0 { return [folderStep(in: world)] }
        var steps: [Step] = []
        // Each letter once: what follows must not depend on UIDs not told yet.
        var free = world
        for _ in 0..<Int.random(in: 1...3, using: &random) { steps += messageSteps(in: &free) }
        return steps
    }

    private mutating func messageSteps(in free: inout World) -> [Step] {
        let roll = Int.random(in: 0..<100, using: &random)
        guard roll >= 35, let (folder, uids) = letters(upTo: 4, in: &free) else {
            return [append(in: free)]
        }
        switch roll {
        case ..<60: return [.store(folder: folder, uids: uids, sign: sign(), flags: flags())]
        case ..<75: return [.move(folder: folder, uids: uids, to: target(in: free, but: folder))]
        case ..<85: return [.copy(folder: folder, uids: uids, to: target(in: free, but: folder))]
        default: return expunge(folder, uids)
        }
    }

    private mutating func append(in world: World) -> Step {
        let count = Int.random(in: 0..<5, using: &random) == 0 ? 3 : 1
        let names = (0..<count).map { _ in letterName() }
        return .append(folder: target(in: world, but: ""), names: names, flags: flags())
    }

    /// Mostly small; sometimes so large that it goes to disk before it is complete.
    private mutating func letterName() -> String {
        made += 1
        let size: Int
        switch Int.random(in: 0..<50, using: &random) {
        case 0: size = Int.random(in: 270_000...400_000, using: &random)
        case ..<10: size = Int.random(in: 4_000...30_000, using: &random)
        default: size = Int.random(in: 0...2_000, using: &random)
        }
        return "c\(client).\(made).\(size)"
    }

    private mutating func cleanUp(in world: World) -> [Step] {
        var free = world
        guard let (folder, uids) = letters(upTo: 15, in: &free) else { return [append(in: world)] }
        return expunge(folder, uids)
    }

    private func expunge(_ folder: String, _ uids: [UInt32]) -> [Step] {
        [
            .store(folder: folder, uids: uids, sign: "+", flags: ["\\deleted"]),
            .expunge(folder: folder, uids: uids),
        ]
    }

    private mutating func folderStep(in world: World) -> Step {
        let own = world.folders.keys.filter { $0 != World.shared && $0.contains("/") }.sorted()
        let leaves = own.filter { name in !own.contains { $0.hasPrefix(name + "/") } }
        let parents = own.filter { $0.split(separator: "/").count < 4 } + [StepChoice.home(client)]
        let roll = Int.random(in: 0..<3, using: &random)
        made += 1
        let parent = parents.randomElement(using: &random) ?? StepChoice.home(client)
        if roll == 0 || own.isEmpty || (own.count < 3 && roll == 2) {
            let levels = Bool.random(using: &random) ? "f\(made)" : "f\(made)/g\(made)"
            return .create("\(parent)/\(levels)")
        }
        if roll == 1, let from = own.randomElement(using: &random) {
            return .rename(from: from, to: "\(StepChoice.home(client))/r\(made)")
        }
        return .delete(leaves.randomElement(using: &random) ?? own[0])
    }

    /// Letters of one folder whose UIDs are known, taken out of what is free.
    private mutating func letters(upTo count: Int, in free: inout World) -> (String, [UInt32])? {
        let names = free.folders.filter { $0.value.letters.contains { $0.uid != nil } }.keys
            .sorted()
        guard let folder = names.randomElement(using: &random) else { return nil }
        let known = (free.folders[folder]?.letters.compactMap(\.uid) ?? []).shuffled(using: &random)
        let uids = known.prefix(Int.random(in: 1...count, using: &random)).sorted()
        free.folders[folder]?.letters.removeAll { uids.contains($0.uid ?? 0) }
        return (folder, uids)
    }

    private mutating func target(in world: World, but folder: String) -> String {
        let names = world.folders.keys.filter { $0 != folder }.sorted()
        return names.randomElement(using: &random) ?? World.shared
    }

    private mutating func sign() -> String { ["+", "-", ""].randomElement(using: &random) ?? "+" }

    private mutating func flags() -> Set<String> {
        let count = Int.random(in: 0...3, using: &random)
        return Set(StepChoice.flagWords.shuffled(using: &random).prefix(count))
    }
}
