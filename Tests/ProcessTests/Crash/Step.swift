/// One command of a client that changes something, and what it does to the client's world.
enum Step: Sendable {
    case append(folder: String, names: [String], flags: Set<String>)
    case store(folder: String, uids: [UInt32], sign: String, flags: Set<String>)
    /// UID EXPUNGE.
    case expunge(folder: String, uids: [UInt32])
    case move(folder: String, uids: [UInt32], to: String)
    case copy(folder: String, uids: [UInt32], to: String)
    case create(String)
    case rename(from: String, to: String)
    case delete(String)

    /// The mailbox that has to be selected for it.
    var selects: String? {
        switch self {
        case .store(let folder, _, _, _), .expunge(let folder, _), .move(let folder, _, _),
            .copy(let folder, _, _):
            folder
        case .append, .create, .rename, .delete: nil
        }
    }

    var command: [IMAPClient.Piece] {
        switch self {
        case .append(let folder, let names, let flags):
            ["APPEND \(folder)"]
                + names.flatMap { name -> [IMAPClient.Piece] in
                    [
                        " (\(flags.joined(separator: " "))) \"\(Letter.date(of: name))\" ",
                        .literal(Letter(name).bytes),
                    ]
                }
        case .store(_, let uids, let sign, let flags):
            ["UID STORE \(set(uids)) \(sign)FLAGS (\(flags.joined(separator: " ")))"]
        case .expunge(_, let uids): ["UID EXPUNGE \(set(uids))"]
        case .move(_, let uids, let to): ["UID MOVE \(set(uids)) \(to)"]
        case .copy(_, let uids, let to): ["UID COPY \(set(uids)) \(to)"]
        case .create(let name): ["CREATE \(name)"]
        case .rename(let from, let to): ["RENAME \(from) \(to)"]
        case .delete(let name): ["DELETE \(name)"]
        }
    }

    /// Does to the world what the server does: wholly, or not at all.
    ///
    /// - Parameter answer: nil when it never came; then new UIDs are not known.
    func apply(to world: inout World, answer: IMAPAnswer?) {
        switch self {
        case .append(let folder, let names, let flags):
            let uids = answer?.code("APPENDUID").map { Step.uids($0[1]) }
            world.folders[folder]?.add(
                names.enumerated().map { index, name in
                    World.Held(name: name, uid: uids?[index], flags: flags)
                })
        case .store(let folder, let uids, let sign, let flags):
            world.folders[folder]?.change(uids, sign, flags)
        case .expunge(let folder, let uids):
            world.folders[folder]?.letters.removeAll {
                $0.flags.contains("\\deleted") && uids.contains($0.uid ?? 0)
            }
        case .move(let folder, let uids, let to):
            copy(uids, from: folder, to: to, answer, in: &world)
            world.folders[folder]?.letters.removeAll { uids.contains($0.uid ?? 0) }
        case .copy(let folder, let uids, let to):
            copy(uids, from: folder, to: to, answer, in: &world)
        case .create(let name): create(name, in: &world)
        case .rename(let from, let to): rename(from, to, in: &world)
        case .delete(let name): world.folders[name] = nil
        }
    }

    private func copy(
        _ uids: [UInt32], from: String, to: String, _ answer: IMAPAnswer?, in world: inout World
    ) {
        let words = answer?.code("COPYUID")
        let sources = words.map { Step.uids($0[1]) } ?? []
        let targets = words.map { Step.uids($0[2]) } ?? []
        let told = Dictionary(zip(sources, targets)) { first, _ in first }
        let letters = world.folders[from]?.letters.filter { uids.contains($0.uid ?? 0) } ?? []
        world.folders[to]?.add(
            letters.map {
                World.Held(name: $0.name, uid: told[$0.uid ?? 0], flags: $0.flags)
            })
    }

    /// Missing superiors are made too.
    private func create(_ name: String, in world: inout World) {
        var path = ""
        for part in name.split(separator: "/") {
            path += path.isEmpty ? String(part) : "/\(part)"
            if world.folders[path] == nil { world.folders[path] = World.Folder() }
        }
    }

    private func rename(_ from: String, _ to: String, in world: inout World) {
        for name in world.folders.keys where name == from || name.hasPrefix(from + "/") {
            world.folders[to + name.dropFirst(from.count)] = world.folders.removeValue(forKey: name)
        }
    }

    private func set(_ uids: [UInt32]) -> String { uids.map(String.init).joined(separator: ",") }

    /// The UIDs of a set without `*`, in ascending order.
    private static func uids(_ set: String) -> [UInt32] {
        set.split(separator: ",").flatMap { range -> [UInt32] in
            let ends = range.split(separator: ":").compactMap { UInt32($0) }
            guard let first = ends.first, let last = ends.last else { return [] }
            return Array(min(first, last)...max(first, last))
        }.sorted()
    }
}

extension World.Folder {
    mutating func add(_ held: [World.Held]) {
        letters += held
        uidNextFloor = max(uidNextFloor, (held.compactMap(\.uid).max() ?? 0) + 1)
    }

    mutating func change(_ uids: [UInt32], _ sign: String, _ flags: Set<String>) {
        for index in letters.indices where uids.contains(letters[index].uid ?? 0) {
            switch sign {
            case "+": letters[index].flags.formUnion(flags)
            case "-": letters[index].flags.subtract(flags)
            default: letters[index].flags = flags
            }
        }
    }
}
