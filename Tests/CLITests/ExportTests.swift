import Foundation
import Testing

@Suite struct ExportTests {
    private static let messages: [(name: String, bytes: [UInt8])] = [
        ("1.a:2,FRSP", Array("Subject: one\n\nFrom the start\n>From quoted\n\nFrom x 2000\n".utf8)),
        ("2.a:2,", Array("Subject: two\r\n\r\nx\r\n".utf8)),
        ("3.a:2,DSTa", Array("Subject: three\r\r\n\r\nkeeps its lone return\rhere\n\n\n".utf8)),
        ("4.a:2,bc", Array("\nno header\n".utf8)),
        ("5.a:2,", [0xFF, 0x00, 0x0A]),
    ]

    private func filled() throws -> StoreFixture {
        let store = try StoreFixture()
        try store.files.makeFolder("m/new")
        try store.files.write("0 Work\n1 $Label1\n2 $Label2\n", to: "m/dovecot-keywords")
        for (index, message) in ExportTests.messages.enumerated() {
            try store.files.write(
                message.bytes, to: "m/cur/" + message.name, changed: 900_000_000 + index)
        }
        for mailbox in ["INBOX", "Sent", "Café.au/Lait"] {
            let imported = try store.hindsight(
                "import", store.files.path("m"), "--account", "ann", "--mailbox", mailbox)
            #expect(imported.status == 0, "\(imported.errors)")
        }
        #expect(
            try store.hindsight("account", "add", "bob", "--no-folders", input: "x\n").status == 0)
        return store
    }

    @Test(arguments: ["lf", "crlf"])
    func aMaildirComesBackAsItWas(lineEnds: String) throws {
        let store = try filled()
        let out = store.files.path("out")
        let exported = try store.hindsight(
            "export", out, "--account", "ann", "--format", "maildir", "--line-ends", lineEnds)
        #expect(exported.status == 0, "\(exported.errors)")
        #expect(exported.output.contains("exported 15 messages"))
        #expect(
            try store.hindsight("import", out, "--account", "ann").output.contains("skipped 15"))
        let imported = try store.hindsight("import", out, "--account", "bob")
        #expect(imported.status == 0, "\(imported.errors)")
        for mailbox in ["INBOX", "Sent", "Café.au/Lait"] {
            #expect(
                try store.messages(in: mailbox, of: "bob").sorted()
                    == store.messages(in: mailbox, of: "ann").sorted())
        }
        try store.expectSound()
    }

    @Test(arguments: ["lf", "crlf"])
    func anMboxComesBackAsItWas(lineEnds: String) throws {
        let store = try filled()
        let out = store.files.path("sent.mbox")
        let exported = try store.hindsight(
            "export", out, "--account", "ann", "--mailbox", "Sent", "--format", "mbox",
            "--line-ends", lineEnds)
        #expect(exported.status == 0, "\(exported.errors)")
        let imported = try store.hindsight("import", out, "--account", "bob", "--mailbox", "Sent")
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.output.contains("imported 5 messages"))
        #expect(
            try store.messages(in: "Sent", of: "bob") == store.messages(in: "Sent", of: "ann"))
    }

    @Test func allMailboxesBecomeAFolderOfMboxFiles() throws {
        let store = try filled()
        let out = store.files.path("out")
        let exported = try store.hindsight("export", out, "--account", "ann", "--format", "mbox")
        #expect(exported.status == 0, "\(exported.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: out)
        #expect(names.contains("INBOX.mbox"))
        #expect(names.contains("Caf&AOk-&AC4-au.Lait.mbox"))
    }

    @Test(arguments: ["mbox", "maildir"])
    func whatExistsIsNeverOverwritten(format: String) throws {
        let store = try filled()
        let out = try store.files.write("precious", to: "out")
        let exported = try store.hindsight(
            "export", out, "--account", "ann", "--mailbox", "Sent", "--format", format)
        #expect(exported.status == 2)
        #expect(exported.errors.contains("exists"))
        #expect(try String(contentsOfFile: out, encoding: .utf8) == "precious")
    }
}
