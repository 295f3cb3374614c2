import Authentication
import Testing

@Suite("Account names")
struct AccountNameTests {
    @Test(arguments: [
        "ada", "Ada Lovelace", "ada@example.org", "ада", "a#b", String(repeating: "x", count: 255),
    ])
    func ordinaryNamesAreTaken(text: String) throws {
        #expect(try AccountName(text).string == text)
    }

    @Test(arguments: [
        ("", AccountName.Defect.empty), (String(repeating: "x", count: 256), .tooLong),
        ("a\nb", .controlCharacter), ("a\0", .controlCharacter), ("a\u{7F}", .controlCharacter),
        ("a\u{85}b", .controlCharacter), ("a:b", .colon), ("a/b", .slash), (" a", .blankAtEnd),
        ("a ", .blankAtEnd), ("#a", .numberSign),
    ])
    func namesThatWouldBreakAFileOrAListingAreRefused(text: String, defect: AccountName.Defect) {
        #expect(throws: defect) { try AccountName(text) }
    }

    @Test func caseCountsAndCompositionDoesNot() throws {
        #expect(try AccountName("ada") != AccountName("Ada"))
        #expect(try AccountName("ren\u{E9}") == AccountName("rene\u{301}"))
    }
}
