import MIME
import Testing

@Suite struct CharsetTests {
    @Test(arguments: [
        "us-ascii", "UTF-8", "utf8", "ISO-8859-1", "iso-8859-15", "windows-1252", "windows-1251",
        "koi8-r",
        "iso-2022-jp", "Shift_JIS", "gb2312", "big5", "euc-kr", "ks_c_5601-1987", "utf-7",
        "unicode-1-1-utf-7", "utf-16le", "cp437", "windows-874",
    ])
    func charsetsOfMailAreKnown(name: String) { #expect(Charset.isKnown(name)) }

    @Test(arguments: [
        "", "x-unknown", "//", "utf-8//IGNORE", "UTF-16//TRANSLIT", "a b", "../../etc/passwd",
        "iso-",
        "iso-2022-cn-ext", "\u{e9}", String(repeating: "a", count: 41),
    ])
    func otherNamesAreNot(name: String) {
        #expect(!Charset.isKnown(name))
        #expect([UInt8]("a".utf8).withUnsafeBytes { Charset.decode($0, from: name) } == nil)
    }

    @Test(
        arguments: [
            ([0x61, 0xE9], "iso-8859-1", "a\u{e9}"),
            ([0x80, 0xE9], "windows-1252", "\u{20ac}\u{e9}"),
            ([0x61, 0xE9], "us-ascii", "a\u{fffd}"),
            ([0xC3, 0xA9, 0xC3], "utf-8", "\u{e9}\u{fffd}"),
            ([0xED, 0xA0, 0x80, 0x61], "utf-8", "\u{fffd}\u{fffd}\u{fffd}a"),
            ([0xC0, 0x80], "utf-8", "\u{fffd}\u{fffd}"),
            ([0xD2], "koi8-r", "\u{440}"),
            ([0x1B, 0x24, 0x42, 0x46, 0x7C], "iso-2022-jp", "\u{65e5}"),
            ([0x61, 0x81], "shift_jis", "a\u{fffd}"), ([0xFF, 0x61], "euc-jp", "\u{fffd}a"),
            ([0xC4, 0xE3], "gb2312", "\u{4f60}"), ([0x61, 0x00, 0x62], "utf-16le", "a\u{fffd}"),
            ([], "koi8-r", ""),
        ] as [([UInt8], String, String)])
    func bytesBecomeUTF8(bytes: [UInt8], charset: String, expected: String) throws {
        let decoded = try #require(bytes.withUnsafeBytes { Charset.decode($0, from: charset) })
        #expect(text(decoded) == expected)
    }

    @Test func longTextIsDecodedWhole() throws {
        let bytes = [UInt8](repeating: 0xD2, count: 100_000)
        let decoded = try #require(bytes.withUnsafeBytes { Charset.decode($0, from: "koi8-r") })
        #expect(decoded.count == 200_000)
    }
}
