import Glibc
import MailServer
import Testing

@Suite struct StartAndStopTests {
    @Test func everybodyIsToldGoodByeAtShutdown() async throws {
        try await RunningServer.run { server in
            let stranger = try server.connect()
            _ = try stranger.line()
            let idler = try server.login()
            try idler.command("a SELECT INBOX")
            try idler.send("b IDLE\r\n")
            _ = try idler.line()
            let start = ContinuousClock.now
            server.stop()
            #expect(try stranger.linesToEnd().last?.hasPrefix("* BYE") == true)
            #expect(try idler.linesToEnd().last?.hasPrefix("* BYE") == true)
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }

    @Test func whatWasAcknowledgedBeforeAStopIsThereAfterIt() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { system("rm -rf '\(folder)'") }
        for start in 0..<3 {
            try await RunningServer.run {
                $0.storeDirectory = folder + "/store"
            } _: { server in
                let client = try server.login()
                #expect(
                    try client.command("a STATUS INBOX (MESSAGES)").first
                        == "* STATUS INBOX (MESSAGES \(start))")
                try client.command("b APPEND INBOX {14+}\r\nSubject: hi\r\n\r")
            }
        }
    }

    @Test func aDemoPasswordServesOnLoopbackOnly() throws {
        let folder = try RunningServer.temporaryFolder()
        defer { system("rm -rf '\(folder)'") }
        let configuration = ServerConfiguration(
            storeDirectory: folder + "/store", address: ListenAddress(host: "0.0.0.0", port: 0),
            demoPassword: "secret", threads: 1)
        #expect(throws: ServerError.self) {
            try MailServer(configuration, logger: RunningServer.quiet)
        }
        #expect(access(folder + "/store", F_OK) != 0)
    }

    @Test func anAddressThatIsTakenIsSaidPlainlyAndLeavesNoStore() async throws {
        try await RunningServer.run { server in
            let store = server.directory + "-of-another"
            let configuration = ServerConfiguration(
                storeDirectory: store, address: server.address, threads: 1)
            let error = #expect(throws: ServerError.self) {
                try MailServer(configuration, logger: RunningServer.quiet)
            }
            #expect(
                error?.description
                    == "cannot listen on \(server.address): another program listens there; "
                    + "name another port with --listen")
            #expect(access(store, F_OK) != 0)
        }
    }

    @Test func aSecondServerOnTheStoreIsRefused() async throws {
        try await RunningServer.run { server in
            let configuration = ServerConfiguration(
                storeDirectory: server.directory,
                address: ListenAddress(host: "127.0.0.1", port: 0), threads: 1)
            let error = #expect(throws: ServerError.self) {
                try MailServer(configuration, logger: RunningServer.quiet)
            }
            guard case .store = error else {
                Issue.record("\(error as Any)")
                return
            }
        }
    }

    /// It is the connection that stays on this machine or leaves it, not the listener.
    @Test func aListenerForAllTakesPasswordsOverLoopbackOnly() async throws {
        try await RunningServer.run {
            $0.address = ListenAddress(host: "0.0.0.0", port: 0)
            $0.demoPassword = nil
        } _: { server in
            let near = try server.connect()
            #expect(try near.line()?.contains("LOGINDISABLED") == false)
            #expect(
                try near.command("a LOGIN anna secret").last?
                    .hasPrefix("a NO [AUTHENTICATIONFAILED]") == true)
            guard let host = outwardAddress() else {
                print("no address but loopback here: not tried from another")
                return
            }
            let far = try SocketClient(host: host, port: server.address.port)
            #expect(try far.line()?.contains("LOGINDISABLED") == true)
            #expect(
                try far.command("a LOGIN anna secret").last?
                    .hasPrefix("a NO [PRIVACYREQUIRED]") == true)
        }
    }

    /// An IPv4 address of this machine that is not loopback: a connection to it comes from it.
    private func outwardAddress() -> in_addr_t? {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return nil }
        defer { freeifaddrs(first) }
        var next = first
        while let interface = next?.pointee {
            next = interface.ifa_next
            guard let address = interface.ifa_addr, address.pointee.sa_family == AF_INET else {
                continue
            }
            let host = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                $0.pointee.sin_addr.s_addr
            }
            if host.bigEndian >> 24 != 127 { return host }
        }
        return nil
    }
}
