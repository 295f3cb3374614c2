import MIME
import Testing

@Suite struct BodyStructureTests {
    private let plain = "\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\""

    @Test(arguments: [
        (
            "",
            "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 0 0 NIL NIL NIL NIL)"
        ),
        (
            "A: b\n\nx\ny\n",
            "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 6 2 NIL NIL NIL NIL)"
        ),
        (
            "Content-Type: nonsense\n\nx",
            "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 1 0 NIL NIL NIL NIL)"
        ),
        (
            "Content-Type: text/html\n\nx",
            "(\"text\" \"html\" NIL NIL NIL \"7BIT\" 1 0 NIL NIL NIL NIL)"
        ),
        (
            "Content-Type: Image/GIF; name=\"a\\\"b\"; x*=utf-8''%e2\nContent-Transfer-Encoding: BASE64\n"
                + "Content-ID: <1>\nContent-Description: a\n b\nContent-MD5: Q2hlY2s=\n"
                + "Content-Disposition: attachment; filename=a b.gif; size=3\n"
                + "Content-Language: en, de (x)\nContent-Location: http://a/b\n\nAAAA",
            "(\"Image\" \"GIF\" (\"name\" \"a\\\"b\" \"x*\" \"utf-8''%e2\") \"<1>\" \"a b\" \"BASE64\" 4 "
                + "\"Q2hlY2s=\" (\"attachment\" (\"filename\" \"a b.gif\" \"size\" \"3\")) (\"en\" \"de\") "
                + "\"http://a/b\")"
        ),
        (
            "Content-Type: text/plain; charset=us-ascii (Plain text)\nContent-Disposition: inline\n\n",
            "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 0 0 NIL (\"inline\" NIL) NIL NIL)"
        ),
        (
            "Content-Type: text/plain; charset=a format=flowed;; =x; \"y\"; delsp = yes\n\n",
            "(\"text\" \"plain\" (\"charset\" \"a\" \"format\" \"flowed\" \"delsp\" \"yes\") NIL NIL \"7BIT\" 0 0 "
                + "NIL NIL NIL NIL)"
        ),
        (
            "Content-Type: application/x; name=a(1).pdf\n\n",
            "(\"application\" \"x\" (\"name\" \"a(1).pdf\") NIL NIL \"7BIT\" 0 NIL NIL NIL NIL)"
        ),
    ])
    func singlePartsAreShown(message: String, expected: String) {
        #expect(structure(message) == expected)
    }

