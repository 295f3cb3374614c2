/// The words of a date field, and what each of them may mean.
struct DateWords {
    struct Time { var hour = 0, minute = 0, second = 0 }
    struct Parts {
        var year: Int
        var month: Int
        var day: Int
        var time: Time
        /// Minutes east of Greenwich.
        var zone: Int
    }

    private let view: ByteView
    private var words: [Range<Int>] = []

    var first: Range<Int>? { words.first }
    var isMonthFirst: Bool { words.first.map { month($0) != nil } ?? false }

    /// At most eight words; blanks, commas and comments separate, and so do dashes in `1-Jan-2000`.
    init(_ view: ByteView, _ field: Range<Int>) {
        self.view = view
        var lexer = HeaderLexer(view, field)
        while words.count < 8 {
            lexer.skipBlanksAndComments()
            guard !lexer.atEnd else { return }
            let start = lexer.position
            while !lexer.atEnd, !endsWord(lexer.byte, at: lexer.position, start: start) {
                lexer.position += 1
            }
            if start < lexer.position { words.append(start..<lexer.position) }
            if lexer.position == start || lexer.byte == ASCII.comma || lexer.byte == ASCII.hyphen {
                lexer.position += 1
            }
        }
    }

    private func endsWord(_ byte: UInt8, at position: Int, start: Int) -> Bool {
        if byte == ASCII.hyphen {
            // Between a number and a name or the other way round, not the sign of a zone.
            return position > start && view[position + 1] != 0
                && ASCII.isLetter(view[position - 1]) != ASCII.isLetter(view[position + 1])
        }
        return ASCII.isBlank(byte) || byte == ASCII.comma || byte == ASCII.openParenthesis
    }

    mutating func removeFirst() { if !words.isEmpty { words.removeFirst() } }

    // day month year time zone                                                 RFC 5322 §3.3
    func readStandard() -> Parts? {
        guard words.count >= 4, let day = number(words[0]), let month = month(words[1]),
            let year = year(words[2]), let time = time(words[3])
        else { return nil }
        return Parts(year: year, month: month, day: day, time: time, zone: zone(4))
    }

    /// Jan  1 10:20:30 2000, and with a zone before or behind the year: ctime(3), date(1).
    func readTraditional() -> Parts? {
        guard words.count >= 4, let month = month(words[0]), let day = number(words[1]),
            let time = time(words[2])
        else { return nil }
        if let year = number(words[3]), ASCII.isDigit(view[words[3].lowerBound]) {
            return Parts(
                year: full(year, words[3].count), month: month, day: day, time: time, zone: zone(4))
        }
        guard words.count >= 5, let year = year(words[4]) else { return nil }
        return Parts(year: year, month: month, day: day, time: time, zone: zone(3))
    }

    private func number(_ word: Range<Int>) -> Int? {
        guard !word.isEmpty, word.count <= 5 else { return nil }
        var value = 0
        for index in word {
            guard ASCII.isDigit(view[index]) else { return nil }
            value = value * 10 + Int(view[index] - 48)
        }
        return value
    }

    private func year(_ word: Range<Int>) -> Int? { number(word).map { full($0, word.count) } }

    /// Two digits mean 1950–2049, three mean 1900 and more: RFC 5322 §4.3.
    private func full(_ year: Int, _ digits: Int) -> Int {
        switch digits {
        case 1, 2: year < 50 ? year + 2000 : year + 1900
        case 3: year + 1900
        default: year
        }
    }

    // time-of-day = hour ":" minute [":" second]                               RFC 5322 §3.3
    private func time(_ word: Range<Int>) -> Time? {
        var values: [Int] = []
        var start = word.lowerBound
        for index in word.lowerBound...word.upperBound
        where index == word.upperBound || view[index] == ASCII.colon || view[index] == ASCII.dot {
            guard values.count < 3 else { break }
            guard index - start <= 2, let value = number(start..<index) else { return nil }
            values.append(value)
            start = index + 1
        }
        guard values.count >= 2 else { return nil }
        return Time(hour: values[0], minute: values[1], second: values.count > 2 ? values[2] : 0)
    }

    // zone = (("+" / "-") 4DIGIT) / obs-zone                                RFC 5322 §3.3, §4.3
    private func zone(_ index: Int) -> Int {
        guard index < words.count else { return 0 }
        let word = words[index]
        let sign = view[word.lowerBound]
        if sign == ASCII.plus || sign == ASCII.hyphen {
            guard let value = number((word.lowerBound + 1)..<word.upperBound), value <= 9959,
                value % 100 < 60
            else { return 0 }
            let minutes = value / 100 * 60 + value % 100
            return sign == ASCII.plus ? minutes : -minutes
        }
        for (name, hours) in DateWords.zones where view.equals(word, name) { return hours * 60 }
        return 0
    }

    private func month(_ word: Range<Int>) -> Int? {
        guard word.count >= 3 else { return nil }
        let start = word.lowerBound..<(word.lowerBound + 3)
        return DateWords.months.firstIndex { view.equals(start, $0) }.map { $0 + 1 }
    }

    static func weekdays(_ view: ByteView, _ word: Range<Int>) -> Bool {
        guard word.count >= 3 else { return false }
        let start = word.lowerBound..<(word.lowerBound + 3)
        return weekdays.contains { view.equals(start, $0) }
    }

    private static let months: [StaticString] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdays: [StaticString] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    /// Hours east of Greenwich. The military letters were used with both signs and mean nothing.
    private static let zones: [(StaticString, Int)] = [
        ("est", -5), ("edt", -4), ("cst", -6), ("cdt", -5), ("mst", -7), ("mdt", -6),
        ("pst", -8), ("pdt", -7), ("cet", 1), ("cest", 2), ("met", 1), ("mest", 2), ("bst", 1),
        ("eet", 2), ("eest", 3), ("msk", 3), ("jst", 9), ("wet", 0), ("west", 1),
    ]
}
