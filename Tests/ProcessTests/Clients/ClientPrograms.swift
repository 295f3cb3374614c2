import MailTesting
import Testing

/// Mail programs from the system's packages.
enum ClientPrograms {
    /// Whether a test of a program can be run; otherwise says that it is skipped. In CI a program
    /// that is missing is a failure: the script that runs the tests installs them all.
    static func areThere(_ names: String...) -> Bool {
        for name in names where Programs.find(name) == nil {
            if Variables.isCI {
                Issue.record("\(name) is not installed, and in CI it has to be")
            } else {
                print("SKIPPED: \(name) is not installed (Scripts/test installs it)")
            }
            return false
        }
        return true
    }
}

/// A server, a folder for a client's files, and somebody who looks at the server's side.
final class ClientStage {
    let place: TemporaryDirectory
    let server: ServerProcess
    let account: String
    /// Logged in by a connection of its own.
    let observer: IMAPClient

    init(account: String) throws {
        self.account = account
        place = try TemporaryDirectory()
        server = try ServerProcess(store: place.path + "/store")
        observer = try IMAPClient(port: server.port)
        let login = try observer.command("LOGIN \(account) \(ServerProcess.password)")
        guard login.isOK else { throw ProcessFailure(login.tagged) }
    }

    var home: String { place.path }

    /// Puts a small message into a mailbox.
    func append(_ subject: String, to mailbox: String = "INBOX", flags: String = "") throws {
        let answer = try observer.command(
            "APPEND \(mailbox) (\(flags)) ", .literal(ClientStage.message(subject)))
        guard answer.isOK else { throw ProcessFailure(answer.tagged) }
    }

    func create(_ mailbox: String) throws {
        let answer = try observer.command("CREATE \(mailbox)")
        guard answer.isOK else { throw ProcessFailure(answer.tagged) }
    }

    static func message(_ subject: String) -> [UInt8] {
        Array(
            """
            From: Ann Example <ann@example.org>\r
            To: bob@example.org\r
            Subject: \(subject)\r
            Date: Sat, 14 Nov 2026 09:30:00 +0100\r
            Message-ID: <\(subject.filter { $0 != " " })@example.org>\r
            \r
            This is \(subject).\r

            """.utf8)
    }

    /// What a mailbox holds: `subject: flags`, in the order of UIDs, without \Recent.
    func contents(of mailbox: String) throws -> [String] {
        guard try observer.command("EXAMINE \(mailbox)").isOK else { return ["no \(mailbox)"] }
        let fetch = try observer.command("UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
        _ = try observer.command("UNSELECT")
        return fetch.untagged.compactMap(\.fetchItems).map { items in
            let header = items.first { $0.key.hasPrefix("BODY[") }?.value.text ?? ""
            let subject = header.split(separator: "\r\n").first?.dropFirst("Subject: ".count) ?? ""
            let flags = (items["FLAGS"]?.items ?? []).compactMap(\.atom).filter { $0 != "\\Recent" }
            return "\(subject):" + flags.sorted().map { " " + $0 }.joined()
        }
    }

    func mailboxes() throws -> Set<String> {
        Set(try observer.command("LIST \"\" *").untagged.compactMap { $0.values?.last?.text })
    }

    func write(_ text: String, to name: String) throws -> String {
        let path = home + "/" + name
        try Files.write(Array(text.utf8), to: path)
        return path
    }
}
