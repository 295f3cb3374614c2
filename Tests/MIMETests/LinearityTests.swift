import MIME
import MailTesting
import Testing

/// The shapes of RELIABILITY.md S15. How long they take is for Benchmarks; here they only have to be
/// survived, with output that does not grow faster than the message.
@Suite struct LinearityTests {
    @Test(arguments: MIMELinearity.shapes.map(\.name))
    func badShapesGiveBoundedSummaries(name: String) throws {
        let shape = try #require(MIMELinearity.shapes.first { $0.name == name })
        let small = summary(shape.make(50_000))
        let large = summary(shape.make(100_000))
        #expect(size(large) <= size(small) * 5 / 2 + 1000)
        // An empty part takes eight bytes of mail and some sixty in each of BODY and BODYSTRUCTURE.
        #expect(size(large) < 16 * 100_000)
        #expect(WireValue(large.envelope).map(WireRules.isEnvelope) == true)
        let body = WireValue(large.bodyStructure).flatMap { WireRules.parts($0, isExtended: true) }
        #expect(body != nil)
        #expect(MIMELinearity.parse(shape.make(20_000)) == false)
    }

    private func size(_ summary: MessageSummary) -> Int { summary.encoded().count }

    @Test func nestingBeyondTheLimitDoesNotDeepenTheStructure() throws {
        let bytes = [UInt8](
            repeatElement(Array("Content-Type: message/rfc822\r\n\r\n".utf8), count: 10_000)
                .joined())
        let structure = bytes.withUnsafeBytes { MessageStructure(parsing: $0) }
        #expect(structure.parts.count == MIMELimits.standard.depth)
    }
}
