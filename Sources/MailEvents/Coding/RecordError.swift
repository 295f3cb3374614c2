import MailModel

/// Why a record cannot be read, or an event cannot be written: where, and what is wrong.
package enum RecordError: Error, Hashable, Sendable {
    /// A newer version of Hindsight wrote it; this one must not guess, nor skip it.
    case newerSchema(position: LogPosition, version: UInt32)
    /// `field` is named as in `Schemas/hindsight/v1/events.proto`.
    case malformed(position: LogPosition, field: String, defect: RecordDefect)

    package var position: LogPosition {
        switch self {
        case .newerSchema(let position, _), .malformed(let position, _, _): position
        }
    }
}

/// What can be wrong with a field of a record.
package enum RecordDefect: String, Hashable, Sendable {
    case notProtobuf = "the bytes are not what protocol buffers allow"
    case tooShort = "the bytes end too early"
    case missing = "it is missing"
    case unknownField = "it holds a field that this version of the schema does not have"
    case outOfRange = "the value is out of range"
    case notAscending = "the values do not ascend"
    case repeated = "a value occurs twice"
    case wrongLength = "the length is wrong"
    case invalidName = "this is no valid name"
    case wrongPosition = "this is not the position at which the record was found"
}

extension RecordError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .newerSchema(let position, let version):
            version > Upcaster.newestVersion
                ? "event \(position) was written by a newer version of Hindsight (schema \(version), "
                    + "while this one knows up to \(Upcaster.newestVersion))"
                : "event \(position) is of a kind that this version of Hindsight does not know"
        case .malformed(let position, let field, let defect):
            "event \(position): \(field): \(defect.rawValue)"
        }
    }
}
