extension CommandParser {
    /// number64 = 1*DIGIT ; 0...2^63−1                                          RFC 9051 §9
    mutating func number64() throws(ParseStop) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        while let byte = next, Bytes.isDigit(byte) {
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = shifted.addingReportingOverflow(UInt64(byte & 0x0F))
            guard !overflow, !carry, sum <= UInt64(Int64.max) else {
                throw bad("number too large", at: start)
            }
            value = sum
            position += 1
        }
        guard position > start else { throw expected("a number") }
        return value
    }

    /// nz-number64 = digit-nz *DIGIT                                            RFC 9051 §9
    mutating func nzNumber64() throws(ParseStop) -> UInt64 {
        let start = position
        let value = try number64()
        guard value > 0 else { throw bad("expected a number above 0", at: start) }
        return value
    }

    /// number = 1*DIGIT ; 0...2^32−1                                            RFC 9051 §9
    mutating func number() throws(ParseStop) -> UInt32 {
        let start = position
        guard let value = UInt32(exactly: try number64()) else {
            throw bad("number too large", at: start)
        }
        return value
    }

    /// nz-number = digit-nz *DIGIT                                              RFC 9051 §9
    mutating func nzNumber() throws(ParseStop) -> UInt32 {
        let start = position
        let value = try number()
        guard value > 0 else { throw bad("expected a number above 0", at: start) }
        return value
    }
}
