/// A JSON value, and its text: RFC 8259.
indirect enum JSONText {
    case null
    case text(String)
    case number(Double)
    case list([JSONText])
    case object([(name: String, value: JSONText)])

    static func number(_ value: Int) -> JSONText { .number(Double(value)) }

    static func optional(_ value: Double?) -> JSONText { value.map(JSONText.number) ?? .null }

    var encoded: String {
        switch self {
        case .null: "null"
        case .text(let text): JSONText.quoted(text)
        case .number(let value): JSONText.digits(value)
        case .list(let values): "[" + values.map(\.encoded).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.map { JSONText.quoted($0.name) + ":" + $0.value.encoded }
                .joined(separator: ",") + "}"
        }
    }

    /// With three decimals at most; what is no number is null.
    private static func digits(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "null" }
        let thousandths = Int64((value * 1000).rounded())
        let sign = thousandths < 0 ? "-" : ""
        let whole = thousandths.magnitude / 1000
        let rest = thousandths.magnitude % 1000
        guard rest > 0 else { return "\(sign)\(whole)" }
        let padded = String(String(rest + 1000).dropFirst())
        return "\(sign)\(whole).\(padded)"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case _ where scalar.value < 0x20:
                result += "\\u" + String(String(scalar.value + 0x10000, radix: 16).dropFirst())
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
