/// One line of a transcript's text, told apart by how it begins.
struct SourceLine {
    let number: Int
    /// 0 for directives.
    let session: Int
    let kind: Kind

    enum Kind {
        /// `@ words`
        case directive([String])
        /// `C1: text`
        case client(String)
        /// `C1| text` with a line end, `C1> text` without one.
        case clientLiteral([UInt8])
        /// `S1: text`, or `S1&: text` where the order is open.
        case server(String, isGrouped: Bool)
        /// `S1| text`, `S1> text`
        case serverLiteral([UInt8])
        /// `S1!: text`
        case forbidden(String)
        /// `C1 connects`
        case connects
        /// `C1 drops`
        case drops
        /// `S1 closes`
        case closes
    }

    struct Defect: Error { let message: String }

    /// - Returns: nil for comments and empty lines.
    init?(_ line: Substring, number: Int) throws {
        self.number = number
        guard let first = line.first, first != "#", !line.allSatisfy({ $0 == " " }) else {
            return nil
        }
        if first == "@" {
            session = 0
            kind = .directive(line.dropFirst().split(separator: " ").map(String.init))
            return
        }
        let digits = line.dropFirst().prefix { $0.isNumber }
        guard first == "C" || first == "S", let session = Int(digits) else {
            throw Defect(message: "a line begins with C1, S1, @ or #")
        }
        self.session = session
        kind = try SourceLine.kind(
            line.dropFirst(1 + digits.count), isClient: first == "C")
    }

    private static func kind(_ rest: Substring, isClient: Bool) throws -> Kind {
        switch (isClient, rest) {
        case (true, " connects"): return .connects
        case (true, " drops"): return .drops
        case (false, " closes"): return .closes
        default: break
        }
        if !isClient, rest.hasPrefix("&:") {
            return .server(text(rest.dropFirst(2)), isGrouped: true)
        }
        if !isClient, rest.hasPrefix("!:") { return .forbidden(text(rest.dropFirst(2))) }
        let content = text(rest.dropFirst())
        switch rest.first {
        case ":": return isClient ? .client(content) : .server(content, isGrouped: false)
        case "|":
            let bytes = try unescaped(content) + [0x0D, 0x0A]
            return isClient ? .clientLiteral(bytes) : .serverLiteral(bytes)
        case ">":
            let bytes = try unescaped(content)
            return isClient ? .clientLiteral(bytes) : .serverLiteral(bytes)
        default: throw Defect(message: "after the session stands one of : | > &: !:")
        }
    }

    /// Without the one space that sets it off.
    private static func text(_ rest: Substring) -> String {
        String(rest.first == " " ? rest.dropFirst() : rest)
    }

    /// `\xNN` is the byte of that hexadecimal number.
    private static func unescaped(_ text: String) throws -> [UInt8] {
        var result: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x") else {
                result.append(byte)
                continue
            }
            let digits = String(Substring(rest.dropFirst().prefix(2)))
            guard let value = UInt8(digits, radix: 16) else {
                throw Defect(message: "\\x needs two hexadecimal digits")
            }
            result.append(value)
            rest = rest.dropFirst(3)
        }
        return result
    }

    /// A line that ends in `{}` or `{+}`: what stands before it, and the sign.
    static func announcement(at text: String) -> (head: Substring, sign: Substring)? {
        for sign in ["", "+"] where text.hasSuffix("{\(sign)}") {
            return (text.dropLast(2 + sign.count), text.dropLast(1).suffix(sign.count))
        }
        return nil
    }
}
