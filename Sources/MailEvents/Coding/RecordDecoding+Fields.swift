import MailModel
internal import SwiftProtobuf

/// Fields that many events share, each checked.
extension RecordDecoding {
    func failure(_ field: String, _ defect: RecordDefect) -> RecordError {
        .malformed(position: position, field: field, defect: defect)
    }

    /// A field beyond the schema in a record of a known version: somebody else's bytes.
    func known(_ message: some Message, _ field: String) throws(RecordError) {
        guard message.unknownFields == UnknownStorage() else { throw failure(field, .unknownField) }
    }

    func uid(_ value: UInt32, _ field: String) throws(RecordError) -> UID {
        guard let uid = UID(value) else { throw failure(field, .outOfRange) }
        return uid
    }

    /// Pairs (lower, span), ascending, not touching.
    func uids(_ pairs: [UInt32], _ field: String) throws(RecordError) -> UIDSet {
        guard pairs.count.isMultiple(of: 2) else { throw failure(field, .wrongLength) }
        var set = UIDSet()
        // One more than the last UID so far, in 64 bits, where nothing overflows.
        var end: UInt64 = 0
        for index in stride(from: 0, to: pairs.count, by: 2) {
            let lower = pairs[index]
            let (upper, overflow) = lower.addingReportingOverflow(pairs[index + 1])
            guard !overflow, lower > 0 else { throw failure(field, .outOfRange) }
            guard UInt64(lower) > end else { throw failure(field, .notAscending) }
            set.insertLast(lower...upper)
            end = UInt64(upper) + 1
        }
        return set
    }

    func flags(_ flags: Hindsight_V1_Flags) throws(RecordError) -> FlagSet {
        try known(flags, "flags")
        guard let bits = UInt8(exactly: flags.system) else {
            throw failure("flags.system", .outOfRange)
        }
        var result = FlagSet(system: SystemFlags(rawValue: bits))
        for name in flags.keywords {
            guard let keyword = Keyword(name) else { throw failure("flags.keywords", .invalidName) }
            result.keywords.append(keyword)
        }
        return result
    }

    func internalDate(seconds: Int64, zoneMinutes: Int32) throws(RecordError) -> InternalDate {
        guard let zone = Int16(exactly: zoneMinutes) else {
            throw failure("messages.date_zone_minutes", .outOfRange)
        }
        let date = InternalDate(secondsSinceEpoch: seconds, zoneMinutes: zone)
        guard date.secondsSinceEpoch == seconds, date.zoneMinutes == zone else {
            throw failure("messages.date_seconds", .outOfRange)
        }
        return date
    }

    func bodyDigest(_ bytes: some SwiftProtobufContiguousBytes) throws(RecordError) -> BodyDigest {
        guard let digest = bytes.withUnsafeBytes({ BodyDigest(bytes: $0) }) else {
            throw failure("messages.digest", .wrongLength)
        }
        return digest
    }
}
