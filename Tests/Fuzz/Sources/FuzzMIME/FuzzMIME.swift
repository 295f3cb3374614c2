import MIME

/// Any bytes are a message, and what is stored of it can be read back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
    let summary = MessageSummary(of: bytes)
    precondition(summary.envelope.first == UInt8(ascii: "("), "no envelope")
    precondition(summary.bodyStructure.last == UInt8(ascii: ")"), "no body structure")
    // A record read back from a damaged store is any bytes as well.
    _ = MessageSummary(decoding: bytes)
    return 0
}
