import Conformance
import Testing

@Suite struct ReaderTests {
    @Test func literalsBelongToTheirResponse() {
        var reader = ResponseReader()
        reader.append(Array("* 1 FETCH (BODY[] {5}\r\na\r\nb ".utf8))
        #expect(reader.next() == nil)
        reader.append(Array("UID 9)\r\nx OK done\r\n".utf8))
        let response = reader.next()
        #expect(response?.name == "FETCH")
        #expect(response?.fetchedUID == 9)
        #expect(response?.fetchItems["BODY[]"]?.text == "a\r\nb ")
        #expect(reader.next()?.kind == .tagged("x", .ok))
    }
}
