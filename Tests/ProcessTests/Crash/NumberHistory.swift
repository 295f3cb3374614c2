/// The numbers that may never go back, over all restarts: RFC 3501 §2.3.1.1.
struct NumberHistory {
    /// By UIDVALIDITY, of which an account uses each for one mailbox only.
    private var uidNext: [UInt32: UInt32] = [:]

    /// - Returns: what went back.
    mutating func judge(_ folders: [String: World.Folder]) -> [String] {
        var problems: [String] = []
        let greatest = uidNext.keys.max() ?? 0
        for (name, folder) in folders {
            guard let validity = folder.uidValidity else { continue }
            if let before = uidNext[validity] {
                if folder.uidNextFloor < before {
                    problems.append(
                        "\(name): UIDNEXT went from \(before) to \(folder.uidNextFloor)")
                }
            } else if validity <= greatest {
                problems.append("\(name): the new UIDVALIDITY \(validity) is below \(greatest)")
            }
        }
        let validities = folders.values.compactMap(\.uidValidity)
        if Set(validities).count != validities.count {
            problems.append("two mailboxes have one UIDVALIDITY: \(validities.sorted())")
        }
        for folder in folders.values {
            uidNext[folder.uidValidity ?? 0] = folder.uidNextFloor
        }
        return problems
    }
}
