import MailModel
import Testing

@Suite struct InternalDateTests {
    /// RFC 9051 §6.3.12: the date is the one that was given, in its zone.
    @Test(arguments: [
        (9999, 12, 31, 23, 59, 59, 14 * 60, "31-Dec-9999 23:59:59 +1400"),
        (9999, 12, 31, 23, 59, 59, -12 * 60, "31-Dec-9999 23:59:59 -1200"),
        (9999, 12, 31, 23, 59, 59, -5999, "31-Dec-9999 23:59:59 -9959"),
        (1, 1, 1, 0, 0, 0, 5999, " 1-Jan-0001 00:00:00 +9959"),
        (1, 1, 1, 0, 0, 0, -60, " 1-Jan-0001 00:00:00 -0100"),
        (1996, 7, 1, 2, 44, 25, -420, " 1-Jul-1996 02:44:25 -0700"),
    ])
    func whatIsGivenComesBack(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, zone: Int,
        text: String
    ) throws {
        let day = try #require(CalendarDate(year: year, month: month, day: day))
        let date = try #require(
            InternalDate(
                date: day, hour: hour, minute: minute, second: second, zoneMinutes: zone))
        #expect(date.description == text)
        // As a record of the log gives it back.
        let again = InternalDate(
            secondsSinceEpoch: date.secondsSinceEpoch, zoneMinutes: date.zoneMinutes)
        #expect(again == date)
    }

    @Test(arguments: [Int64.min, .max], [-5999, 0, 5999] as [Int16])
    func noMomentLeavesTheCalendar(_ seconds: Int64, _ zone: Int16) {
        let date = InternalDate(secondsSinceEpoch: seconds, zoneMinutes: zone)
        #expect(date.localDate.year == (seconds < 0 ? 1 : 9999))
        #expect(date.description.utf8.count == 26)
    }
}
