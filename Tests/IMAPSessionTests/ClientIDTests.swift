import IMAPCodec
import IMAPSession
import Testing

@Suite("What a client says it is")
struct ClientIDTests {
    @Test(arguments: [
        ([("name", "Thunderbird"), ("version", "128.1")], "Thunderbird 128.1"),
        ([("VERSION", "2"), ("Name", "mbsync")], "mbsync 2"),
        ([("os", "linux")], ""),
        ([("name", "a\r\nb\u{1B}[2J")], "a??b?[2J"),
        ([("name", String(repeating: "x", count: 1000))], String(repeating: "x", count: 128)),
    ])
    func onlyPrintableNamesGetIntoTheLog(_ fields: [(String, String)], _ expected: String) {
        let fields = fields.map { IDCommand.Field(name: $0.0, value: $0.1) }
        #expect(Session.clientID(of: fields) == expected)
    }
}
