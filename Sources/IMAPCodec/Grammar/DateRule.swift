import MailModel

extension CommandParser {
    /// date = date-text / DQUOTE date-text DQUOTE                               RFC 9051 §9
    mutating func date() throws(ParseStop) -> CalendarDate {
        try spendToken()
        let isQuoted = skip(UInt8(ascii: "\""))
        let start = position
        // date-text = date-day "-" date-month "-" date-year
        var day = try digits(1)
        if let byte = next, Bytes.isDigit(byte) { day = day * 10 + (try digits(1)) }
        let date = try monthAndYear(day: day, start: start)
        if isQuoted { try expect(UInt8(ascii: "\""), "a closing quote") }
        return date
    }

    /// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
    ///
    /// RFC 9051 §9.
    mutating func dateTime() throws(ParseStop) -> InternalDate {
        try spendToken()
        try expect(UInt8(ascii: "\""), "a date and time in quotes")
        let start = position
        // date-day-fixed = (SP DIGIT) / 2DIGIT
        let day = try skip(UInt8(ascii: " ")) ? digits(1) : digits(2)
        let date = try monthAndYear(day: day, start: start)
        try space()
        // time = 2DIGIT ":" 2DIGIT ":" 2DIGIT
        let hour = try digits(2)
        try expect(UInt8(ascii: ":"), "\":\"")
        let minute = try digits(2)
        try expect(UInt8(ascii: ":"), "\":\"")
        let second = try digits(2)
        try space()
        let zone = try zoneMinutes()
        try expect(UInt8(ascii: "\""), "a closing quote")
        guard
            let result = InternalDate(
                date: date, hour: hour, minute: minute, second: second, zoneMinutes: zone)
        else { throw bad("no such time", at: start) }
        return result
    }

    /// zone = ("+" / "-") 4DIGIT                                                RFC 9051 §9
    private mutating func zoneMinutes() throws(ParseStop) -> Int {
        let isWest = skip(UInt8(ascii: "-"))
        if !isWest { try expect(UInt8(ascii: "+"), "\"+\" or \"-\"") }
        let minutes = try digits(2) * 60 + digits(2)
        return isWest ? -minutes : minutes
    }

    private mutating func monthAndYear(day: Int, start: Int) throws(ParseStop) -> CalendarDate {
        try expect(UInt8(ascii: "-"), "\"-\"")
        let month = try month()
        try expect(UInt8(ascii: "-"), "\"-\"")
        let year = try digits(4)
        guard let date = CalendarDate(year: year, month: month, day: day) else {
            throw bad("no such day", at: start)
        }
        return date
    }

    /// date-month = "Jan" / "Feb" / …                                           RFC 9051 §9
    private mutating func month() throws(ParseStop) -> Int {
        guard bytes.count - position >= 3 else { throw expected("a month") }
        for (index, name) in CalendarDate.monthNames.enumerated() {
            let isMatch = name.withUTF8Buffer { wanted in
                (0..<3).allSatisfy { bytes[position + $0] | 0x20 == wanted[$0] | 0x20 }
            }
            if isMatch {
                position += 3
                return index + 1
            }
        }
        throw expected("a month")
    }

    private mutating func digits(_ count: Int) throws(ParseStop) -> Int {
        var value = 0
        for _ in 0..<count {
            guard let byte = next, Bytes.isDigit(byte) else { throw expected("a digit") }
            value = value * 10 + Int(byte & 0x0F)
            position += 1
        }
        return value
    }
}
