import MailModel

/// The Date: field of a message, read as mail has it rather than as RFC 5322 wants it.
///
/// Accepts the obsolete forms of RFC 5322 §4.3 (two-digit years, named zones, comments), a missing
/// weekday or zone, dashes between day, month and year, and the order of ctime(3).
struct MessageDate {
    /// UTC.
    var secondsSinceEpoch: Int64
    /// East of Greenwich.
    var zoneMinutes: Int16

    // date-time = [day-of-week ","] date time [CFWS]                           RFC 5322 §3.3
    init?(_ view: ByteView, field: Range<Int>) {
        var words = DateWords(view, field.first(256))
        if let first = words.first, DateWords.weekdays(view, first) { words.removeFirst() }
        guard let parts = words.isMonthFirst ? words.readTraditional() : words.readStandard(),
            let date = CalendarDate(year: parts.year, month: parts.month, day: parts.day),
            let moment = InternalDate(
                date: date, hour: parts.time.hour, minute: parts.time.minute,
                second: parts.time.second, zoneMinutes: parts.zone)
        else { return nil }
        secondsSinceEpoch = moment.secondsSinceEpoch
        zoneMinutes = moment.zoneMinutes
    }
}
