import MailEvents
import MailModel
import Testing

/// Bytes that nobody of ours wrote give errors that say where and what; they never trap.
@Suite struct HostileBytesTests {
    private static let position = LogPosition(1000)

    @Test(arguments: MailEvent.Kind.allCases)
    func everyTruncationIsAnError(_ kind: MailEvent.Kind) throws {
        let bytes = try encoded(kind)
        for length in 0..<bytes.count {
            let error = #expect(throws: RecordError.self) {
                try EventCoder.decode(Array(bytes[..<length]), at: Self.position, digest: .start)
            }
            #expect(error?.position == Self.position)
        }
    }

    /// Some mutations are records too; what can be read can then be written.
    @Test(arguments: MailEvent.Kind.allCases)
    func mutationsAreErrorsOrRecordsButNeverTraps(_ kind: MailEvent.Kind) throws {
        let bytes = try encoded(kind)
        var generator = SeededGenerator(seed: 26)
        for _ in 0..<3000 {
            var mutated = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                mutate(&mutated, using: &generator)
            }
            guard
                let recorded = try? EventCoder.decode(mutated, at: Self.position, digest: .start)
            else { continue }
            let draft = EventDraft(
                account: recorded.account, mailbox: recorded.mailbox, actor: recorded.actor,
                cause: recorded.cause, event: recorded.event)
            let again = try EventCoder.encode(
                draft, position: Self.position, timeNanoseconds: recorded.timeNanoseconds)
            #expect(
                try EventCoder.decode(again, at: Self.position, digest: .start) == recorded,
                "\(mutated.hexadecimal)")
        }
    }

    @Test func shortStoredValuesAreErrors() throws {
        for length in 0...32 {
            [UInt8](repeating: 0, count: length).withUnsafeBytes { bytes in
                _ = #expect(throws: RecordError.self) {
                    try EventCoder.decode(stored: bytes, at: Self.position)
                }
            }
        }
    }

    @Test func aRecordAtAnotherPositionIsRefused() throws {
        let bytes = try encoded(.storeCreated)
        #expect(
            throws: RecordError.malformed(
                position: LogPosition(999), field: "position", defect: .wrongPosition)
        ) {
            try EventCoder.decode(bytes, at: LogPosition(999), digest: .start)
        }
    }

    /// position 1, schema_version and a payload, as hexadecimal, after what they show.
    @Test(
        arguments: [
            (
                "a later version", "0801" + "3802",
                RecordError.newerSchema(position: one, version: 2)
            ),
            (
                "a kind of event that is unknown", "0801" + "3801" + "c20600",
                .newerSchema(position: one, version: 1)
            ),
            ("no version", "0801", malformed("schema_version", .missing)),
            ("no payload", "0801" + "3801", malformed("payload", .missing)),
            (
                "an unknown field", "0801" + "3801" + "6a06" + "0803" + "1001" + "2001",
                malformed("recent_claimed", .unknownField)
            ),
            ("UID 0", "0801" + "3801" + "6a02" + "0803", malformed("through", .outOfRange)),
            ("mailbox 0", "0801" + "3801" + "6a02" + "1001", malformed("mailbox", .outOfRange)),
            (
                "a set of UID 0", "0801" + "3801" + "5206" + "0803" + "1202" + "0000",
                malformed("uids", .outOfRange)
            ),
            ("no UIDs", "0801" + "3801" + "5202" + "0803", malformed("uids", .missing)),
            (
                "half a range", "0801" + "3801" + "5205" + "0803" + "1201" + "05",
                malformed("uids", .wrongLength)
            ),
            (
                "ranges that descend", "0801" + "3801" + "5208" + "0803" + "1204" + "05000300",
                malformed("uids", .notAscending)
            ),
            (
                "ranges that touch", "0801" + "3801" + "5208" + "0803" + "1204" + "05000600",
                malformed("uids", .notAscending)
            ),
            (
                "a range beyond 32 bits",
                "0801" + "3801" + "520a" + "0803" + "1206" + "02" + "ffffffff0f",
                malformed("uids", .outOfRange)
            ),
            (
                "a name with a control character", "0801" + "3801" + "b20105" + "0a03" + "610762",
                malformed("name", .invalidName)
            ),
            (
                "inbox in small letters", "0801" + "3801" + "b20107" + "0a05" + "696e626f78",
                malformed("name", .invalidName)
            ),
            (
                "text that is not UTF-8", "0801" + "3801" + "b20104" + "0a02" + "61ff",
                malformed("record", .notProtobuf)
            ),
            (
                "a store ID of one byte", "0801" + "3801" + "820103" + "0a01" + "10",
                malformed("store_id", .wrongLength)
            ),
            (
                "a time before 1970", "0801" + "11ffffffffffffffff" + "3801" + "6a04" + "08031001",
                malformed("time_ns", .outOfRange)
            ),
            (
                "a system flag that does not exist",
                "0801" + "3801" + "4a0a" + "0803" + "12020100"
                    + "2202" + "0820", malformed("flags.system", .outOfRange)
            ),
            (
                "an operation that does not exist",
                "0801" + "3801" + "4a08" + "0803" + "12020100" + "1803",
                malformed("operation", .outOfRange)
            ),
            (
                "an account that is another", "0801" + "1807" + "3801" + "8a0103" + "0a01" + "61",
                malformed("account", .wrongPosition)
            ),
        ] as [(String, String, RecordError)])
    func absurdRecordsAreRefused(what: String, hexadecimal: String, error: RecordError) throws {
        let bytes = try #require([UInt8](hexadecimal: hexadecimal))
        #expect(throws: error, "\(what)") {
            try EventCoder.decode(bytes, at: LogPosition(1), digest: .start)
        }
        #expect("\(error)".hasPrefix("event 1"))
    }

    private static let one = LogPosition(1)

    private static func malformed(_ field: String, _ defect: RecordDefect) -> RecordError {
        .malformed(position: one, field: field, defect: defect)
    }

    private func encoded(_ kind: MailEvent.Kind) throws -> [UInt8] {
        try EventCoder.encode(
            try Samples.draft(of: kind), position: Self.position,
            timeNanoseconds: Samples.timeNanoseconds)
    }

    private func mutate(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
        guard let place = bytes.indices.randomElement(using: &generator) else { return }
        switch generator.next() % 4 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        case 1: bytes[place] ^= 1 << UInt8(generator.next() % 8)
        case 2: bytes.remove(at: place)
        default: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
        }
    }
}
