/// Quoted-printable as mail has it, decoded piece by piece: RFC 2045 §6.7.
///
/// Never fails: an equals sign that starts neither two hex digits nor a soft line break stays as it
/// is. Blanks at the end of a line are taken away, as rule 3 says.
struct QuotedPrintable: Sendable {
    /// Blanks, or an equals sign and blanks, whose meaning the pieces so far leave open.
    private var undecided: [UInt8] = []

    /// Blanks that are looked through for the end of their line; lines have no more than 76 bytes
    /// (rule 5). Behind so many the next are a run of their own.
    static let longestBlanks = 1024
    /// An equals sign, blanks and a CR.
    static let mostUndecided = longestBlanks + 2

    /// - Parameter output: room for the bytes, and `mostUndecided` more.
    /// - Returns: how many bytes were written.
    mutating func decode(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutableRawBufferPointer
    ) -> Int {
        guard !undecided.isEmpty else { return pass(over: bytes, isLast: isLast, into: output) }
        let joined = undecided + bytes
        return joined.withUnsafeBytes { pass(over: $0, isLast: isLast, into: output) }
    }

    private mutating func pass(
        over bytes: UnsafeRawBufferPointer, isLast: Bool,
        into output: UnsafeMutableRawBufferPointer
    ) -> Int {
        let view = ByteView(bytes)
        var pass = Pass(view: view, isLast: isLast, output: output)
        pass.run()
        undecided = view.array(pass.position..<view.count)
        return pass.written
    }
}

/// Goes over one piece, up to what only the next piece decides.
private struct Pass {
    let view: ByteView
    let isLast: Bool
    let output: UnsafeMutableRawBufferPointer
    var position = 0
    var written = 0

    private enum LineEnd {
        case behind(Int)
        case none
        case undecided
    }

    mutating func run() {
        while position < view.count {
            let byte = view[position]
            if byte == ASCII.equals {
                guard escape() else { return }
            } else if ASCII.isSpace(byte) {
                guard blanks() else { return }
            } else {
                plain()
            }
        }
    }

    /// What stands for itself: most of a text.
    private mutating func plain() {
        let start = position
        while position < view.count {
            let byte = view[position]
            if byte == ASCII.equals || ASCII.isSpace(byte) { break }
            position += 1
        }
        copy(start..<position)
    }

    private mutating func copy(_ range: Range<Int>) {
        let target = UnsafeMutableRawBufferPointer(rebasing: output[written...])
        let raw = view.raw(range.first(target.count))
        target.copyMemory(from: raw)
        written += raw.count
    }

    /// - Returns: false when the next piece decides.
    private mutating func escape() -> Bool {
        guard isLast || position + 2 < view.count else { return false }
        if let high = ASCII.hexDigit(view[position + 1]),
            let low = ASCII.hexDigit(view[position + 2])
        {
            write(high << 4 | low)
            position += 3
            return true
        }
        switch lineEnd(at: blanksEnd(from: position + 1)) {
        case .behind(let next): position = next
        case .undecided: return false
        case .none:
            write(ASCII.equals)
            position += 1
        }
        return true
    }

    /// - Returns: false when the next piece decides.
    private mutating func blanks() -> Bool {
        let end = blanksEnd(from: position)
        switch lineEnd(at: end) {
        case .behind: break
        case .undecided: return false
        case .none: copy(position..<end)
        }
        position = end
        return true
    }

    private func blanksEnd(from start: Int) -> Int {
        let limit = min(view.count, start + QuotedPrintable.longestBlanks)
        var end = start
        while end < limit, ASCII.isSpace(view[end]) { end += 1 }
        return end
    }

    /// The line end at an offset; the end of the bytes ends a line too.
    private func lineEnd(at index: Int) -> LineEnd {
        if index >= view.count { return isLast ? .behind(view.count) : .undecided }
        if view[index] == ASCII.lf { return .behind(index + 1) }
        guard view[index] == ASCII.cr else { return .none }
        if index + 1 >= view.count, !isLast { return .undecided }
        return view[index + 1] == ASCII.lf ? .behind(index + 2) : .none
    }

    @inline(__always)
    private mutating func write(_ byte: UInt8) {
        guard written < output.count else { return }
        output[written] = byte
        written += 1
    }
}
