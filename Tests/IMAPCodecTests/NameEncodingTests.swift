import IMAPCodec
import Testing

@Suite struct NameEncodingTests {
    @Test(arguments: [
        ("", ""), ("INBOX", "INBOX"), ("a&b", "a&-b"), ("&&", "&-&-"), ("Entwürfe", "Entw&APw-rfe"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"), ("日本", "&ZeVnLA-"),
        ("ü", "&APw-"), ("üé", "&APwA6Q-"), ("😀", "&2D3eAA-"), ("a😀b", "a&2D3eAA-b"),
        ("ü&", "&APw-&-"), ("é é", "&AOk- &AOk-"), ("€1", "&IKw-1"), ("\u{7F}", "&AH8-"),
        ("Ωmega", "&A6k-mega"), ("\u{FFFD}", "&,,0-"),
    ])
    func namesGoBothWays(name: String, wire: String) {
        #expect(String(decoding: ModifiedUTF7.encode(name), as: UTF8.self) == wire)
        #expect(ModifiedUTF7.decode(wire.utf8) == name)
    }

    @Test(arguments: [
        "&", "a&", "&a", "&AOk", "&A-", "&AA-", "&AGE-", "&ACY-", "&AOk-&AOk-",
        "&U,BTFw-&ZeVnLIqe-",
        "&2AA-", "&3AA-", "&3gDYPQ-", "&AOl-", "&AOkA-", "&AO k-", "&AOk/-", "&AO=k-", "é",
        "a\u{0}b",
        "a\r\n", "&AOkAAA-x&", "&*-", "& -", "&AOkAYQ-",
    ])
    func otherSpellingsAreRefused(wire: String) {
        #expect(ModifiedUTF7.decode(wire.utf8) == nil)
    }

    @Test func anyNameComesBack() {
        var random = SeededGenerator(seed: 3501)
        for _ in 0..<2_000 {
            var name = ""
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                let value =
                    Bool.random(using: &random)
                    ? UInt32.random(in: 0x20..<0x7F, using: &random)
                    : UInt32.random(in: 0x20...0x10FFFF, using: &random)
                if let scalar = Unicode.Scalar(value) { name.unicodeScalars.append(scalar) }
            }
            let wire = ModifiedUTF7.encode(name)
            #expect(wire.allSatisfy { (0x20..<0x7F).contains($0) })
            #expect(
                ModifiedUTF7.decode(wire)?.unicodeScalars.elementsEqual(name.unicodeScalars) == true
            )
        }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("\u{0}u\u{0}p", "AHUAcA=="),
    ])
    func base64GoesBothWays(text: String, encoded: String) {
        #expect(Base64.encode(text.utf8) == Array(encoded.utf8))
        #expect(Base64.decode(encoded.utf8) == Array(text.utf8))
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "====", "Z===", "Zh==", "Zm9=", "Zm8=Zg==", "Zg==Zg==", "Zm 9",
        "Zm9v\n", "Zm-v", "Z=m9", "=Zg=", "é===",
    ])
    func badBase64IsRefused(encoded: String) {
        #expect(Base64.decode(encoded.utf8) == nil)
    }
}
