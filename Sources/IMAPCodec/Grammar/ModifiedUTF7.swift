/// Modified UTF-7, the spelling of mailbox names on the wire: RFC 3501 §5.1.3.
public enum ModifiedUTF7 {
    /// Decodes strictly, so that each name has one spelling: no shift for what stands for itself,
    /// no shift right after another, no bits left over, no lone surrogate, no 8-bit byte.
    ///
    /// - Returns: nil for what is not modified UTF-7.
    public static func decode(_ bytes: some Collection<UInt8>) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes[...]
        var afterShift = false
        while let byte = rest.popFirst() {
            guard byte >= 0x20, byte < 0x7F else { return nil }
            guard byte == UInt8(ascii: "&") else {
                result.append(byte)
                afterShift = false
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "-")) else { return nil }
            let shifted = rest[..<end]
            rest = rest[rest.index(after: end)...]
            if shifted.isEmpty {
                result.append(byte)
                afterShift = false
            } else {
                guard !afterShift, appendShifted(shifted, to: &result) else { return nil }
                afterShift = true
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Appends, as UTF-8, what lies between "&" and "-": UTF-16 in base64 with "," for "/".
    private static func appendShifted(
        _ letters: some Collection<UInt8>, to result: inout [UInt8]
    ) -> Bool {
        var bits: UInt32 = 0
        var count = 0
        var units: [UInt16] = []
        for letter in letters {
            guard let value = Base64.value(of: letter, lastLetter: ",") else { return false }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 16 {
                count -= 16
                units.append(UInt16(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        guard count < 6, bits & ((1 << UInt32(count)) - 1) == 0, !units.isEmpty else {
            return false
        }
        return appendUTF16(units, to: &result)
    }

    private static func appendUTF16(_ units: [UInt16], to result: inout [UInt8]) -> Bool {
        var decoder = UTF16()
        var iterator = units.makeIterator()
        while true {
            switch decoder.decode(&iterator) {
            case .emptyInput: return true
            case .error: return false
            case .scalarValue(let scalar):
                guard !(0x20..<0x7F).contains(scalar.value) else { return false }
                result.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
            }
        }
    }

    /// The wire form of `name`, all of it printable ASCII.
    public static func encode(_ name: String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(name.utf8.count)
        var shift = Shift()
        for scalar in name.unicodeScalars {
            if (0x20..<0x7F).contains(scalar.value) {
                shift.close(into: &result)
                result.append(UInt8(truncatingIfNeeded: scalar.value))
                if scalar == "&" { result.append(UInt8(ascii: "-")) }
            } else {
                for unit in UTF16.encode(scalar).map({ Array($0) }) ?? [] {
                    shift.append(unit, into: &result)
                }
            }
        }
        shift.close(into: &result)
        return result
    }

    /// The base64 between "&" and "-" while it is being written.
    private struct Shift {
        private var isOpen = false
        private var bits: UInt32 = 0
        private var count: UInt32 = 0

        mutating func append(_ unit: UInt16, into result: inout [UInt8]) {
            if !isOpen { result.append(UInt8(ascii: "&")) }
            isOpen = true
            bits = bits << 16 | UInt32(unit)
            count += 16
            while count >= 6 {
                count -= 6
                result.append(letter(bits >> count))
            }
        }

        mutating func close(into result: inout [UInt8]) {
            guard isOpen else { return }
            if count > 0 { result.append(letter(bits << (6 - count))) }
            result.append(UInt8(ascii: "-"))
            self = Shift()
        }

        private func letter(_ bits: UInt32) -> UInt8 {
            switch UInt8(truncatingIfNeeded: bits & 0x3F) {
            case let value where value < 26: UInt8(ascii: "A") + value
            case let value where value < 52: UInt8(ascii: "a") + (value - 26)
            case let value where value < 62: UInt8(ascii: "0") + (value - 52)
            case 62: UInt8(ascii: "+")
            default: UInt8(ascii: ",")
            }
        }
    }
}
