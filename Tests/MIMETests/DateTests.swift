import MIME
import Testing

@Suite struct DateTests {
    @Test(arguments: [
        ("Mon, 7 Feb 1994 21:52:25 -0800", 760_686_745, -480),
        ("7 Feb 1994 21:52 -0800", 760_686_720, -480),
        ("Mon, 07 Feb 94 21:52:25 PST", 760_686_745, -480),
        ("Thu, 1 Jan 1970 00:00:00 GMT", 0, 0),
        ("Thu, 1 Jan 1970 00:00:00 +0130", -5400, 90),
        ("1 Jan 70 00:00:00 Z", 0, 0),
        ("Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)", -27_723_480, -210),
        ("Thu,\r\n 13\r\n Feb\r\n 1969\r\n 23:32\r\n -0330", -27_723_480, -210),
        ("(x) 1 (y) January 100 (z) 00:00:00", 946_684_800, 0),
        ("Sat Jan  1 10:20:30 2000", 946_722_030, 0),
        ("Sat Jan  1 10:20:30 EST 2000", 946_740_030, -300),
        ("1-Jan-2000 10:20:30 -0000", 946_722_030, 0),
        ("Sat, 1 Jan 2000 10.20.30 +0100", 946_718_430, 60),
        ("Sat, 1 Jan 2000 10:20:30 NONSENSE", 946_722_030, 0),
        ("31 Dec 2016 23:59:60 +0000", 1_483_228_800, 0),
    ])
    func datesOfMailAreUnderstood(field: String, seconds: Int, zone: Int) {
        let found = summary(mail("Date: \(field)\n\n"))
        #expect(found.sentDate == Int64(seconds))
        #expect(found.sentDateZoneMinutes == Int16(zone))
    }

    @Test(arguments: [
        "", "yesterday", "30 Feb 2000 10:00:00", "1 Jan 2000", "1 Jan 2000 25:00:00",
        "1 Foo 2000 10:00", "-", "1 - - -",
        "99999 Jan 2000 10:00", "1 Jan 99999 10:00", "(((", "Mon", "Jan", "Jan 1 10:00",
    ])
    func otherTextIsNoDate(field: String) {
        let found = summary(mail("Date: \(field)\n\n"))
        #expect(found.sentDate == nil && found.sentDateZoneMinutes == nil)
    }
}
