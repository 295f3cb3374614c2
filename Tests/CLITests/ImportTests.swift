import Foundation
import Testing

@Suite struct ImportTests {
    @Test func aMaildirComesWithFlagsDatesAndFolders() throws {
        let store = try StoreFixture()
        let files = store.files
        try files.makeFolder("Maildir/new")
        try files.makeFolder("Maildir/.Sent.2020/new")
        try files.makeFolder("Maildir/.Entw&APw-rfe/cur")
        try files.makeFolder("Maildir/.Entw&APw-rfe/new")
        try files.write("0 Work\n1 $Label1\n", to: "Maildir/dovecot-keywords")
        try files.write("A: 1\n\none\n", to: "Maildir/cur/1.a:2,FRSPb", changed: 1_000_000_000)
        try files.write("A: 2\n\ntwo\n", to: "Maildir/new/2.a", changed: 1_000_000_001)
        try files.write("A: 3\r\n\r\nthree\r\n", to: "Maildir/.Sent.2020/cur/3.a:2,DT")
        let imported = try store.hindsight("import", files.path("Maildir"), "--account", "ann")
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.output.contains("imported 3 messages"))
        let inbox = try store.messages(in: "INBOX")
        #expect(
            inbox.map(\.flags) == [
                ["$Forwarded", "$Label1", "\\Answered", "\\Flagged", "\\Seen"], [],
            ])
        #expect(inbox.map(\.date) == [" 9-Sep-2001 01:46:40 +0000", " 9-Sep-2001 01:46:41 +0000"])
        #expect(try store.messages(in: "Sent/2020").map(\.flags) == [["\\Deleted", "\\Draft"]])
        #expect(try store.names().contains("Entwürfe"))
        try store.expectSound()
    }

    @Test func anMboxIsPartedUnquotedAndDated() throws {
        let store = try StoreFixture()
        let mbox = """
            From ann@example.org Mon Jan  3 12:00:00 2000
            Subject: one
            Status: RO
            X-Status: AF
            X-Keywords: Work $Label1

            >From here on
            From Bob, no date and no empty line before

            From Bob, an empty line and no date
            >>From twice

            From MAILER-DAEMON Tue Jan  4 01:02:03 2000 +0100
            Status: RO
            Subject: two

            end

            """
        try store.files.write(mbox, to: "old.mbox")
        let imported = try store.hindsight(
            "import", store.files.path("old.mbox"), "--account", "ann", "--mailbox", "Old/Mail")
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.output.contains("made mailbox Old/Mail"))
        let messages = try store.messages(in: "Old/Mail")
        #expect(
            messages.map(\.date) == [" 3-Jan-2000 12:00:00 +0000", " 4-Jan-2000 01:02:03 +0100"])
        #expect(
            messages.map(\.flags) == [
                ["$Label1", "Work", "\\Answered", "\\Flagged", "\\Seen"], ["\\Seen"],
            ])
        let out = store.files.path("out")
        let exported = try store.hindsight(
            "export", out, "--account", "ann", "--mailbox", "Old/Mail", "--format", "maildir")
        #expect(exported.status == 0, "\(exported.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: out + "/cur").sorted()
        let texts = try names.map {
            try String(contentsOfFile: "\(out)/cur/\($0)", encoding: .utf8)
        }
        // The Status lines of the first stand within its header and stay; that of the second goes.
        #expect(
            texts == [
                """
                Subject: one
                Status: RO
                X-Status: AF
                X-Keywords: Work $Label1

                From here on
                From Bob, no date and no empty line before

                From Bob, an empty line and no date
                >From twice

                """, "Subject: two\n\nend\n",
            ])
    }

    @Test(arguments: [
        ("From -\nA: 1\n\nx\n\nFrom -\nA: 2\n\ny\n", 2),
        ("From x@y Mon Jan  3 12:00:00 2000\nA: 1\n\nx\n\nFrom -\ny\n", 1),
        ("From x@y Mon Jan  3 12:00:00 2000\n", 1),
        ("\n\nFrom x@y Mon Jan  3 12:00:00 2000\r\nA: 1\r\n\r\n\r\n", 1),
        ("From x@y 1999", 1),
    ])
    func fromLinesOfAllKindsPartAnMbox(text: String, count: Int) throws {
        let store = try StoreFixture()
        try store.files.write(text, to: "a.mbox")
        let imported = try store.hindsight(
            "import", store.files.path("a.mbox"), "--account", "ann", "--format", "mbox")
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.output.contains("imported \(count) messages"))
    }

    @Test func aFolderOfEmlFilesIsWalkedAndOtherFilesArePassedOver() throws {
        let store = try StoreFixture()
        let files = store.files
        try files.write(
            "Date: Sat, 1 Jan 2000 00:00:00 +0100\n\nx\n", to: "mail/a.eml", changed: 1_000_000_000)
        try files.write("Subject: no date\n\nx\n", to: "mail/deep/b.EML", changed: 1_000_000_000)
        try files.write("notes", to: "mail/notes.txt")
        try files.makeFolder("mail/empty")
        let imported = try store.hindsight("import", files.path("mail"), "--account", "ann")
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.output.contains("passed over 1 files"))
        #expect(
            try store.messages(in: "INBOX").map(\.date)
                == [" 1-Jan-2000 00:00:00 +0100", " 9-Sep-2001 01:46:40 +0000"])
    }

    @Test func aSecondImportSkipsWhatIsThereAndCountsEqualMessages() throws {
        let store = try StoreFixture()
        let files = store.files
        for number in 0..<300 {
            try files.write("Subject: \(number / 2)\n\nx\n", to: "mail/\(number).eml")
        }
        let first = try store.hindsight("import", files.path("mail"), "--account", "ann")
        #expect(first.output.contains("imported 300 messages"))
        let second = try store.hindsight("import", files.path("mail"), "--account", "ann")
        #expect(second.status == 0)
        #expect(second.output.contains("imported 0 messages"))
        #expect(second.output.contains("skipped 300 messages"))
        try files.write("Subject: 149\n\nx\n", to: "mail/more.eml")
        let third = try store.hindsight("import", files.path("mail"), "--account", "ann")
        #expect(third.output.contains("imported 1 messages"))
        #expect(third.output.contains("skipped 300 messages"))
    }

    @Test func whatCannotBeReadIsNamedAndTheRestIsImported() throws {
        let store = try StoreFixture()
        let files = store.files
        try files.write("A: 1\n\nx\n", to: "mail/a.eml")
        try files.write("no mbox\n", to: "mail/b.mbox")
        try FileManager.default.createSymbolicLink(
            atPath: files.path("mail/c.eml"), withDestinationPath: files.path("gone"))
        let imported = try store.hindsight(
            "import", files.path("mail"), files.path("nowhere"), "--account", "ann")
        #expect(imported.status == 2)
        #expect(imported.output.contains("imported 1 messages"))
        for name in ["b.mbox", "c.eml", "nowhere"] { #expect(imported.errors.contains(name)) }
    }

    @Test func hostileBytesAndLargeMessagesComeIn() throws {
        let store = try StoreFixture()
        let files = store.files
        try files.write([], to: "mail/empty.eml")
        try files.write([0x0A], to: "mail/newline.eml")
        try files.write([0x0D], to: "mail/return.eml")
        try files.write([UInt8](repeating: 0, count: 70_000), to: "mail/nul.eml")
        try files.write([UInt8](repeating: 0xFF, count: 300_000), to: "mail/long.eml")
        // Goes through a spool file, and has a line that no buffer holds.
        var large = Array("Subject: large\n\n".utf8)
        large += [UInt8](repeating: 0x78, count: 1 << 20) + [0x0A]
        while large.count < 4 << 20 { large += large.suffix(1 << 20) }
        try files.write(large, to: "mail/large.eml")
        let imported = try store.hindsight("import", files.path("mail"), "--account", "ann")
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.output.contains("imported 6 messages"))
        #expect(
            try store.hindsight("import", files.path("mail"), "--account", "ann").output
                .contains("skipped 6 messages"))
        try store.expectSound()
    }
}
