/// The messages of a Maildir, for what a user's mail program would do with them.
struct Maildir {
    let path: String

    struct Message {
        let path: String
        /// Behind `:2,`, in the order of the alphabet.
        let flags: String
        let subject: String
    }

    /// In the order of subjects.
    func messages() throws -> [Message] {
        try Files.all(in: path).filter { $0.contains("/cur/") || $0.contains("/new/") }
            .filter { !$0.dropFirst(path.count + 5).contains("/") }
            .map { path in
                let text = String(decoding: try Files.read(path), as: UTF8.self)
                let line = text.split(whereSeparator: \.isNewline).first {
                    $0.hasPrefix("Subject: ")
                }
                let flags = path.firstRange(of: ":2,").map { String(path[$0.upperBound...]) }
                return Message(
                    path: path, flags: flags ?? "",
                    subject: String(line?.dropFirst("Subject: ".count) ?? ""))
            }.sorted { $0.subject < $1.subject }
    }

    /// `subject: flags`, for comparing.
    func contents() throws -> [String] { try messages().map { "\($0.subject): \($0.flags)" } }

    func message(_ subject: String) throws -> Message {
        guard let message = try messages().first(where: { $0.subject == subject }) else {
            throw ProcessFailure("\(path) has no message '\(subject)'")
        }
        return message
    }

    func delete(_ subject: String) throws { try Files.remove(message(subject).path) }

    /// Sets flags as a mail program does: by a new name in `cur`.
    func setFlags(_ flags: String, of subject: String) throws {
        let old = try message(subject).path
        let end = old.firstRange(of: ":2,")?.lowerBound ?? old.endIndex
        let name = old[..<end].split(separator: "/").last ?? ""
        try Files.move(old, to: "\(path)/cur/\(name):2,\(flags)")
    }

    /// A new message with line ends of this system.
    func deliver(_ subject: String) throws {
        let text = String(decoding: ClientStage.message(subject), as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
        let name = subject.filter { $0 != " " }
        try Files.write(Array(text.utf8), to: "\(path)/new/1795399857.\(name).local")
    }
}
