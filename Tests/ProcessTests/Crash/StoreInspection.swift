/// Reads all of an account by IMAP, byte for byte.
struct StoreInspection {
    private(set) var folders: [String: World.Folder] = [:]
    private(set) var problems: [String] = []
    private(set) var letterCount = 0

    /// - Parameter ignored: folders that hold other mail than letters.
    init(_ client: IMAPClient, ignoring ignored: Set<String> = []) throws {
        let list = try client.command("LIST \"\" *")
        for response in list.untagged {
            guard let values = response.values, values.count == 5, values[1].atom == "LIST",
                let name = values[4].text, !ignored.contains(name)
            else { continue }
            folders[name] = try inspect(name, client)
        }
    }

    /// What belongs to one client, in the shape in which the client knows it.
    func world(of client: Int) -> World {
        let home = StepChoice.home(client)
        var own = folders.filter { $0.key == home || $0.key.hasPrefix(home + "/") }
        own[World.shared] = folders[World.shared]
        own[World.shared]?.letters.removeAll { !$0.name.hasPrefix("\(home).") }
        return World(folders: own)
    }

    private mutating func inspect(_ name: String, _ client: IMAPClient) throws -> World.Folder {
        let examine = try client.command("EXAMINE \(name)")
        guard let validity = examine.code("UIDVALIDITY")?.first.flatMap({ UInt32($0) }),
            let next = examine.code("UIDNEXT")?.first.flatMap({ UInt32($0) })
        else {
            problems.append("EXAMINE \(name): \(examine.tagged)")
            return World.Folder()
        }
        var folder = World.Folder(uidValidity: validity, uidNextFloor: next)
        let fetch = try client.command(
            "UID FETCH 1:* (FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])")
        for response in fetch.untagged {
            guard let items = response.fetchItems else { continue }
            guard let letter = held(items, in: name) else { continue }
            folder.letters.append(letter)
            if let uid = letter.uid, uid >= next {
                problems.append("\(name): UID \(uid), but UIDNEXT is \(next)")
            }
        }
        let exists = examine.untagged.first { $0.text.hasSuffix(" EXISTS") }?.values?[1].number
        if !fetch.isOK || exists != folder.letters.count {
            problems.append(
                "\(name): \(exists ?? -1) exist, \(folder.letters.count) fetched: \(fetch.tagged)")
        }
        letterCount += folder.letters.count
        return folder
    }

    private mutating func held(_ items: [String: IMAPValue], in folder: String) -> World.Held? {
        guard let uid = items["UID"]?.number, let body = items["BODY[]"]?.bytes,
            let flags = items["FLAGS"]?.items, let date = items["INTERNALDATE"]?.text,
            let size = items["RFC822.SIZE"]?.number
        else {
            problems.append("\(folder): an incomplete FETCH: \(items.keys)")
            return nil
        }
        let name = Letter.name(in: body)
        if body != Letter(name).bytes || size != body.count {
            problems.append("\(folder) UID \(uid): \(name) has other bytes than were sent")
        }
        if date != Letter.date(of: name) {
            problems.append("\(folder) UID \(uid): \(name) has the date \(date)")
        }
        let words = Set(flags.compactMap { $0.atom?.lowercased() }).subtracting(["\\recent"])
        return World.Held(name: name, uid: UInt32(clamping: uid), flags: words)
    }
}
