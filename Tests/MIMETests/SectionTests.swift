import MIME
import Testing

@Suite struct SectionTests {
    private let message = mail(
        """
        From: a@b
        Subject: s
        X-Folded: 1
         2
        Content-Type: multipart/mixed; boundary=b

        --b

        one
        --b
        Content-Type: message/rfc822
        Content-ID: <m>

        Subject: inner

        inner body
        --b
        Content-Type: multipart/alternative; boundary=c

        --c

        alternative
        --c--
        --b
        Content-Type: message/rfc822

        Content-Type: multipart/mixed; boundary=d

        --d

        deep
        --d--
        --b--

        """)

    @Test func wholeMessageIsHeaderAndText() {
        let whole = section([], .whole, of: message)
        #expect(whole == text(message))
        #expect(
            (section([], .header, of: message) ?? "") + (section([], .text, of: message) ?? "")
                == whole)
    }

    @Test func partsAreNumberedThroughMultipartsAndMessages() {
        #expect(section([1], .whole, of: message) == "one")
        #expect(section([2], .whole, of: message) == "Subject: inner\r\n\r\ninner body")
        #expect(section([2, 1], .whole, of: message) == "inner body")
        #expect(section([2], .header, of: message) == "Subject: inner\r\n\r\n")
        #expect(section([2], .text, of: message) == "inner body")
        #expect(
            section([2], .mime, of: message)
                == "Content-Type: message/rfc822\r\nContent-ID: <m>\r\n\r\n")
        #expect(section([2, 1], .mime, of: message) == "Subject: inner\r\n\r\n")
        #expect(section([3, 1], .whole, of: message) == "alternative")
        #expect(section([4, 1], .whole, of: message) == "deep")
        #expect(section([1], .mime, of: message) == "\r\n")
    }

    @Test(
        arguments: [[0], [5], [1, 1], [2, 2], [2, 1, 1], [3, 2], [4, 1, 1], [UInt32.max]]
            as [[UInt32]])
    func partsThatAreNotThereAreNil(path: [UInt32]) {
        #expect(section(path, .whole, of: message) == nil)
        #expect(section(path, .mime, of: message) == nil)
    }

    @Test func headerAndTextOfWhatIsNoMessageAreNil() {
        #expect(section([1], .header, of: message) == nil)
        #expect(section([3], .text, of: message) == nil)
        #expect(section([], .mime, of: message) == nil)
        #expect(section([1], .headerFields(["subject"]), of: message) == nil)
    }

    @Test func partOneOfASimpleMessageIsItsBody() {
        let simple = mail("Subject: s\n\nbody\n")
        #expect(section([1], .whole, of: simple) == "body\r\n")
        #expect(section([1], .mime, of: simple) == "Subject: s\r\n\r\n")
        #expect(section([1, 1], .whole, of: simple) == nil)
        #expect(section([1], .header, of: simple) == nil)
    }

    @Test func wantedFieldsKeepTheirFoldsAndOrder() {
        #expect(
            section([], .headerFields(["x-folded", "FROM", "absent"]), of: message)
                == "From: a@b\r\nX-Folded: 1\r\n 2\r\n\r\n")
        #expect(section([], .headerFields(["absent"]), of: message) == "\r\n")
        #expect(
            section([], .headerFieldsNot(["from", "content-type", "x-folded"]), of: message)
                == "Subject: s\r\n\r\n")
        #expect(section([2], .headerFields(["Subject"]), of: message) == "Subject: inner\r\n\r\n")
    }

    @Test func longListsOfNamesAreLookedUpToo() {
        let names = (0..<500).map { "X-\($0)" } + ["sUBJECT"]
        #expect(section([], .headerFields(names), of: message) == "Subject: s\r\n\r\n")
    }

    @Test func fieldWithoutALineEndGetsOne() {
        #expect(section([], .headerFields(["a"]), of: Array("A: b".utf8)) == "A: b\r\n\r\n")
    }

    @Test(
        arguments: [
            (0, 5, "From:"), (5, 100, " a@b\r\n\r\n"), (9, 4, "\r\n\r\n"), (11, 1, "\r"),
            (12, 9, "\n"),
            (13, 1, ""), (UInt64.max, UInt64.max, ""), (0, UInt64.max, "From: a@b\r\n\r\n"),
            (3, 0, ""),
        ] as [(UInt64, UInt64, String)])
    func partialSectionsAreCut(offset: UInt64, length: UInt64, expected: String) throws {
        try message.withUnsafeBytes { bytes in
            let structure = MessageStructure(parsing: bytes)
            let path = SectionPath(kind: .headerFields(["from"]))
            let content = try #require(structure.section(path, in: bytes))
            let slice = content.slice(offset: offset, length: length)
            #expect(text(slice.bytes(in: bytes)) == expected)
            #expect(slice.byteCount == expected.utf8.count)
        }
    }

    @Test(arguments: [
        ("base64", "SGVs\r\nbG8=", "Hello"), ("BASE64", "SGVs!bG8", "Hello"),
        ("base64", "SA==SA==", "HH"),
        ("base64", "====", ""), ("base64", "A", ""), ("base64", "SGVsbG8gV29ybGQ", "Hello World"),
        ("quoted-printable", "a=3Db=\r\nc  \r\nd=e=3", "a=bc\r\nd=e=3"),
        ("quoted-printable", "a=  \r\nb=3d_=", "ab=_"), ("Quoted-Printable (x)", "=41", "A"),
        ("7bit", "a=41", "a=41"), ("binary", "x", "x"),
    ])
    func binaryUndoesTransferEncodings(encoding: String, body: String, expected: String) throws {
        let message = Array("Content-Transfer-Encoding: \(encoding)\r\n\r\n\(body)".utf8)
        try message.withUnsafeBytes { bytes in
            let structure = MessageStructure(parsing: bytes)
            let decoded = try structure.decodedPart([1], in: bytes)
            let measure = try structure.encodedBody([1], in: bytes).measure(in: bytes)
            #expect(text(decoded) == expected)
            #expect(measure?.sizeBytes == expected.utf8.count)
        }
    }

    @Test func unknownEncodingAndMissingPartsAreErrors() {
        let message = mail("Content-Transfer-Encoding: x-uuencode\n\nx")
        message.withUnsafeBytes { bytes in
            let structure = MessageStructure(parsing: bytes)
            #expect(throws: BinaryError.unknownEncoding) {
                try structure.decodedPart([1], in: bytes)
            }
            #expect(throws: BinaryError.noSuchPart) { try structure.encodedBody([2], in: bytes) }
        }
    }
}
