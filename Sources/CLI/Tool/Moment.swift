import Glibc
import MailModel

/// A moment to the nanosecond, as events have it: written for people, for programs, and read.
struct Moment: Hashable, Comparable {
    /// UTC, since 1970-01-01.
    let nanoseconds: Int64

    static func < (left: Moment, right: Moment) -> Bool { left.nanoseconds < right.nanoseconds }

    private var seconds: Int64 {
        let whole = nanoseconds / 1_000_000_000
        return nanoseconds % 1_000_000_000 < 0 ? whole - 1 : whole
    }

    private var fraction: Int64 { nanoseconds &- seconds &* 1_000_000_000 }

    /// `2026-11-23T02:01:18.123456789Z`: RFC 3339.
    var rfc3339: String {
        "\(Moment.text(InternalDate(secondsSinceEpoch: seconds), "T")).\(Moment.digits(Int(fraction), 9))Z"
    }

    /// `2026-11-23 02:01:18.123`, in UTC or in the system's zone.
    func forPeople(utc: Bool) -> String {
        var zone = 0
        if !utc {
            var time = time_t(seconds)
            var local = tm()
            if localtime_r(&time, &local) != nil { zone = local.tm_gmtoff / 60 }
        }
        let date = InternalDate(
            secondsSinceEpoch: seconds, zoneMinutes: Int16(clamping: zone))
        return "\(Moment.text(date, " ")).\(Moment.digits(Int(fraction / 1_000_000), 3))"
    }

    private static func text(_ date: InternalDate, _ separator: String) -> String {
        let day = date.localDate
        let second = date.localSecondOfDay
        return [digits(day.year, 4), digits(day.month, 2), digits(day.day, 2)]
            .joined(separator: "-") + separator
            + [second / 3600, second / 60 % 60, second % 60].map { digits($0, 2) }
            .joined(separator: ":")
    }

    /// The number with leading zeros.
    static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}

extension Moment {
    /// Reads RFC 3339, `2026-11-23T02:01:18.5+01:00`; also a blank for the T, no seconds, and a day
    /// alone, which is its first moment in UTC.
    ///
    /// - Returns: nil for anything else.
    init?(_ text: String) {
        var rest = Substring(text)
        guard let year = Moment.take(4, from: &rest), Moment.skip("-", in: &rest),
            let month = Moment.take(2, from: &rest), Moment.skip("-", in: &rest),
            let day = Moment.take(2, from: &rest),
            let date = CalendarDate(year: year, month: month, day: day)
        else { return nil }
        var clock = (hour: 0, minute: 0, second: 0, fraction: 0)
        var zone = 0
        if !rest.isEmpty {
            guard rest.first == "T" || rest.first == "t" || rest.first == " " else { return nil }
            rest.removeFirst()
            guard let read = Moment.clock(&rest), let minutes = Moment.zone(rest) else {
                return nil
            }
            clock = read
            zone = minutes
        }
        guard
            let moment = InternalDate(
                date: date, hour: clock.hour, minute: clock.minute, second: clock.second,
                zoneMinutes: zone)
        else { return nil }
        let (whole, overflow) = moment.secondsSinceEpoch.multipliedReportingOverflow(
            by: 1_000_000_000)
        guard !overflow else { return nil }
        nanoseconds = whole &+ Int64(clock.fraction)
    }

    // partial-time = time-hour ":" time-minute ":" time-second [time-secfrac]   RFC 3339 §5.6
    private static func clock(
        _ rest: inout Substring
    ) -> (hour: Int, minute: Int, second: Int, fraction: Int)? {
        guard let hour = take(2, from: &rest), skip(":", in: &rest),
            let minute = take(2, from: &rest)
        else { return nil }
        guard skip(":", in: &rest) else { return (hour, minute, 0, 0) }
        guard let second = take(2, from: &rest) else { return nil }
        guard skip(".", in: &rest) else { return (hour, minute, second, 0) }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count <= 9 else { return nil }
        rest = rest.dropFirst(digits.count)
        let padded = digits + String(repeating: "0", count: 9 - digits.count)
        return Int(padded).map { (hour, minute, second, $0) }
    }

    // time-offset = "Z" / time-numoffset                                        RFC 3339 §5.6
    private static func zone(_ text: Substring) -> Int? {
        if text == "Z" || text == "z" { return 0 }
        var rest = text.dropFirst()
        guard let sign = text.first, sign == "+" || sign == "-", let hours = take(2, from: &rest),
            skip(":", in: &rest), let minutes = take(2, from: &rest), rest.isEmpty
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func take(_ count: Int, from rest: inout Substring) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        rest = rest.dropFirst(count)
        return Int(digits)
    }

    private static func skip(_ mark: Character, in rest: inout Substring) -> Bool {
        guard rest.first == mark else { return false }
        rest.removeFirst()
        return true
    }
}
