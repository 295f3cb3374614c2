import Glibc
import MailServer
import Testing

@Suite struct ConversationTests {
    @Test func aClientIsGreetedLogsInAndSelects() async throws {
        try await RunningServer.run { server in
            let client = try server.connect()
            #expect(try client.line()?.hasPrefix("* OK [CAPABILITY IMAP4rev1") == true)
            #expect(try client.command("a LOGIN anna secret").last?.hasPrefix("a OK") == true)
            let answer = try client.command("b SELECT INBOX")
            #expect(answer.contains("* 0 EXISTS"))
            #expect(answer.last?.hasPrefix("b OK [READ-WRITE]") == true)
            #expect(try client.command("c LOGOUT").first?.hasPrefix("* BYE") == true)
            #expect(try client.line() == nil)
        }
    }

    @Test func aWrongPasswordIsAnswered() async throws {
        try await RunningServer.run { server in
            let client = try server.connect()
            _ = try client.line()
            #expect(
                try client.command("a LOGIN anna wrong").last?
                    .hasPrefix("a NO [AUTHENTICATIONFAILED]") == true)
        }
    }

    @Test func aMessageOfAMegabyteComesInPieces() async throws {
        try await RunningServer.run { server in
            let client = try server.login()
            let message =
                Array("Subject: long\r\n\r\n".utf8) + [UInt8](repeating: 120, count: 1 << 20)
            try client.send("a APPEND INBOX {\(message.count)}\r\n")
            #expect(try client.line()?.hasPrefix("+ ") == true)
            for start in stride(from: 0, to: message.count, by: 10_000) {
                try client.send(Array(message[start..<min(start + 10_000, message.count)]))
            }
            try client.send("\r\n")
            #expect(try client.lines(to: "a ").last?.hasPrefix("a OK [APPENDUID") == true)
            #expect(
                try client.command("b STATUS INBOX (MESSAGES SIZE)").first
                    == "* STATUS INBOX (MESSAGES 1 SIZE \(message.count))")
        }
    }

    /// The client's kernel keeps the line end back until the message is acknowledged, which takes
    /// 40 ms where nobody asks for it.
    @Test func aLineEndThatComesBehindItsMessageIsNotWaitedFor() async throws {
        try await RunningServer.run { server in
            let client = try server.login()
            var quickest = Duration.seconds(10)
            for number in 0..<20 {
                let start = ContinuousClock.now
                try client.send("a\(number) APPEND INBOX {3}\r\n")
                #expect(try client.line()?.hasPrefix("+ ") == true)
                try client.send("abc")
                try client.send("\r\n")
                #expect(try client.lines(to: "a\(number) ").last?.contains(" OK ") == true)
                quickest = min(quickest, ContinuousClock.now - start)
            }
            #expect(quickest < .milliseconds(35))
        }
    }

    @Test func tenThousandPipelinedCommandsAreAnsweredInOrder() async throws {
        try await RunningServer.run { server in
            let client = try server.login()
            try client.send((0..<10_000).map { "n\($0) NOOP\r\n" }.joined())
            for number in 0..<10_000 {
                #expect(try client.line()?.hasPrefix("n\(number) OK") == true)
            }
        }
    }

    @Test func aClientThatEndsItsSideGetsItsAnswers() async throws {
        try await RunningServer.run { server in
            let client = try server.connect()
            try client.send("a LOGIN anna secret\r\nb CREATE Lists\r\nc NOOP\r\n")
            client.endOutput()
            let lines = try client.linesToEnd()
            #expect(lines.map { $0.prefix(4) } == ["* OK", "a OK", "b OK", "c OK"])
        }
    }

    @Test func idlingSessionsHearOfNewMailWithinASecond() async throws {
        try await RunningServer.run { server in
            let idler = try server.login()
            try idler.command("a SELECT INBOX")
            try idler.send("b IDLE\r\n")
            #expect(try idler.line()?.hasPrefix("+ ") == true)
            let sender = try server.login()
            let start = ContinuousClock.now
            try sender.command("a APPEND INBOX {14+}\r\nSubject: hi\r\n\r")
            #expect(try idler.line() == "* 1 EXISTS")
            #expect(ContinuousClock.now - start < .seconds(1))
            try idler.send("DONE\r\n")
            #expect(try idler.lines(to: "b ").last?.hasPrefix("b OK") == true)
        }
    }

    @Test func aDisconnectWithinALiteralLeavesNothing() async throws {
        try await RunningServer.run { server in
            do {
                let client = try server.login()
                try client.send("a APPEND INBOX {1000000}\r\n")
                #expect(try client.line()?.hasPrefix("+ ") == true)
                try client.send([UInt8](repeating: 120, count: 600_000))
            }
            #expect(try server.eventually { try server.who().count == 1 })
            #expect(try server.eventually { files(server.directory + "/incoming").isEmpty })
            let client = try server.login()
            #expect(
                try client.command("b STATUS INBOX (MESSAGES)").first
                    == "* STATUS INBOX (MESSAGES 0)")
        }
    }

    private func files(_ directory: String) -> [String] {
        guard let folder = opendir(directory) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
