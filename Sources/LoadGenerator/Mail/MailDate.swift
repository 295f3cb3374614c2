/// A moment, to the second, as mail writes it; always in UTC.
struct MailDate {
    let year: Int
    let month: Int
    let day: Int
    let weekday: Int
    let secondOfDay: Int

    /// - Parameter seconds: since 1970, 0 or more.
    init(secondsSince1970 seconds: Int) {
        let days = seconds / 86_400
        secondOfDay = seconds % 86_400
        weekday = (days + 4) % 7
        // Days since 0000-03-01, so that the leap day ends the year: 400 years have 146,097 days.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].map { Array($0.utf8) }
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].map {
        Array($0.utf8)
    }

    /// `Tue, 24 Nov 2026 09:00:00 +0000`: RFC 5322 §3.3.
    func writeHeaderForm(to output: ByteQueue) {
        output.append(MailDate.weekdays[weekday])
        output.append(", ")
        output.append(decimal: day)
        output.append(byte: 0x20)
        output.append(MailDate.months[month - 1])
        output.append(byte: 0x20)
        output.append(decimal: year)
        writeTime(to: output)
    }

    /// `"24-Nov-2026 09:00:00 +0000"`, with its quotes: date-time of RFC 9051 §9.
    func writeInternalForm(to output: ByteQueue) {
        output.append("\"")
        output.append(decimal: day, width: 2)
        output.append("-")
        output.append(MailDate.months[month - 1])
        output.append("-")
        output.append(decimal: year)
        writeTime(to: output)
        output.append("\"")
    }

    private func writeTime(to output: ByteQueue) {
        output.append(byte: 0x20)
        output.append(decimal: secondOfDay / 3600, width: 2)
        output.append(":")
        output.append(decimal: secondOfDay / 60 % 60, width: 2)
        output.append(":")
        output.append(decimal: secondOfDay % 60, width: 2)
        output.append(" +0000")
    }
}
