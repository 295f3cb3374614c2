/// Quoted-printable as mail has it: RFC 2045 §6.7.
enum QuotedPrintable {
    /// Never fails: an equals sign that starts neither two hex digits nor a soft line break stays as
    /// it is. Blanks at the end of a line are taken away, as rule 3 says.
    static func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        let view = ByteView(bytes)
        var output: [UInt8] = []
        output.reserveCapacity(view.count)
        var index = 0
        while index < view.count {
            let byte = view[index]
            if byte == ASCII.equals {
                index = escape(view, at: index, to: &output)
            } else if ASCII.isSpace(byte) {
                let end = blanksEnd(view, from: index)
                if lineEnd(view, at: end) == nil {
                    output.append(contentsOf: view.raw(index..<end))
                }
                index = end
            } else {
                output.append(byte)
                index += 1
            }
        }
        return output
    }

    /// Handles the equals sign at an offset; gives where to go on.
    private static func escape(_ view: ByteView, at index: Int, to output: inout [UInt8]) -> Int {
        if let high = ASCII.hexDigit(view[index + 1]), let low = ASCII.hexDigit(view[index + 2]) {
            output.append(high << 4 | low)
            return index + 3
        }
        let end = blanksEnd(view, from: index + 1)
        if let next = lineEnd(view, at: end) { return next }
        output.append(ASCII.equals)
        return index + 1
    }

    private static func blanksEnd(_ view: ByteView, from start: Int) -> Int {
        var end = start
        while end < view.count, ASCII.isSpace(view[end]) { end += 1 }
        return end
    }

    /// Behind the line end at an offset; the end of the bytes ends a line too.
    private static func lineEnd(_ view: ByteView, at index: Int) -> Int? {
        if index >= view.count { return view.count }
        if view[index] == ASCII.lf { return index + 1 }
        if view[index] == ASCII.cr, view[index + 1] == ASCII.lf { return index + 2 }
        return nil
    }
}
