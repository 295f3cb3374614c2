import MailServer
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("127.0.0.1:1143", "127.0.0.1", 1143), ("localhost:0", "localhost", 0),
        ("[::1]:143", "::1", 143),
    ])
    func anAddressIsAHostAndAPort(_ text: String, _ host: String, _ port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address.description == text)
    }

    @Test(arguments: ["", "127.0.0.1", ":143", "::1:143", "host:", "host:65536", "host:-1", "[]:1"])
    func anythingElseIsNone(_ text: String) { #expect(ListenAddress(text) == nil) }
}
