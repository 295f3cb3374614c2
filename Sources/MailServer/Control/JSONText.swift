/// One JSON object on one line: RFC 8259.
struct JSONText {
    private(set) var text = "{"

    static func object(_ fill: (inout JSONText) -> Void) -> String {
        var json = JSONText()
        fill(&json)
        return json.text + "}"
    }

    /// - Parameter value: null when nil.
    mutating func add(_ name: String, _ value: String?) {
        begin(name)
        guard let value else {
            text += "null"
            return
        }
        quote(value)
    }

    mutating func add(_ name: String, _ value: some BinaryInteger) {
        begin(name)
        text += String(value)
    }

    mutating func add(_ name: String, _ value: Bool) {
        begin(name)
        text += value ? "true" : "false"
    }

    private mutating func begin(_ name: String) {
        if text.utf8.count > 1 { text += "," }
        quote(name)
        text += ":"
    }

    private mutating func quote(_ value: String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{0}"..."\u{1F}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
