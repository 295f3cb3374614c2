import IMAPCodec
import NIOCore

/// Feeds the input to a decoder whole and in pieces. Both must tell the same number of events.
///
/// The first byte chooses the limits, whether messages are accepted, and the size of the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
    guard let choice = bytes.first else { return 0 }
    let input = bytes.dropFirst()
    let pieces = Int(choice >> 2) + 1
    let whole = events(input, choice, pieceBytes: max(input.count, 1))
    let pieced = events(input, choice, pieceBytes: pieces)
    precondition(whole == pieced, "pieces change what is read")
    return 0
}

private func events(
    _ input: some Collection<UInt8>, _ choice: UInt8, pieceBytes: Int
) -> [String] {
    var decoder = CommandDecoder(limits: choice & 1 == 0 ? .afterLogin : .beforeLogin)
    var buffer = ByteBuffer()
    var result: [String] = []
    var rest = input[...]
    while !rest.isEmpty {
        buffer.writeBytes(rest.prefix(pieceBytes))
        rest = rest.dropFirst(pieceBytes)
        while let event = decoder.next(from: &buffer) {
            switch event {
            case .command(let command):
                result.append("\(command)")
                if case .idle = command.command {
                    decoder.expectLine(upTo: ParserLimits.doneLineBytes)
                }
                if case .authenticate = command.command { decoder.expectLine() }
            case .appendBegan:
                if choice & 2 == 0 {
                    decoder.acceptAppendLiteral()
                } else {
                    decoder.refuseAppendLiteral()
                }
                result.append("append")
            case .appendBytes: break
            case .failed(let failure):
                var writer = ResponseWriter()
                writer.writeFailure(failure)
                result.append(String(buffer: writer.buffer))
            case .continuationWanted, .appendMessageEnded, .appendEnded, .line:
                result.append("other")
            }
        }
    }
    return result
}
