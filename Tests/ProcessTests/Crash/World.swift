/// What one client of the crash test knows of the store: its own folders and its own letters in the
/// INBOX that all share.
struct World: Sendable {
    var folders: [String: Folder]
    static let shared = "INBOX"

    struct Folder: Sendable {
        /// nil until it was told.
        var uidValidity: UInt32?
        /// Above every UID that was ever acknowledged.
        var uidNextFloor: UInt32 = 1
        var letters: [Held] = []
    }

    /// A letter in a folder.
    struct Held: Sendable, Hashable {
        var name: String
        /// nil when it was never told: the acknowledgement was lost.
        var uid: UInt32?
        var flags: Set<String>
    }

    var letterCount: Int { folders.values.reduce(0) { $0 + $1.letters.count } }

    /// The first thing in which the store is not this world; nil when it is.
    func difference(from found: World) -> String? {
        let names = Set(folders.keys)
        guard names == Set(found.folders.keys) else {
            return "folders \(names.symmetricDifference(found.folders.keys).sorted())"
        }
        for (name, folder) in folders {
            guard let other = found.folders[name] else { continue }
            if let text = folder.difference(from: other) { return "\(name): \(text)" }
        }
        return nil
    }
}

extension World.Folder {
    func difference(from found: World.Folder) -> String? {
        if let uidValidity, uidValidity != found.uidValidity {
            return "UIDVALIDITY was \(uidValidity), is \(found.uidValidity ?? 0)"
        }
        guard found.uidNextFloor >= uidNextFloor else {
            return "UIDNEXT went back from \(uidNextFloor) to \(found.uidNextFloor)"
        }
        var rest = found.letters
        for letter in letters where letter.uid != nil {
            guard let index = rest.firstIndex(of: letter) else {
                let there = rest.filter { $0.uid == letter.uid || $0.name == letter.name }
                return "wanted \(letter), there is \(there)"
            }
            rest.remove(at: index)
        }
        for letter in letters where letter.uid == nil {
            let index = rest.firstIndex {
                $0.name == letter.name && $0.flags == letter.flags && ($0.uid ?? 0) >= uidNextFloor
            }
            guard let index else { return "wanted \(letter), not among \(rest)" }
            rest.remove(at: index)
        }
        return rest.isEmpty ? nil : "not wanted: \(rest)"
    }
}
