/// Makes text comparable: case folded scalar by scalar, marks joined to their letters.
///
/// "É", "é" and "e" + U+0301 all become "é". Compatibility forms and letters that fold to several
/// ("ß") stay apart.
enum CaseFolding {
    /// - Parameter text: UTF-8; what is not becomes U+FFFD.
    static func fold(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        let view = ByteView(text)
        var output: [UInt8] = []
        output.reserveCapacity(view.count)
        /// The letter that a mark may join, and where it stands in the output.
        var letter: (scalar: UInt32, offset: Int)?
        var position = 0
        while position < view.count {
            let byte = view[position]
            if byte < 0x80 {
                letter = (UInt32(ASCII.lowercase(byte)), output.count)
                output.append(ASCII.lowercase(byte))
                position += 1
                continue
            }
            let (scalar, length) = UTF8Scalars.decode(view, at: position)
            position += length
            let folded = fold(scalar)
            if isMark(folded), let base = letter, let joined = compose(base.scalar, folded) {
                output.removeSubrange(base.offset...)
                letter = (joined, base.offset)
                UTF8Scalars.append(joined, to: &output)
            } else {
                letter = isMark(folded) ? nil : (folded, output.count)
                UTF8Scalars.append(folded, to: &output)
            }
        }
        return output
    }

    /// The simple case folding of a scalar.
    static func fold(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return UInt32(ASCII.lowercase(UInt8(truncatingIfNeeded: scalar))) }
        // CJK, Hangul and the like have no case.
        if scalar > 0x2D2D, scalar < 0xA640 { return scalar }
        let rows = CaseFoldingTable.rows
        let value = Int32(truncatingIfNeeded: scalar)
        var lower = 0
        var upper = rows.count / 4
        while lower < upper {
            let middle = (lower + upper) / 2
            let row = middle * 4
            if value < rows[row] {
                upper = middle
            } else if value > rows[row + 1] {
                lower = middle + 1
            } else {
                let isCovered = (value - rows[row]) % rows[row + 2] == 0
                return isCovered ? UInt32(bitPattern: value &+ rows[row + 3]) : scalar
            }
        }
        return scalar
    }

    /// Where a text that goes on may be cut, so that its pieces fold to what the whole would: before a
    /// scalar that joins nothing. Near the end; the end itself when no such place is near.
    static func cut(_ text: UnsafeRawBufferPointer) -> Int {
        let view = ByteView(text)
        var index = view.count - 1
        while index >= max(0, view.count - longestJoin) {
            let byte = view[index]
            if byte < 0x80 { return index }
            if byte & 0xC0 != 0x80 {
                let (scalar, _) = UTF8Scalars.decode(view, at: index)
                if scalar != UTF8Scalars.replacement, !isMark(fold(scalar)) { return index }
            }
            index -= 1
        }
        return view.count
    }

    /// Bytes of a letter and its marks, more than text has.
    private static let longestJoin = 64

    private static func isMark(_ scalar: UInt32) -> Bool {
        (0x300...0x36F).contains(scalar) || scalar == 0x3099 || scalar == 0x309A
    }

    private static func compose(_ base: UInt32, _ mark: UInt32) -> UInt32? {
        let rows = CompositionTable.rows
        var lower = 0
        var upper = rows.count / 3
        while lower < upper {
            let middle = (lower + upper) / 2
            let row = middle * 3
            if (rows[row], rows[row + 1]) == (base, mark) { return rows[row + 2] }
            if (rows[row], rows[row + 1]) < (base, mark) {
                lower = middle + 1
            } else {
                upper = middle
            }
        }
        return nil
    }
}
