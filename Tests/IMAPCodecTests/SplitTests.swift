import IMAPCodec
import NIOCore
import Testing

/// The pieces in which bytes come make no difference.
@Suite struct SplitTests {
    @Test func samplesAreMany() { #expect(sampleCommands.count >= 150) }

    @Test(arguments: sampleCommands)
    func aCommandSplitAnywhereIsTheSameAsWhole(text: String) {
        let bytes = Array(text.utf8)
        let whole = hear(text)
        #expect(!whole.isEmpty)
        for case .failed(let failure) in whole { Issue.record("\(failure.message)") }
        for place in 0...bytes.count {
            var listener = Listener()
            listener.feed(bytes[..<place])
            listener.feed(bytes[place...])
            #expect(listener.heard == whole, "split at \(place)")
            #expect(listener.buffer.readableBytes == 0)
            #expect(listener.decoder.isBetweenCommands)
        }
    }

    @Test(arguments: sampleCommands)
    func aCommandFedByteByByteIsTheSameAsWhole(text: String) {
        var listener = Listener()
        for byte in text.utf8 { listener.feed(CollectionOfOne(byte)) }
        #expect(listener.heard == hear(text))
    }

    /// An unknown command is one as soon as it wants a literal.
    @Test(arguments: sampleCommands.filter { !$0.contains("XUNKNOWN {") })
    func aCommandIsNotThereBeforeItsLastByte(text: String) {
        let whole = hear(text)
        var listener = Listener()
        listener.feed(Array(text.utf8).dropLast())
        #expect(listener.heard == whole.dropLast())
    }

    @Test func manyCommandsInOnePieceComeInOrder() {
        var listener = Listener()
        listener.feed(sampleCommands.joined())
        #expect(listener.heard == sampleCommands.flatMap { hear($0) })
    }

    @Test func bareLineFeedsEndLinesToo() {
        let heard = hear("a SELECT {5}\nINBOX\nb NOOP\n")
        #expect(heard.first == .continuation)
        #expect(heard.count == 3)
    }
}
