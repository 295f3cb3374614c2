import MailModel

/// Events to records' bytes and back: `Schemas/log.md`.
///
/// What `encode` accepts, `decode` gives back unchanged; what `decode` would refuse, `encode`
/// refuses first, so that nothing unreadable enters a log.
package enum EventCoder {
    /// The version in which records are written.
    package static var schemaVersion: UInt32 { Upcaster.newestVersion }

    /// The record's bytes, to be chained (`HashChain`) and kept exactly as they are.
    ///
    /// - Throws: `RecordError.malformed` when the event breaks a rule of the schema.
    package static func encode(
        _ draft: EventDraft, position: LogPosition, timeNanoseconds: Int64
    ) throws(RecordError) -> [UInt8] {
        try EventRules(position: position).check(draft, timeNanoseconds: timeNanoseconds)
        var writer = ProtobufWriter(prefixBytes: 0, capacityBytes: capacityBytes(for: draft))
        writer.record(draft, position: position, timeNanoseconds: timeNanoseconds)
        return writer.bytes
    }

    /// The value to store in one piece, digest ‖ record bytes, and the digest for the next one.
    ///
    /// - Throws: `RecordError.malformed` when the event breaks a rule of the schema.
    package static func encodeStored(
        _ draft: EventDraft, position: LogPosition, timeNanoseconds: Int64,
        after previous: ChainDigest
    ) throws(RecordError) -> (value: [UInt8], digest: ChainDigest) {
        try EventRules(position: position).check(draft, timeNanoseconds: timeNanoseconds)
        var writer = ProtobufWriter(
            prefixBytes: DigestBytes.count, capacityBytes: capacityBytes(for: draft))
        writer.record(draft, position: position, timeNanoseconds: timeNanoseconds)
        let digest = writer.bytes.withUnsafeBytes { value in
            HashChain.next(
                after: previous,
                record: UnsafeRawBufferPointer(rebasing: value[DigestBytes.count...]))
        }
        digest.value.withUnsafeBytes { writer.overwritePrefix($0) }
        return (writer.bytes, digest)
    }

    /// - Parameters:
    ///   - record: the record's bytes, without the digest.
    ///   - position: where the record was found; it must say the same itself.
    ///   - digest: its link in the chain, taken over as it is: verifying is `HashChain`'s.
    package static func decode(
        _ record: UnsafeRawBufferPointer, at position: LogPosition, digest: ChainDigest
    ) throws(RecordError) -> RecordedEvent {
        try decode([UInt8](record), at: position, digest: digest)
    }

    package static func decode(
        _ record: [UInt8], at position: LogPosition, digest: ChainDigest
    ) throws(RecordError) -> RecordedEvent {
        try RecordDecoding(position: position).recordedEvent(record, digest: digest)
    }

    /// - Parameter stored: digest ‖ record bytes, as a log keeps them.
    package static func decode(
        stored: UnsafeRawBufferPointer, at position: LogPosition
    ) throws(RecordError) -> RecordedEvent {
        guard let parts = StoredValue(stored) else {
            throw .malformed(position: position, field: "digest", defect: .tooShort)
        }
        return try decode(parts.record, at: position, digest: parts.digest)
    }

    /// Enough for the usual record, so that its bytes are allocated once.
    private static func capacityBytes(for draft: EventDraft) -> Int {
        let messageBytes = 72
        return switch draft.event {
        case .messagesAppended(let event): 256 + event.messages.count * messageBytes
        default: 256
        }
    }
}
