import CXXHash

/// XXH3, 64 bits: tells whole records from torn ones. It guards against accidents, not against
/// forgery; the log's own digests do that.
func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    XXH3_64bits(bytes.baseAddress, bytes.count)
}
