import MIME
import Testing

@Suite struct SearchTests {
    private func subject(_ field: String) -> String {
        mail("Subject: \(field)\n\n").withUnsafeBytes { bytes in
            text(SearchText(of: bytes).headerFieldText(named: "SUBJECT").first ?? [])
        }
    }

    @Test(arguments: [
        ("Plain TEXT", "plain text"), ("=?utf-8?q?Caf=C3=89_x?=", "caf\u{e9} x"),
        ("=?utf-8?B?w4k=?= =?UTF-8?q?a?=\n =?utf-8?q?b?= c", "\u{e9}ab c"),
        ("=?utf-8?B?ww==?= =?utf-8?B?iQ==?=", "\u{e9}"), ("=?iso-8859-1*en?Q?=C9?=", "\u{e9}"),
        ("a =?x-unknown?q?b=E9?=", "a b\u{e9}"), ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
        ("=?utf-8?q?a", "=?utf-8?q?a"),
        ("a=?utf-8?q?b?=c", "abc"), ("\u{c4}\u{d6}", "\u{e4}\u{f6}"),
        ("e\u{301}E\u{301}", "\u{e9}\u{e9}"),
        ("\u{39f}\u{394}\u{3a3}", "\u{3bf}\u{3b4}\u{3c3}"), ("\u{416}", "\u{436}"),
        ("a\n b", "a b"),
        ("=?koi8-r?b?8A==?=", "\u{43f}"),
    ])
    func headersAreDecodedAndFolded(field: String, expected: String) {
        #expect(Array(subject(field).utf8) == Array(expected.utf8))
    }

    @Test func bytesWithoutACharsetAreGuessed() {
        let message = Array("Subject: a".utf8) + [0xC9] + Array("\r\n\r\n".utf8)
        message.withUnsafeBytes { bytes in
            #expect(
                SearchText(of: bytes).headerFieldText(named: "subject").map(text) == ["a\u{e9}"])
        }
    }

    @Test func extendedParametersAreFound() throws {
        let message = mail(
            "Content-Disposition: attachment; filename*0*=utf-8''%c3%89; filename*1=\"X.pdf\"\n\n")
        let needle = try #require(SearchNeedle(Array("\u{e9}x.PDF".utf8)))
        message.withUnsafeBytes { bytes in
            #expect(SearchText(of: bytes).headerField("content-disposition", contains: needle))
        }
    }

    @Test(arguments: [
        ("caf\u{e9}", true), ("CAFE\u{301}", true), ("html part", true), ("inner subject", true),
        ("secret image", false), ("outer subject", false), ("", true), ("tail", true),
    ])
    func bodiesAreSearchedDecoded(needle: String, isFound: Bool) throws {
        let message = mail(
            """
            Subject: outer subject
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Ca=
            f=C9
            --b
            Content-Type: text/html
            Content-Transfer-Encoding: base64

            SFRNTCBwYXJ0
            --b
            Content-Type: image/png

            secret image
            --b
            Content-Type: message/rfc822

            Subject: Inner Subject

            tail
            --b--
            """)
        let prepared = try #require(SearchNeedle(Array(needle.utf8)))
        message.withUnsafeBytes { bytes in
            var search = SearchText(of: bytes)
            let isInBody = search.bodyContains(prepared)
            let isAnywhere = search.contains(prepared)
            let bodyText = search.bodyText()
            #expect(isInBody == isFound)
            #expect(isAnywhere == (isFound || needle == "outer subject"))
            #expect(prepared.matches(bodyText) == isFound)
        }
    }

    @Test func needlesComeInTheirCharset() throws {
        let needle = try #require(SearchNeedle([0xD2], charset: "koi8-r"))
        #expect(needle.matches(Array("\u{440}".utf8)))
        #expect(SearchNeedle([0x61], charset: "no-such-charset") == nil)
    }

    @Test(
        arguments: [
            ("us-ascii", [0xE9]), ("utf-8", [0xE9]), ("utf-8", [0x61, 0xC3]),
            ("utf-8", [0xC0, 0x80]), ("utf-7", [0x2B]), ("shift_jis", [0x93]), ("euc-jp", [0xFF]),
        ] as [(String, [UInt8])])
    func aTextThatIsNoneInItsCharsetIsNoNeedle(charset: String, bytes: [UInt8]) {
        #expect(SearchNeedle(bytes, charset: charset) == nil)
    }

    @Test(
        arguments: [
            ("us-ascii", [0x61], "a"), ("utf-8", [0xEF, 0xBF, 0xBD], "\u{fffd}"),
            ("utf-7", [0x2B, 0x41, 0x4F, 0x6B, 0x2D], "\u{e9}"), ("utf-8", [], ""),
        ] as [(String, [UInt8], String)])
    func aTextInItsCharsetIsANeedle(charset: String, bytes: [UInt8], found: String) throws {
        let needle = try #require(SearchNeedle(bytes, charset: charset))
        #expect(needle.matches(Array(found.utf8)) && needle.isEmpty == found.isEmpty)
    }

    /// RFC 3501 §6.4.4: the headers of parts are of the body.
    @Test(arguments: [
        ("invoice1", true), ("a bill", true), ("\u{e9}t\u{e9}.pdf", true), ("X-Outer", false),
        ("pdf bytes", false),
    ])
    func headersOfPartsAreSearched(needle: String, isFound: Bool) throws {
        let message = mail(
            """
            X-Outer: x
            Content-Type: multipart/mixed; boundary=b

            --b

            hello
            --b
            Content-Type: application/pdf; name=invoice1.pdf
            Content-Description: =?utf-8?q?a_bill?=
            Content-Disposition: attachment; filename*=utf-8''%C3%A9t%C3%A9.pdf

            pdf bytes
            --b--
            """)
        let prepared = try #require(SearchNeedle(Array(needle.utf8)))
        message.withUnsafeBytes { bytes in
            var search = SearchText(of: bytes)
            #expect(search.bodyContains(prepared) == isFound)
            #expect(search.contains(prepared) == (isFound || needle == "X-Outer"))
        }
    }

    @Test func matchingAgreesWithTheObviousWay() throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                UInt8.random(in: 97...98, using: &random)
            }
            let word = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                UInt8.random(in: 97...98, using: &random)
            }
            let expected = text.indices.contains { text[$0...].starts(with: word) }
            #expect(try #require(SearchNeedle(word)).matches(text) == expected, "\(text) \(word)")
        }
    }

    /// Plain fields are not decoded before they are looked through; that must not show.
    @Test func plainFieldsAreSearchedAsDecodedOnes() throws {
        var random = SeededRandom(seed: 11)
        let pieces = ["a", "B", " ", "=", "=?utf-8?q?A?=", "\u{e9}", "\n ", "b", "\t"]
        for _ in 0..<2000 {
            let name = ["Subject", "X-A", "Content-Type"][Int.random(in: 0...2, using: &random)]
            let value = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            let word = ["a", "ab", "b a", "=", "\u{c9}", "", "B"][
                Int.random(in: 0...6, using: &random)]
            let needle = try #require(SearchNeedle(Array(word.utf8)))
            mail("\(name): \(value)\nOther: ab\n\n").withUnsafeBytes { bytes in
                let text = SearchText(of: bytes)
                let decoded = text.headerFieldText(named: name)
                #expect(
                    text.headerField(name.uppercased(), contains: needle)
                        == decoded.contains { needle.matches($0) },
                    "\(word.debugDescription) in \(value.debugDescription)")
            }
        }
    }
}
