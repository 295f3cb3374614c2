import Glibc
import MailServer
import Testing

@Suite struct WhoTests {
    @Test func whoTellsSessionsWithTheirCursors() async throws {
        try await RunningServer.run { server in
            let client = try server.login()
            try client.command(#"a ID ("name" "mu\"tt" "version" "2")"#)
            try client.command("b EXAMINE INBOX")
            let stranger = try server.connect()
            _ = try stranger.line()
            let lines = try server.who()
            #expect(lines.count == 3)
            #expect(lines[0].contains(#""sessions":2"#))
            #expect(lines[0].contains(#""address":"\#(server.address)""#))
            for part in [
                #""user":"anna""#, #""client":"mu\"tt 2""#, #""state":"selected""#,
                #""mailbox":"INBOX""#, #""readOnly":true"#, #""lastCommand":"EXAMINE""#,
                #""seen":"#,
            ] {
                #expect(lines[1].contains(part))
            }
            #expect(lines[2].contains(#""state":"not authenticated""#))
            #expect(lines[2].contains(#""user":null"#))
            client.endOutput()
            #expect(try server.eventually { try server.who().count == 2 })
        }
    }

    @Test func whoTellsWhatEachCursorHolds() async throws {
        try await RunningServer.run { server in
            let (first, second) = (try server.login(), try server.login())
            try first.command("a APPEND INBOX (\\Deleted) {5+}\r\nhello")
            for client in [first, second] { try client.command("b SELECT INBOX") }
            try first.command("c EXPUNGE")
            let lines = try server.who()
            #expect(lines[1].contains(#""ghosts":0,"ghostBytes":0"#), "\(lines[1])")
            #expect(lines[2].contains(#""deleted":false,"ghosts":1,"ghostBytes":5"#), "\(lines[2])")
            try second.command("d NOOP")
            #expect(try server.who()[2].contains(#""ghosts":0"#))
        }
    }

    @Test func aSocketOfTheOwnerOnly() async throws {
        try await RunningServer.run { server in
            var status = stat()
            #expect(stat(ControlSocket.path(ofStore: server.directory), &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
        }
    }

    @Test func withoutAServerNobodyAnswers() throws {
        #expect(throws: ControlClient.Failure.self) {
            try ControlClient.ask("who", store: "/tmp/hindsight-no-such-store")
        }
    }

    @Test func whatIsNotUnderstoodIsSaidSo() async throws {
        try await RunningServer.run { server in
            let lines = try ControlClient.ask("whom", store: server.directory)
            #expect(lines == [#"{"error":"the request is not known"}"#])
        }
    }
}
