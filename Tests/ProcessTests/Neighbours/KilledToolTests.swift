import Foundation
import Glibc
import MailTesting
import Testing

extension ProcessTests {
    /// RELIABILITY F21: a tool that dies inside its transaction blocks nobody.
    @Suite struct KilledToolTests {
        @Test func anImportThatIsKilledBlocksNobodyAndIsFinishedByTheNext() async throws {
            let result = try await onOwnThread { try KilledImports.run(atLeast: 6) }
            for problem in result.problems.prefix(10) { Issue.record("\(problem)") }
            #expect(result.slowestAnswerSeconds < 2)
            #expect(result.acknowledged > 20)
            #expect(result.killed == 6, "too few imports were still at work when they were killed")
        }
    }
}

private enum KilledImports {
    struct Result: Sendable {
        var problems: [String] = []
        var slowestAnswerSeconds = 0.0
        var acknowledged = 0
        var killed = 0

        /// How long a client of the server waits for an append of its own.
        mutating func measure(_ bystander: IMAPClient) throws {
            let letter = Step.append(folder: World.shared, names: ["c9.1.200"], flags: [])
            let started = Deadline.now
            let answer = try bystander.answer(to: bystander.send(letter.command))
            let seconds = Deadline.seconds(since: started)
            if !answer.isOK { problems.append(answer.tagged) }
            slowestAnswerSeconds = max(slowestAnswerSeconds, seconds)
        }
    }

    private static let lettersInABox = 1000
    private static let mostBoxes = 40

    /// Starts imports and kills each after a random while, until so many died at their work. Every
    /// import has a box of its own, so that however fast the machine none finds its work done.
    static func run(atLeast wanted: Int) throws -> Result {
        let harness = try CrashHarness(clients: 3, seed: 21)
        var result = Result()
        harness.foreignFolders = ["Imported"]
        let server = try harness.start()
        try harness.judge(server)
        let bystander = try harness.connect(server)
        try harness.load(server) {
            var boxes: [String] = []
            while result.killed < wanted, boxes.count < mostBoxes {
                boxes.append(try mbox(boxes.count, in: harness.directory.path))
                let tool = try ChildProcess(command(boxes.suffix(1), harness.store))
                usleep(harness.milliseconds(20...500) * 1000)
                tool.signal(SIGKILL)
                if try tool.wait(seconds: 10) == 128 + SIGKILL { result.killed += 1 }
                try result.measure(bystander)
            }
            try finish(boxes, harness.store, bystander, &result)
            _ = try server.terminate()
        }
        try harness.audit()
        try harness.judge(harness.start())
        result.problems += harness.problems
        result.acknowledged = harness.acknowledged
        return result
    }

    /// An import that may finish: what is missing comes, and nothing twice.
    private static func finish(
        _ boxes: [String], _ store: String, _ bystander: IMAPClient, _ result: inout Result
    ) throws {
        let last = try Programs.run(command(boxes[...], store), seconds: 120)
        if last.status != 0 { result.problems.append("the last import: \(last.report)") }
        let status = try bystander.command("STATUS Imported (MESSAGES)")
        let told = status.untagged.map(\.text).joined(separator: " ")
        guard told.contains("(MESSAGES \(boxes.count * lettersInABox))") else {
            return result.problems.append(told)
        }
    }

    private static func command(_ boxes: ArraySlice<String>, _ store: String) throws -> [String] {
        [try Programs.hindsight, "import"] + boxes
            + ["--account", "crash", "--mailbox", "Imported", "--store", store]
    }

    private static func mbox(_ box: Int, in folder: String) throws -> String {
        var text = ""
        for number in (box * lettersInABox)..<((box + 1) * lettersInABox) {
            text += "From ann@example.org Sat Nov 14 09:30:00 2026\n"
            text += "Subject: letter \(number)\nMessage-ID: <\(number)@example.org>\n\n"
            text += String(repeating: "line of letter \(number)\n", count: 40) + "\n"
        }
        let path = folder + "/old-\(box).mbox"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }
}
