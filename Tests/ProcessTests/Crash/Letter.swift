import MailTesting

/// A message of the crash test. All of it follows from its name, so that a name is enough to know
/// every byte that must be there.
struct Letter {
    /// `c3.17.4000`: client 3's 17th message with a body of 4000 bytes.
    let name: String
    let bytes: [UInt8]

    init(_ name: String) {
        self.name = name
        let parts = name.split(separator: ".").map(String.init)
        let size = parts.count == 3 ? Int(parts[2]) ?? 0 : 0
        var generator = SeededGenerator(seed: name.utf8.reduce(7) { $0 &* 131 &+ UInt64($1) })
        var text = Array("X-Letter: \(name)\r\nSubject: \(name)\r\n\r\n".utf8)
        text.reserveCapacity(text.count + size + 80)
        let end = text.count + size
        while text.count < end {
            let word = String(generator.next(), radix: 36)
            let line = Array((word + " " + String(repeating: word, count: 4) + "\r\n").utf8)
            text += line
        }
        bytes = text
    }

    /// INTERNALDATE: a second of its own for each letter.
    static func date(of name: String) -> String {
        let number = name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffff }
        let (day, hour) = (10 + number % 19, (number / 28) % 24)
        let (minute, second) = (number % 60, (number / 7) % 60)
        return "\(day)-Feb-2024 \(two(hour)):\(two(minute)):\(two(second)) +0100"
    }

    /// The letter's name as its first header line tells it.
    static func name(in bytes: [UInt8]) -> String {
        let line = bytes.prefix { $0 != 13 }
        return String(decoding: line.dropFirst("X-Letter: ".utf8.count), as: UTF8.self)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
