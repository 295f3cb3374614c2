/// A letter's header, for the few things the null server reads in it.
struct HeaderText {
    private let body: [UInt8]
    private let end: Int

    init(_ body: [UInt8]) {
        self.body = body
        end = body.withUnsafeBytes { $0.position(of: "\r\n\r\n") }.map { $0 + 2 } ?? body.count
    }

    /// A field's value up to the end of its first line; empty when there is none.
    func value(of name: StaticString) -> ArraySlice<UInt8> {
        for line in lines where line.withUnsafeBytes({ $0.has(name, at: 0) }) {
            return line.dropFirst(name.utf8CodeUnitCount).prefix { $0 != 0x0D }
        }
        return []
    }

    /// The fields of these names, folded lines included, with the empty line at the end.
    func fields(_ names: [StaticString]) -> [UInt8] {
        var result: [UInt8] = []
        var isWanted = false
        for line in lines {
            if line.first != 0x20 && line.first != 0x09 {
                isWanted = line.withUnsafeBytes { bytes in names.contains { bytes.has($0, at: 0) } }
            }
            if isWanted { result += line }
        }
        return result + [0x0D, 0x0A]
    }

    /// ENVELOPE with the true date, subject and Message-ID, and the sender for all addresses.
    var envelope: [UInt8] {
        let sender = Array(#"(("A Person" NIL "person" "load.example"))"#.utf8)
        var text: [UInt8] = Array("(\"".utf8)
        text += value(of: "Date: ")
        text += Array("\" \"".utf8)
        text += value(of: "Subject: ")
        text += Array("\" ".utf8)
        for _ in 0..<4 { text += sender + [0x20] }
        text += Array("NIL NIL NIL \"".utf8)
        text += value(of: "Message-ID: ")
        return text + Array("\")".utf8)
    }

    private var lines: [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for index in 0..<end where body[index] == 0x0A {
            lines.append(body[start...index])
            start = index + 1
        }
        return lines
    }
}
