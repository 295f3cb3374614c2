import Foundation
import Glibc
import MailTesting
import Testing

extension ProcessTests {
    /// RELIABILITY F21: a tool that dies inside its transaction blocks nobody.
    @Suite struct KilledToolTests {
        @Test func anImportThatIsKilledBlocksNobodyAndIsFinishedByTheNext() async throws {
            let result = try await onOwnThread { try KilledImports.run(12) }
            for problem in result.problems.prefix(10) { Issue.record("\(problem)") }
            #expect(result.slowestAnswerSeconds < 2)
            #expect(result.acknowledged > 20)
            #expect(result.killed >= 6, "too few imports were still at work when they were killed")
        }
    }
}

private enum KilledImports {
    struct Result: Sendable {
        var problems: [String] = []
        var slowestAnswerSeconds = 0.0
        var acknowledged = 0
        var killed = 0
    }

    private static let messageCount = 1500

    static func run(_ rounds: Int) throws -> Result {
        let harness = try CrashHarness(clients: 3, seed: 21)
        var result = Result()
        harness.foreignFolders = ["Imported"]
        let letter = Step.append(folder: World.shared, names: ["c9.1.200"], flags: [])
        let box = try mbox(in: harness.directory.path)
        let server = try harness.start()
        try harness.judge(server)
        let bystander = try harness.connect(server)
        try harness.load(server) {
            for _ in 0..<rounds {
                let tool = try ChildProcess(command(box, harness.store))
                usleep(harness.milliseconds(20...500) * 1000)
                tool.signal(SIGKILL)
                if try tool.wait(seconds: 10) == 128 + SIGKILL { result.killed += 1 }
                let started = Deadline.now
                let answer = try bystander.answer(to: bystander.send(letter.command))
                let seconds = Deadline.seconds(since: started)
                if !answer.isOK { result.problems.append(answer.tagged) }
                result.slowestAnswerSeconds = max(result.slowestAnswerSeconds, seconds)
            }
            // One that may finish: what is missing comes, and nothing twice.
            let last = try Programs.run(command(box, harness.store), seconds: 120)
            if last.status != 0 { result.problems.append("the last import: \(last.report)") }
            let status = try bystander.command("STATUS Imported (MESSAGES)")
            let told = status.untagged.map(\.text).joined(separator: " ")
            if !told.contains("(MESSAGES \(messageCount))") { result.problems.append(told) }
            _ = try server.terminate()
        }
        try harness.audit()
        try harness.judge(harness.start())
        result.problems += harness.problems
        result.acknowledged = harness.acknowledged
        return result
    }

    private static func command(_ box: String, _ store: String) throws -> [String] {
        [
            try Programs.hindsight, "import", box, "--account", "crash", "--mailbox", "Imported",
            "--store", store,
        ]
    }

    private static func mbox(in folder: String) throws -> String {
        var text = ""
        for number in 0..<messageCount {
            text += "From ann@example.org Sat Nov 14 09:30:00 2026\n"
            text += "Subject: letter \(number)\nMessage-ID: <\(number)@example.org>\n\n"
            text += String(repeating: "line of letter \(number)\n", count: 40) + "\n"
        }
        let path = folder + "/old.mbox"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }
}
