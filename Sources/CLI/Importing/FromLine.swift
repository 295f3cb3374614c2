import MailModel

/// The line before each message of an mbox: `From sender Mon Jan  3 12:00:00 2000`.
///
/// The date is asctime's, in UTC unless a zone is given as `+0100` (RFC 4155). Seconds may be
/// missing, words may stand around, and the year is what makes it a From_ line. Some programs write
/// none: `From -` (Netscape's), `From 1844347792267117879@xxx`.
struct FromLine {
    /// nil when there is no date that makes sense.
    let date: InternalDate?
    /// Whether there is but one word behind `From `.
    let isBare: Bool

    /// - Parameter allowingBare: whether one word behind `From ` will do. A mbox whose first line is
    ///   of that kind may have more of them; elsewhere they are text.
    /// - Returns: nil when there is no year from 1900 to 2099 in the line, and it is not bare.
    init?(_ line: UnsafeRawBufferPointer, allowingBare: Bool) {
        let start = Array("From ".utf8)
        guard line.starts(with: start) else { return nil }
        let words = line.prefix(512).split(whereSeparator: { $0 <= 0x20 }).dropFirst()
        isBare = words.count == 1
        guard let year = words.compactMap({ FromLine.year($0) }).last else {
            guard isBare, allowingBare else { return nil }
            date = nil
            return
        }
        date = FromLine.date(words.map { String(decoding: $0, as: UTF8.self) }, year: year)
    }

    private static func year(_ word: Slice<UnsafeRawBufferPointer>) -> Int? {
        guard word.count == 4, let year = Int(String(decoding: word, as: UTF8.self)),
            (1900...2099).contains(year)
        else { return nil }
        return year
    }

    private static func date(_ words: [String], year: Int) -> InternalDate? {
        // Backwards: the sender may look like anything.
        guard let monthAt = words.lastIndex(where: { month($0) != nil }),
            let month = month(words[monthAt]), monthAt + 1 < words.count,
            let day = Int(words[monthAt + 1]),
            let time = words[monthAt...].first(where: { $0.contains(":") }),
            let date = CalendarDate(year: year, month: month, day: day)
        else { return nil }
        let parts = time.split(separator: ":").map { Int($0) ?? -1 }
        guard (2...3).contains(parts.count) else { return nil }
        return InternalDate(
            date: date, hour: parts[0], minute: parts[1], second: parts.count > 2 ? parts[2] : 0,
            zoneMinutes: words[monthAt...].compactMap(zoneMinutes).first ?? 0)
    }

    private static func month(_ word: String) -> Int? {
        CalendarDate.monthNames.firstIndex { "\($0)" == word }.map { $0 + 1 }
    }

    private static func zoneMinutes(_ word: String) -> Int? {
        guard word.utf8.count == 5, let sign = word.first, sign == "+" || sign == "-",
            let digits = Int(word.dropFirst()), digits >= 0
        else { return nil }
        let minutes = digits / 100 * 60 + digits % 100
        return sign == "-" ? -minutes : minutes
    }
}
