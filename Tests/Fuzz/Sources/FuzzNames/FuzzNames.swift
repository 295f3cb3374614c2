import IMAPCodec

/// Whatever decodes has that one spelling, and any text comes back from its own.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
    if let name = ModifiedUTF7.decode(bytes) {
        precondition(ModifiedUTF7.encode(name).elementsEqual(bytes), "a name has two spellings")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let decoded = ModifiedUTF7.decode(ModifiedUTF7.encode(text))
    precondition(decoded.map { Array($0.utf8) } == Array(text.utf8), "a name is lost")
    if let decoded = Base64.decode(bytes) {
        precondition(Base64.encode(decoded).elementsEqual(bytes), "base64 has two spellings")
    }
    return 0
}