    @Test func multipartShowsItsPartsAndExtensionData() {
        let message = """
            Content-Type: multipart/mixed; boundary="a b"
            Content-Language: en

            preamble
            --a b

            one
            --a b
            Content-Type: text/html

            two

            --a b--
            epilogue
            """
        #expect(
            structure(message)
                == "((\(plain) 3 0 NIL NIL NIL NIL)(\"text\" \"html\" NIL NIL NIL \"7BIT\" 5 1 NIL NIL NIL NIL)"
                + " \"mixed\" (\"boundary\" \"a b\") NIL (\"en\") NIL)")
        #expect(
            text(summary(mail(message)).body)
                == "((\(plain) 3 0)(\"text\" \"html\" NIL NIL NIL \"7BIT\" 5 1) \"mixed\")")
    }

    @Test func embeddedMessageShowsEnvelopeBodyAndLines() {
        let message = """
            Content-Type: message/rfc822

            Subject: in

            a
            b

            """
        #expect(
            structure(message)
                == "(\"message\" \"rfc822\" NIL NIL NIL \"7BIT\" 21 (NIL \"in\" NIL NIL NIL NIL NIL NIL NIL NIL) "
                + "(\(plain) 6 2 NIL NIL NIL NIL) 4 NIL NIL NIL NIL)")
    }

    @Test func partsOfADigestAreMessagesByDefault() {
        let message = """
            Content-Type: multipart/digest; boundary=b

            --b

            Subject: one

            x
            --b
            Content-Type: text/plain

            y
            --b--
            """
        let shown = structure(message)
        #expect(shown.hasPrefix("((\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 17 (NIL \"one\""))
        #expect(shown.contains("(\"text\" \"plain\" NIL NIL NIL \"7BIT\" 1 0 NIL"))
    }

    @Test(arguments: [
        "Content-Type: multipart/mixed\n\n--b\n\nx\n--b--\n",
        "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\nx\n",
        "Content-Type: multipart/mixed; boundary=b\n\nno parts\n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b--\n",
        "Content-Type: multipart/mixed; boundary=b\n\n--B\n\nx\n--bb\n\n",
    ])
    func multipartWithoutPartsIsPlainText(message: String) {
        #expect(structure(message).hasPrefix("(\(plain) "))
    }

    @Test func outerBoundaryEndsAnInnerMultipartThatNeverEnds() {
        let message = """
            Content-Type: multipart/mixed; boundary=out

            --out
            Content-Type: multipart/alternative; boundary=in

            --in

            a
            --out

            b
            """
        #expect(
            text(summary(mail(message)).body)
                == "(((\(plain) 1 0) \"alternative\")(\(plain) 1 0) \"mixed\")")
    }

    @Test func sameBoundaryWithinItselfBelongsToTheInnermost() {
        let message = """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: multipart/mixed; boundary=b

            --b

            a
            --b

            c
            --b--
            --b

            d
            --b--
            """
        #expect(
            text(summary(mail(message)).body)
                == "(((\(plain) 1 0)(\(plain) 1 0) \"mixed\")(\(plain) 1 0) \"mixed\")")
    }

    @Test func blanksBehindADelimiterAreAllowed() {
        let message =
            "Content-Type: multipart/mixed; boundary=b\n\n--b \t\n\nx\n--b--  \nepilogue\n"
        #expect(text(summary(mail(message)).body) == "((\(plain) 1 0) \"mixed\")")
    }

    @Test func boundaryMayBeAnExtendedParameter() {
        let message =
            "Content-Type: multipart/mixed; boundary*=us-ascii''a%20b\n\n--a b\n\nx\n--a b--\n"
        #expect(text(summary(mail(message)).body) == "((\(plain) 1 0) \"mixed\")")
    }

    @Test func boundaryWithinAHeaderEndsTheHeader() {
        let message =
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n--b\n\nx\n--b--\n"
        #expect(
            text(summary(mail(message)).body)
                == "((\"text\" \"html\" NIL NIL NIL \"7BIT\" 0 0)(\(plain) 1 0) \"mixed\")")
    }

    @Test func encodedMessageIsShownAsItsBytes() {
        let message = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nAAAA"
        #expect(
            text(summary(mail(message)).body)
                == "(\"APPLICATION\" \"OCTET-STREAM\" NIL NIL NIL \"base64\" 4)")
    }

    @Test func whatIsTooDeepIsALeaf() throws {
        var limits = MIMELimits()
        limits.depth = 3
        let unit = "Content-Type: message/rfc822\n\n"
        let deep = summary(mail(String(repeating: unit, count: 5)), limits: limits)
        #expect(text(deep.body).contains("\"APPLICATION\" \"OCTET-STREAM\""))
        #expect(text(deep.body).components("RFC822") == 2)
    }

    @Test func partsBeyondTheLimitAreNotShown() {
        var limits = MIMELimits()
        limits.parts = 3
        let message =
            "Content-Type: multipart/mixed; boundary=b\n\n"
            + String(repeating: "--b\n\nx\n", count: 9)
        #expect(
            text(summary(mail(message), limits: limits).body)
                == "((\(plain) 1 0)(\(plain) 1 0) \"mixed\")")
    }

    @Test func structureTooLargeToShowIsOnePart() {
        var limits = MIMELimits()
        limits.bodyStructureBytes = 200
        let message =
            "Content-Type: multipart/mixed; boundary=b\n\n"
            + String(repeating: "--b\n\nx\n", count: 9)
        #expect(text(summary(mail(message), limits: limits).body).hasPrefix("(\(plain) "))
    }
}

extension String {
    /// How often a word occurs, in any case.
    fileprivate func components(_ word: String) -> Int {
        let text = Array(uppercased().utf8)
        let word = Array(word.utf8)
        return text.indices.filter { text[$0...].starts(with: word) }.count
    }
}
