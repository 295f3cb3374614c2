import Foundation
import MailServer
import Testing

@Suite struct BoundsTests {
    /// F16, S19, S21: neither the commands nor the answers pile up in the server.
    @Test func aClientThatDoesNotReadIsNotServedOn() async throws {
        try await RunningServer.run { server in
            let client = try server.connect(receiveBufferBytes: 4096)
            _ = try client.line()
            try client.command("l LOGIN anna secret")
            let tag = String(repeating: "t", count: 245)
            let count = 60_000
            let commands = Array((0..<count).map { "\(tag)\($0) NOOP\r\n" }.joined().utf8)
            var sent = 0
            while sent < commands.count, client.canSend(withinMilliseconds: 500) {
                sent += client.sendWithoutWaiting(commands[sent...])
            }
            #expect(sent < commands.count, "the server took all of \(commands.count) bytes unread")
            var answered = 0
            while answered < count {
                if sent < commands.count { sent += client.sendWithoutWaiting(commands[sent...]) }
                guard try client.line()?.hasPrefix("\(tag)\(answered) OK") == true else { break }
                answered += 1
            }
            #expect(answered == count)
        }
    }

    /// The same for answers that come from job to job on other threads.
    @Test func aPartIsNotDecodedOnForAClientThatDoesNotRead() async throws {
        try await RunningServer.run { server in
            let client = try server.connect(receiveBufferBytes: 4096)
            _ = try client.line()
            try client.command("l LOGIN anna secret")
            let header = Array("Content-Transfer-Encoding: binary\r\n\r\n".utf8)
            let message = header + [UInt8](repeating: 65, count: 16 << 20)
            try client.send("a APPEND INBOX {\(message.count)+}\r\n")
            try client.send(message + [13, 10])
            #expect(try client.lines(to: "a ").last?.hasPrefix("a OK") == true)
            try client.command("b EXAMINE INBOX")
            let before = try anonymousBytes()
            let items = (0..<60).map { "BINARY.PEEK[1]<\($0).60000000>" }
            try client.send("c FETCH 1 (\(items.joined(separator: " ")))\r\n")
            // All of it would be 960 MiB.
            var most = 0
            for _ in 0..<30 {
                usleep(100_000)
                most = max(most, try anonymousBytes())
            }
            #expect(most - before < 500 << 20)
            #expect(try server.login("berta").command("d NOOP").last?.hasPrefix("d OK") == true)
        }
    }

    /// What this process holds in memory.
    private func anonymousBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) << 10
    }

    @Test func aConnectionTooManyIsTold() async throws {
        try await RunningServer.run {
            $0.connectionLimits.total = 2
        } _: { server in
            let first = try server.login()
            let second = try server.login()
            let third = try server.connect()
            #expect(try third.line()?.hasPrefix("* BYE [UNAVAILABLE]") == true)
            #expect(try third.line() == nil)
            try first.command("z LOGOUT")
            #expect(
                try server.eventually { try server.connect().line()?.hasPrefix("* OK") == true })
            #expect(try second.command("a NOOP").last?.hasPrefix("a OK") == true)
        }
    }

    @Test func strangersFromOneAddressAreLimitedUntilTheyLogIn() async throws {
        try await RunningServer.run {
            $0.connectionLimits.perAddressBeforeLogin = 1
        } _: { server in
            let first = try server.connect()
            _ = try first.line()
            #expect(try server.connect().line()?.hasPrefix("* BYE [UNAVAILABLE]") == true)
            try first.command("a LOGIN anna secret")
            #expect(try server.connect().line()?.hasPrefix("* OK") == true)
        }
    }

    @Test func aUsersConnectionTooManyIsTold() async throws {
        try await RunningServer.run {
            $0.connectionLimits.perUser = 1
        } _: { server in
            let first = try server.login("anna")
            let second = try server.connect()
            _ = try second.line()
            try second.send("a LOGIN anna secret\r\n")
            #expect(try second.line()?.hasPrefix("* BYE [UNAVAILABLE]") == true)
            #expect(try second.line() == nil)
            _ = try server.login("berta")
            #expect(try first.command("b NOOP").last?.hasPrefix("b OK") == true)
        }
    }

    @Test func whoDoesNotLogInIsSentAway() async throws {
        try await RunningServer.run {
            $0.timeouts.sweepInterval = .milliseconds(10)
            $0.timeouts.login = .milliseconds(50)
        } _: { server in
            let lines = try server.connect().linesToEnd()
            #expect(lines.last?.hasPrefix("* BYE") == true)
        }
    }

    @Test(arguments: ["", "a NO", "a APPEND INBOX {100+}\r\nSubject"])
    func whoDoesNotGoOnIsSentAway(_ beginning: String) async throws {
        try await RunningServer.run {
            $0.timeouts.sweepInterval = .milliseconds(10)
            $0.timeouts.idle = .milliseconds(100)
            $0.timeouts.commandProgress = .milliseconds(100)
        } _: { server in
            let client = try server.login()
            try client.send(beginning)
            #expect(try client.linesToEnd().last?.hasPrefix("* BYE") == true)
        }
    }

    @Test func aClientThatTakesNothingIsCut() async throws {
        try await RunningServer.run {
            $0.timeouts.sweepInterval = .milliseconds(10)
            $0.timeouts.outputProgress = .milliseconds(200)
        } _: { server in
            let client = try server.connect(receiveBufferBytes: 4096)
            _ = try client.line()
            try client.command("l LOGIN anna secret")
            let command = Array("\(String(repeating: "t", count: 200)) NOOP\r\n".utf8)
            let commands = Array(repeatElement(command, count: 10_000).joined())
            #expect(
                try server.eventually {
                    _ = client.sendWithoutWaiting(commands[...])
                    return try server.who().count == 1
                })
        }
    }

    @Test func idlingClientsHearThatTheConnectionLives() async throws {
        try await RunningServer.run {
            $0.timeouts.sweepInterval = .milliseconds(10)
            $0.timeouts.stillHere = .milliseconds(30)
        } _: { server in
            let client = try server.login()
            try client.send("a IDLE\r\n")
            #expect(try client.line()?.hasPrefix("+ ") == true)
            #expect(try client.line() == "* OK Still here")
            try client.send("DONE\r\n")
            #expect(try client.lines(to: "a ").last?.hasPrefix("a OK") == true)
        }
    }
}
