/// The text of a users file: one `name:hash` a line, `#` begins a comment line.
///
/// Lines that cannot be read are kept as they are and reported with their number; the accounts on
/// the other lines work on. Of two lines with the same name the first holds.
struct UsersFile: Sendable {
    enum Line: Hashable, Sendable {
        case account(AccountName, PasswordHash)
        /// A comment, an empty line, or a line that could not be read.
        case other([UInt8])
    }

    private(set) var lines: [Line] = []
    private(set) var defects: [UsersFileDefect] = []
    private var hashes: [AccountName: PasswordHash] = [:]

    init() {}

    init(bytes: [UInt8]) {
        var rest = bytes[...]
        if rest.last == UInt8(ascii: "\n") { rest.removeLast() }
        guard !bytes.isEmpty else { return }
        let texts = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, text) in texts.enumerated() { read(text, number: index + 1) }
    }

    var bytes: [UInt8] {
        var result: [UInt8] = []
        for line in lines {
            switch line {
            case .account(let name, let hash): result += Array("\(name):\(hash.text)".utf8)
            case .other(let text): result += text
            }
            result.append(UInt8(ascii: "\n"))
        }
        return result
    }

    /// In the order of the file.
    var names: [AccountName] {
        lines.compactMap { if case .account(let name, _) = $0 { name } else { nil } }
    }

    /// The hash of `name`, and the name as the file spells it.
    func account(_ name: AccountName) -> (name: AccountName, hash: PasswordHash)? {
        guard let index = hashes.index(forKey: name) else { return nil }
        return (hashes[index].key, hashes[index].value)
    }

    mutating func add(_ name: AccountName, _ hash: PasswordHash) {
        lines.append(.account(name, hash))
        hashes[name] = hash
    }

    mutating func replace(_ name: AccountName, _ hash: PasswordHash) {
        hashes[name] = hash
        for index in lines.indices {
            if case .account(let stored, _) = lines[index], stored == name {
                lines[index] = .account(stored, hash)
            }
        }
    }

    mutating func remove(_ name: AccountName) {
        hashes[name] = nil
        lines.removeAll { if case .account(name, _) = $0 { true } else { false } }
    }

    private mutating func read(_ text: ArraySlice<UInt8>, number: Int) {
        do throws(UsersFileDefect.Reason) {
            guard let (name, hash) = try UsersFile.account(in: text) else {
                return lines.append(.other(Array(text)))
            }
            guard hashes[name] == nil else { throw .duplicate(name) }
            add(name, hash)
        } catch {
            defects.append(UsersFileDefect(line: number, reason: error))
            lines.append(.other(Array(text)))
        }
    }

    /// - Returns: nil for a comment or an empty line.
    private static func account(
        in text: ArraySlice<UInt8>
    ) throws(UsersFileDefect.Reason) -> (AccountName, PasswordHash)? {
        if text.isEmpty || text.first == UInt8(ascii: "#") { return nil }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { throw .noColon }
        guard let nameText = String(validating: text[..<colon], as: UTF8.self) else {
            throw .notUTF8
        }
        let name: AccountName
        do throws(AccountName.Defect) { name = try AccountName(nameText) } catch {
            throw .invalidName(error)
        }
        guard let hashText = String(validating: text[(colon + 1)...], as: UTF8.self),
            let hash = PasswordHash(text: hashText)
        else { throw .unknownHash }
        return (name, hash)
    }
}

/// A line of the users file that nobody can log in by, and why.
package struct UsersFileDefect: Hashable, Sendable {
    /// 1 is the first.
    package let line: Int
    package let reason: Reason

    package enum Reason: Error, Hashable, Sendable {
        case noColon, notUTF8, unknownHash
        case invalidName(AccountName.Defect)
        case duplicate(AccountName)
    }
}

extension UsersFileDefect: CustomStringConvertible {
    package var description: String {
        switch reason {
        case .noColon: "line \(line): no colon between name and hash"
        case .notUTF8: "line \(line): the name is not UTF-8"
        case .unknownHash: "line \(line): not a hash that crypt(3) knows and thinks strong"
        case .invalidName(let defect): "line \(line): \(defect)"
        case .duplicate(let name): "line \(line): \(name) stands on an earlier line already"
        }
    }
}
