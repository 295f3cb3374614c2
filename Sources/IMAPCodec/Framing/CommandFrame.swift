/// How far the command at the buffer's start has been found to reach, and what it has cost.
///
/// Offsets count from the buffer's reader index, so that its owner may discard what was read.
struct CommandFrame {
    /// Lines and literals before this offset belong to the command; literals may be still to come.
    var end = 0
    /// No line feed lies between `end` and this offset.
    var searched = 0
    var lineBytes = 0
    var literalBytes = 0
    var literals = 0
    /// Bytes that were parsed only to see whether a literal is welcome.
    var checkedBytes = 0

    /// Adds a line of `count` bytes with its line end.
    mutating func addLine(_ count: Int) {
        end += count
        lineBytes += count
        searched = end
    }

    mutating func addLiteral(_ sizeBytes: Int) {
        end += sizeBytes
        literalBytes += sizeBytes
        literals += 1
        searched = end
    }
}
