/// INTERNALDATE: a moment to the second, and the zone in which it was given.
///
/// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
/// RFC 9051 §2.3.3, §9.
public struct InternalDate: Hashable, Sendable {
    /// UTC. What lies outside of the years 1...9999 in every zone is moved to their ends.
    public let secondsSinceEpoch: Int64
    /// East of Greenwich, −5,999...5,999 (the four digits of the zone allow no more).
    public let zoneMinutes: Int16

    public init(secondsSinceEpoch: Int64, zoneMinutes: Int16 = 0) {
        self.secondsSinceEpoch = min(
            max(secondsSinceEpoch, InternalDate.earliest), InternalDate.latest)
        self.zoneMinutes = min(max(zoneMinutes, -5999), 5999)
    }

    /// - Returns: nil for a day or time that does not exist; second 60 is taken as a leap second.
    public init?(
        date: CalendarDate, hour: Int, minute: Int, second: Int, zoneMinutes: Int
    ) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second),
            (-5999...5999).contains(zoneMinutes)
        else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
        self.init(
            secondsSinceEpoch: Int64(seconds - zoneMinutes * 60), zoneMinutes: Int16(zoneMinutes))
    }

    /// The day in the date's own zone, as SEARCH ON, BEFORE and SINCE compare it: RFC 9051 §6.4.4.
    public var localDate: CalendarDate {
        CalendarDate(daysSinceEpoch: Int(floorDivide(localSeconds, 86_400)))
    }

    /// Seconds into the local day: 0...86_399.
    public var localSecondOfDay: Int {
        Int(localSeconds - floorDivide(localSeconds, 86_400) * 86_400)
    }

    /// At the calendar's ends no zone leads out of it.
    private var localSeconds: Int64 {
        min(
            max(secondsSinceEpoch + Int64(zoneMinutes) * 60, InternalDate.calendarStart),
            InternalDate.calendarEnd)
    }

    private func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }

    /// The first and the last second of the years that four digits can write.
    private static let calendarStart: Int64 = -62_135_596_800
    private static let calendarEnd: Int64 = 253_402_300_799
    /// What is the calendar's first or last day in its own zone may lie outside of it in UTC.
    private static let widestZoneSeconds: Int64 = 5999 * 60
    private static let earliest = calendarStart - widestZoneSeconds
    private static let latest = calendarEnd + widestZoneSeconds
}

extension InternalDate: CustomStringConvertible {
    /// The wire form without quotes: ` 1-Jul-1996 02:44:25 -0700`, always 26 bytes.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the 26 bytes of the wire form, without quotes.
    public func append(to bytes: inout [UInt8]) {
        let date = localDate
        let second = localSecondOfDay
        let zone = Int(abs(zoneMinutes))
        bytes.append(date.day < 10 ? UInt8(ascii: " ") : digit(date.day / 10))
        bytes.append(digit(date.day % 10))
        bytes.append(UInt8(ascii: "-"))
        CalendarDate.monthNames[date.month - 1].withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "-"))
        appendTwo(date.year / 100, to: &bytes)
        appendTwo(date.year % 100, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        appendTwo(second / 3600, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendTwo(second / 60 % 60, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendTwo(second % 60, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        bytes.append(zoneMinutes < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        appendTwo(zone / 60, to: &bytes)
        appendTwo(zone % 60, to: &bytes)
    }

    private func digit(_ value: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(value) }

    private func appendTwo(_ value: Int, to bytes: inout [UInt8]) {
        bytes.append(digit(value / 10))
        bytes.append(digit(value % 10))
    }
}
