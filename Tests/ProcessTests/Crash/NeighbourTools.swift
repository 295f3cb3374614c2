import Foundation
import Glibc
import MailTesting

/// Commands that write beside a server, one after the other, and what they have said is done.
final class NeighbourTools {
    private static let lettersInABox = 60
    private static let mailbox = "Imported"
    private var commands = 0
    private var startedBoxes = 0
    private var finishedBoxes = 0
    private var addedAccounts: Set<String> = []
    var problems: [String] = []

    init(_ harness: CrashHarness) { harness.foreignFolders = [NeighbourTools.mailbox] }

    var acknowledged: Int { finishedBoxes * NeighbourTools.lettersInABox + addedAccounts.count }

    /// Lets commands work for a while.
    ///
    /// - Returns: the one that is still at work then.
    func work(_ harness: CrashHarness, milliseconds: UInt32) throws -> [ChildProcess] {
        let end = Deadline(seconds: Double(milliseconds) / 1000)
        while true {
            commands += 1
            let account = commands % 3 == 0 ? "account\(commands)" : nil
            let tool = try account.map { try addAccount($0, harness) } ?? importBox(harness)
            while !tool.hasEnded, !end.isOver { usleep(1000) }
            guard tool.hasEnded else { return [tool] }
            guard try tool.wait(seconds: 1) == 0 else {
                problems.append("\(tool.name) ended with \(tool.status ?? -1)")
                return []
            }
            if let account { addedAccounts.insert(account) } else { finishedBoxes += 1 }
        }
    }

    private func addAccount(_ name: String, _ harness: CrashHarness) throws -> ChildProcess {
        let path = harness.directory.path + "/password"
        try Files.write(Array("pw\n".utf8), to: path)
        let input = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(input) }
        return try ChildProcess(
            [try Programs.hindsight, "account", "add", name, "--store", harness.store],
            input: input)
    }

    private func importBox(_ harness: CrashHarness) throws -> ChildProcess {
        startedBoxes += 1
        let path = harness.directory.path + "/box-\(startedBoxes).mbox"
        try Files.write(Array(box(startedBoxes).utf8), to: path)
        return try ChildProcess([
            try Programs.hindsight, "import", path, "--account", "crash", "--mailbox",
            NeighbourTools.mailbox, "--store", harness.store,
        ])
    }

    private func box(_ number: Int) -> String {
        (0..<NeighbourTools.lettersInABox).map { letter in
            """
            From ann@example.org Sat Nov 14 09:30:00 2026
            Subject: \(number).\(letter)
            Message-ID: <\(number).\(letter)@example.org>

            \(String(repeating: "line of letter \(number).\(letter)\n", count: letter * 20))

            """
        }.joined()
    }

    /// Of a command that was interrupted some letters may be there.
    func judge(_ harness: CrashHarness, _ server: ServerProcess) throws {
        let status = try harness.connect(server)
            .command("STATUS \(NeighbourTools.mailbox) (MESSAGES)")
        let found = status.untagged.compactMap { $0.values?.last?.items?.last?.number }.first ?? 0
        let most = startedBoxes * NeighbourTools.lettersInABox
        if !(finishedBoxes * NeighbourTools.lettersInABox...most).contains(found) {
            problems.append("\(finishedBoxes) boxes were imported, \(found) letters are there")
        }
        let list = try Programs.run(
            [Programs.hindsight, "account", "list", "--store", harness.store])
        for account in addedAccounts where !list.output.contains(account) {
            problems.append("\(account) was added, and is not in the list: \(list.report)")
        }
    }
}
