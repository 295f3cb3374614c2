/// One field of a header, as ranges of the message's bytes.
struct HeaderField {
    /// Without white space before the colon; empty for a line that is no field at all.
    var name: Range<Int>
    /// From behind the colon to before the last line end; folds are still in it.
    var value: Range<Int>
    /// Name, value and every line end.
    var whole: Range<Int>
}

extension HeaderField {
    /// A field that was met before, by its bytes alone: it is not looked at whether they are one.
    ///
    /// - Returns: nil when there is no colon.
    init?(whole view: ByteView) {
        guard let colon = view.first(ASCII.colon, from: 0, to: view.count) else { return nil }
        var nameEnd = colon
        while nameEnd > 0, ASCII.isSpace(view[nameEnd - 1]) { nameEnd -= 1 }
        let end = view.withoutLineEnd(view.range)
        self.init(name: 0..<nameEnd, value: min(colon + 1, end)..<end, whole: view.range)
    }
}

/// The fields of a header one after another, until its empty line or its end.
///
/// Lines end in CRLF or LF. Each byte is visited a constant number of times.
struct HeaderFields {
    let view: ByteView
    private(set) var position: Int
    let end: Int

    init(_ view: ByteView, _ range: Range<Int>) {
        self.view = view
        let range = view.clamp(range)
        position = range.lowerBound
        end = range.upperBound
    }

    /// The offset behind the empty line at the present position; nil when there is a field.
    var behindEmptyLine: Int? {
        if view[position] == ASCII.lf, position < end { return position + 1 }
        if view[position] == ASCII.cr, view[position + 1] == ASCII.lf, position + 1 < end {
            return position + 2
        }
        return nil
    }

    /// Whether there is neither an empty line nor the end.
    var atField: Bool {
        position < end && (view[position] > ASCII.cr || behindEmptyLine == nil)
    }

    // field = field-name *WSP ":" unstructured CRLF                    RFC 5322 §2.2, §4.5
    mutating func next() -> HeaderField? {
        guard atField else { return nil }
        let start = position
        let firstLineEnd = skipLine()
        while position < end, ASCII.isSpace(view[position]) { _ = skipLine() }
        let whole = start..<position
        let valueEnd = view.withoutLineEnd(whole)
        guard let colon = view.first(ASCII.colon, from: start, to: firstLineEnd),
            let name = fieldName(start..<colon)
        else { return HeaderField(name: start..<start, value: start..<valueEnd, whole: whole) }
        return HeaderField(
            name: name, value: min(colon + 1, valueEnd)..<valueEnd, whole: whole)
    }

    /// Moves behind the present line; gives where the line ended.
    private mutating func skipLine() -> Int {
        guard let feed = view.first(ASCII.lf, from: position, to: end) else {
            position = end
            return end
        }
        position = feed + 1
        return feed
    }

    private func fieldName(_ range: Range<Int>) -> Range<Int>? {
        var upper = range.upperBound
        while upper > range.lowerBound, ASCII.isSpace(view[upper - 1]) { upper -= 1 }
        guard upper > range.lowerBound else { return nil }
        for index in range.lowerBound..<upper where !ASCII.isFieldName(view[index]) { return nil }
        return range.lowerBound..<upper
    }
}

extension ByteView {
    /// Where a range ends without its last line end.
    fileprivate func withoutLineEnd(_ range: Range<Int>) -> Int {
        var upper = range.upperBound
        guard upper > range.lowerBound, self[upper - 1] == ASCII.lf else { return upper }
        upper -= 1
        if upper > range.lowerBound, self[upper - 1] == ASCII.cr { upper -= 1 }
        return upper
    }
}
